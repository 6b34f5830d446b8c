package io.byteport.engine.sim;

import io.byteport.dsl.test.Expected.Subject;
import io.byteport.dsl.value.Quantities;
import io.byteport.engine.coverage.Coverage;
import io.byteport.engine.coverage.Point;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.RunReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a run left behind under the names that tests use. */
final class Outcomes {
  private final Map<Subject, Map<String, String>> states = new LinkedHashMap<>();
  private final List<String> timeline = new ArrayList<>();

  Outcomes(SimulatedRun.Played played, Coverage coverage) {
    for (Subject subject : Subject.values()) {
      states.put(subject, new LinkedHashMap<>());
    }
    for (Object entry : played.journal()) {
      switch (entry) {
        case Note.PhaseEntered phase when phase.phase() == Note.Phase.CLASSIFY ->
            of(Subject.RULES).clear();
        case Note.RuleJudged rule ->
            of(Subject.RULES).merge(rule.classId(), word(rule.verdict()), Outcomes::stronger);
        case Note.GuardrailJudged judged ->
            of(Subject.GUARDRAILS)
                .merge(
                    judged.guardrail(),
                    judged.allowed() ? "allowed" : refused(judged.guardrail(), coverage),
                    (before, now) -> before.equals("allowed") ? now : before);
        case Note.ExpectationJudged judged ->
            of(Subject.EXPECTATIONS).put(judged.expectation(), word(judged.verdict()));
        case Note.StepEnded ended -> {
          of(Subject.STEPS).put(ended.step(), ended.status().name().toLowerCase(Locale.ROOT));
          timeline.add(ended.text());
        }
        default -> {
          // nothing that tests ask for by name
        }
      }
    }
  }

  private Map<String, String> of(Subject subject) {
    return states.getOrDefault(subject, Map.of());
  }

  private static String word(Note.Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }

  /** Where a class has several rules, one that holds speaks, then one that is not decided. */
  private static String stronger(String one, String other) {
    List<String> order = List.of("true", "undecided", "false");
    return order.indexOf(one) <= order.indexOf(other) ? one : other;
  }

  private static String refused(String guardrail, Coverage coverage) {
    boolean undecided =
        coverage.hits().keySet().stream()
            .anyMatch(
                point ->
                    point.kind() == Point.Kind.GUARDRAIL
                        && point.name().equals(guardrail)
                        && point.branch().equals("undecided")
                        && coverage.isReached(point));
    return undecided ? "undecided" : "refused";
  }

  /** In the word of tests. */
  String state(Subject subject, String id) {
    return of(subject)
        .getOrDefault(
            id,
            switch (subject) {
              case GUARDRAILS -> "unasked";
              case STEPS -> "pending";
              case RULES, EXPECTATIONS -> "never judged";
            });
  }

  /** What was told of the steps, in order. */
  List<String> timeline() {
    return List.copyOf(timeline);
  }

  /** Whether such a part of a notice is compared as a whole; others may say more. */
  static boolean isWhole(String part) {
    return part.startsWith("fields.")
        || part.startsWith("labels.")
        || part.startsWith("dedup.")
        || part.equals("commands");
  }

  /** What a notice says under such a name; nothing where it has none. */
  static List<String> told(RunReport.Notification notice, String part) {
    int dot = part.indexOf('.');
    String head = dot < 0 ? part : part.substring(0, dot);
    String name = part.substring(dot + 1);
    return switch (head) {
      case "title" -> List.of(notice.title());
      case "details" -> notice.details() == null ? List.of() : List.of(notice.details());
      case "labels" -> notice.channels().getOrDefault(name, List.of());
      case "fields" -> one(notice.fields().get(name));
      case "attach" -> one(notice.attachments().get(name));
      case "nextSteps" -> notice.nextSteps();
      case "commands" -> notice.commands();
      case "dedup" ->
          List.of(name.equals("key") ? notice.dedupKey() : Quantities.print(notice.dedupFor()));
      default -> List.of();
    };
  }

  private static List<String> one(@org.jspecify.annotations.Nullable String text) {
    return text == null ? List.of() : List.of(text);
  }
}
