package io.byteport.engine.replay;

import io.byteport.dsl.type.Type;
import io.byteport.dsl.value.Quantities;
import io.byteport.dsl.value.Value;
import io.byteport.engine.eval.ValuePrinter;
import io.byteport.engine.guardrail.Claim;
import io.byteport.engine.run.Command;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.RunReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One thing that was concluded or wanted.
 *
 * @param key by which two are the same; empty where it only explains others
 * @param text for people
 */
record Line(String key, String text) {

  private static Line of(String text) {
    return new Line(text, text);
  }

  private static Line explaining(String text) {
    return new Line("", text);
  }

  boolean matters() {
    return !key.isEmpty();
  }

  /** What was concluded, as far as it says what a run does. */
  static List<Line> of(List<? extends Note> notes) {
    List<Line> lines = new ArrayList<>();
    for (Note note : notes) {
      switch (note) {
        case Note.PhaseEntered phase ->
            lines.add(of("phase " + word(phase.phase()) + ", pass " + phase.pass()));
        case Note.FactLearned fact -> {
          if (fact.unavailable() != null) {
            lines.add(explaining("fact " + fact.fact() + " unavailable: " + fact.unavailable()));
          }
        }
        case Note.RuleJudged rule ->
            lines.add(
                explaining(
                    "rule "
                        + rule.classId()
                        + ": "
                        + word(rule.verdict())
                        + (rule.inQuestion() ? "" : ", not in question")));
        case Note.Classified decided ->
            lines.add(
                of(
                    "class "
                        + decided.classId()
                        + ", confidence "
                        + ValuePrinter.confidence(decided.confidence())
                        + ", severity "
                        + decided.severity()));
        case Note.GuardrailJudged judged -> {
          String head = "guardrail " + judged.guardrail() + ": ";
          lines.add(
              judged.allowed()
                  ? of(head + "allowed")
                  : new Line(head + "refused", head + "refused, " + judged.reason()));
        }
        case Note.StepEnded step ->
            lines.add(of("step " + step.step() + ": " + word(step.status())));
        case Note.ExpectationJudged judged ->
            lines.add(of("expectation " + judged.expectation() + ": " + word(judged.verdict())));
        case Note.Asked asked ->
            lines.add(
                new Line(
                    "asks for " + asked.guardrail(),
                    "asks for " + asked.guardrail() + ": " + asked.question()));
        case Note.AnswerIgnored ignored ->
            lines.add(of("an answer to " + ignored.guardrail() + " does not count"));
        case Note.Announced said -> lines.add(explaining("tells people: " + said.notice().title()));
        case Note.Said said -> {
          // follows from nothing, and nothing follows from it
        }
        case Note.Finished finished -> {
          // the command says so
        }
      }
    }
    return List.copyOf(lines);
  }

  /** What is wanted next. */
  static List<Line> of(Command command) {
    return switch (command) {
      case Command.Read read ->
          read.calls().stream()
              .map(call -> of("reads " + call.read() + ": " + call.action() + given(call.input())))
              .toList();
      case Command.CheckGuardrails check ->
          check.claims().stream().map(claim -> of("asks for " + claim(claim))).toList();
      case Command.Change change -> {
        List<Line> lines = new ArrayList<>();
        lines.add(of("changes " + change.step() + ": " + change.action() + given(change.input())));
        change.claims().stream()
            .filter(claim -> !claim.guardrail().isEmpty())
            .forEach(claim -> lines.add(of("  within " + claim(claim))));
        yield lines;
      }
      case Command.Resolve resolve -> List.of(of("finds out about " + resolve.intent().step()));
      case Command.Plan plan ->
          List.of(of("plans " + plan.step() + ": " + plan.action() + given(plan.input())));
      case Command.HandOff handOff ->
          List.of(
              of(
                  "hands off "
                      + handOff.signal()
                      + " "
                      + new TreeMap<>(handOff.labels())
                      + " until "
                      + handOff.until()));
      case Command.CheckSettled check ->
          List.of(of("looks whether " + check.intent().step() + " is complete"));
      case Command.Wait wait -> List.of(of("waits until " + wait.until()));
      case Command.Ask ask ->
          List.of(
              new Line(
                  "asks " + ask.guardrail() + " " + ask.until(),
                  "asks a human, " + ask.guardrail() + ": " + ask.question()));
      case Command.Finish finish -> end(finish.report());
    };
  }

  private static List<Line> end(RunReport report) {
    List<Line> lines = new ArrayList<>();
    lines.add(
        new Line(
            "ends " + report.result(), "ends " + report.result().word() + ": " + report.reason()));
    if (report.stoppedBy() != null) {
      lines.add(of("  stopped by " + report.stoppedBy()));
    }
    if (!report.unmet().isEmpty()) {
      lines.add(of("  unmet " + String.join(", ", report.unmet())));
    }
    report.planned().forEach(planned -> lines.add(of("  plan: " + planned)));
    return lines;
  }

  private static String claim(Claim claim) {
    return switch (claim) {
      case Claim.Limit limit ->
          limit.guardrail()
              + ", "
              + limit.limit()
              + " in "
              + Quantities.print(limit.window())
              + " of "
              + limit.key();
      case Claim.Lock lock -> lock.guardrail() + ", the lock " + lock.key();
      case Claim.Storm storm -> storm.guardrail() + ", a place in " + storm.scope();
    };
  }

  private static String given(Value.StructValue input) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, Value> field : input.fields().entrySet()) {
      if (!field.getValue().isNull()) {
        text.append(' ')
            .append(field.getKey())
            .append('=')
            .append(ValuePrinter.print(field.getValue(), Type.Special.ANY));
      }
    }
    return text.toString();
  }

  private static String word(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
