package io.byteport.engine.run;

import io.byteport.dsl.expr.ExprPrinter;
import io.byteport.dsl.model.Choice;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.NumberValue;
import io.byteport.dsl.value.Value.TextValue;
import io.byteport.engine.eval.Cause;
import io.byteport.engine.eval.Evaluation;
import io.byteport.engine.eval.Explanation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Decides the class of an incident: the first rule that holds, unless one before it cannot be
 * decided.
 */
final class Classify {
  /** No runbook may act on less. */
  static final double FLOOR = 0.70;

  private final Turn turn;
  private final List<Note.RuleJudged> judged = new ArrayList<>();

  Classify(Turn turn) {
    this.turn = turn;
  }

  static double threshold(Runbook runbook) {
    return Math.max(FLOOR, runbook.classify().minConfidence());
  }

  /** Decides, and notes what came of every rule. */
  Decision decide() {
    Severity severity = severity();
    List<Cause> undecided = new ArrayList<>();
    Note.@Nullable RuleJudged found = null;
    for (Runbook.Rule rule : turn.program().runbook().classify().rules()) {
      Explanation explanation = turn.expressions().explain(rule.when(), Locals.NONE);
      Note.RuleJudged judgement = judge(rule, explanation, found == null);
      judged.add(judgement);
      turn.note(judgement);
      if (found != null) {
        continue;
      }
      if (judgement.verdict() == Note.Verdict.TRUE) {
        found = judgement;
      }
      if (judgement.verdict() == Note.Verdict.UNDECIDED && undecided.isEmpty()) {
        undecided.addAll(Claims.causes(explanation.evaluation()));
      }
    }
    Decision decision =
        found == null || !undecided.isEmpty()
            ? new Decision(
                Decision.UNKNOWN,
                0,
                severity.word(),
                "",
                found == null ? null : found.classId(),
                undecided,
                judged)
            : new Decision(
                found.classId(),
                found.confidence(),
                severity.word(),
                found.because() == null ? "" : found.because(),
                null,
                List.of(),
                judged);
    turn.note(
        new Note.Classified(
            turn.now(),
            decision.classId(),
            decision.confidence(),
            severity.word(),
            decision.because(),
            decision.suspected(),
            decision.undecided(),
            threshold(turn.program().runbook()),
            severity.because(),
            turn.state().opening().policy().forClass(decision.classId())));
    return decision;
  }

  private Note.RuleJudged judge(Runbook.Rule rule, Explanation explanation, boolean inQuestion) {
    Note.Verdict verdict = Expressions.verdict(explanation.evaluation());
    boolean holds = verdict == Note.Verdict.TRUE;
    return new Note.RuleJudged(
        turn.now(),
        rule.classId().name(),
        verdict,
        inQuestion,
        holds ? confidence(rule) : 0,
        holds ? turn.expressions().text(rule.because(), Locals.NONE) : null,
        Explained.text(explanation),
        turn.expressions().term(explanation));
  }

  /** A confidence that cannot be decided is none. */
  private double confidence(Runbook.Rule rule) {
    return turn.expressions().choose(rule.confidence(), Locals.NONE).known().orElse(Value.NULL)
            instanceof NumberValue number
        ? Math.max(0, Math.min(1, number.value()))
        : 0;
  }

  /**
   * @param because where it comes from, for people
   */
  private record Severity(String word, String because) {}

  private Severity severity() {
    Runbook runbook = turn.program().runbook();
    if (runbook.severity() != null) {
      Severity own = severity(runbook.severity(), "the runbook's severity");
      if (own != null) {
        return own;
      }
    }
    String type = turn.state().opening().signal().type();
    Runbook.Detector detector = detector(runbook, type);
    if (detector != null && detector.severity() != null) {
      Severity ofDetector = severity(detector.severity(), "the severity of `" + type + "`");
      if (ofDetector != null) {
        return ofDetector;
      }
    }
    return new Severity(
        turn.state().opening().signal().severity().name().toLowerCase(Locale.ROOT),
        "as the signal says");
  }

  private @Nullable Severity severity(Choice choice, String what) {
    String word = graver(turn.expressions(), choice);
    if (word == null) {
      return null;
    }
    List<String> unsure = new ArrayList<>();
    for (Choice.Option option : choice.options()) {
      if (option.when() == null) {
        return new Severity(word, what);
      }
      String condition = "`" + ExprPrinter.print(option.when()) + "`";
      Evaluation when = turn.expressions().of(option.when(), Locals.NONE);
      if (when.isTrue() && unsure.isEmpty()) {
        return new Severity(word, condition + " holds");
      }
      if (when.isTrue()) {
        break;
      }
      if (when instanceof Evaluation.Undecided) {
        unsure.add(condition);
      }
    }
    return new Severity(
        word, "the gravest that is possible: " + String.join(", ", unsure) + " cannot be decided");
  }

  private static Runbook.@Nullable Detector detector(Runbook runbook, String signal) {
    return runbook.detectors().values().stream()
        .filter(
            one ->
                one.id().name().equals(signal)
                    || one.aliases().stream().anyMatch(alias -> alias.name().equals(signal)))
        .findFirst()
        .orElse(null);
  }

  /**
   * The gravest of what the choice may come to, since conditions that cannot be decided may hold;
   * null where none does.
   */
  static @Nullable String graver(Expressions expressions, Choice choice) {
    List<String> possible = new ArrayList<>();
    for (Choice.Option option : choice.options()) {
      Evaluation when = expressions.holds(option.when(), Locals.NONE);
      boolean maybe = when instanceof Evaluation.Undecided;
      if (!maybe && !when.isTrue()) {
        continue;
      }
      if (expressions.value(option.value(), Locals.NONE).known().orElse(Value.NULL)
          instanceof TextValue word) {
        possible.add(word.value());
      }
      if (!maybe) {
        break;
      }
    }
    return possible.stream().min(java.util.Comparator.comparingInt(Classify::rank)).orElse(null);
  }

  private static final List<String> GRAVEST_FIRST =
      Arrays.asList("critical", "high", "warning", "info");

  /** {@code P1} before {@code P2}, critical before high; other words as they come. */
  private static int rank(String word) {
    if (word.matches("P[0-9]")) {
      return word.charAt(1) - '0';
    }
    int index = GRAVEST_FIRST.indexOf(word);
    return index < 0 ? GRAVEST_FIRST.size() : index;
  }
}
