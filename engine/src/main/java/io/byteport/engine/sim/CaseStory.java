package io.byteport.engine.sim;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.test.Expected;
import io.byteport.dsl.test.TestCase;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.Note.StepStatus;
import io.byteport.engine.run.Note.Verdict;
import io.byteport.engine.sim.CaseResult.Mismatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Tells of a run that came to something else than expected only what made it so: where the class is
 * another one, the rules of both classes; where something was refused, the guardrail; and so on.
 */
final class CaseStory {
  private static final Set<String> OF_THE_CLASS =
      Set.of("class", "confidence", "undecided", "passes", "severity");

  /** What could not come about, where no class was found. */
  private static final Set<String> AFTER_THE_CLASS =
      Set.of("result", "reason", "did", "planned", "plan", "with", "steps", "stoppedBy", "unmet");

  private final CheckedRunbook checked;
  private final TestCase testCase;
  private final SimulatedRun.Played played;
  private final StringBuilder out = new StringBuilder();

  CaseStory(CheckedRunbook checked, TestCase testCase, SimulatedRun.Played played) {
    this.checked = checked;
    this.testCase = testCase;
    this.played = played;
  }

  /** Indented text; empty where nothing is to be explained. */
  String of(List<Mismatch> mismatches) {
    Set<String> heads = new LinkedHashSet<>();
    mismatches.forEach(misfit -> heads.add(misfit.what().replaceAll("\\..*", "")));
    if (heads.isEmpty()) {
      return "";
    }
    boolean otherClass = heads.contains("class");
    boolean unknown =
        "unknown".equals(played.report().classId())
            && heads.stream().anyMatch(AFTER_THE_CLASS::contains);
    if (heads.stream().anyMatch(OF_THE_CLASS::contains) || heads.contains("rules") || unknown) {
      rules(mismatches);
    }
    if (!otherClass) {
      guardrails(heads);
      expectations(heads);
      steps();
    }
    return out.toString().stripTrailing();
  }

  /** The rules of the class that was expected and of that which was found. */
  private void rules(List<Mismatch> mismatches) {
    Set<String> matter = new LinkedHashSet<>();
    for (Expected expected : testCase.expected()) {
      if (expected instanceof Expected.OfClass one) {
        matter.add(one.classId());
      }
    }
    mismatches.stream()
        .filter(misfit -> misfit.what().startsWith("rules."))
        .forEach(misfit -> matter.add(misfit.what().substring("rules.".length())));
    String found = played.report().classId();
    if (found != null) {
      matter.add(found);
    }
    boolean unknown = matter.contains("unknown");
    List<Note.RuleJudged> pass = lastPass();
    for (Note.RuleJudged rule : pass) {
      boolean open = unknown && rule.verdict() == Verdict.UNDECIDED;
      boolean early = unknown && rule.verdict() == Verdict.TRUE;
      if (matter.contains(rule.classId()) || open || early) {
        line("rule " + rule.classId() + ": " + word(rule.verdict().name()));
        indented(rule.explanation());
      }
    }
    if (out.isEmpty()) {
      for (Note.RuleJudged rule : pass) {
        line("rule " + rule.classId() + ": " + word(rule.verdict().name()));
      }
    }
  }

  private List<Note.RuleJudged> lastPass() {
    List<Note.RuleJudged> pass = new ArrayList<>();
    for (Object entry : played.journal()) {
      if (entry instanceof Note.PhaseEntered phase && phase.phase() == Note.Phase.CLASSIFY) {
        pass.clear();
      } else if (entry instanceof Note.RuleJudged rule) {
        pass.add(rule);
      }
    }
    return pass;
  }

  private void guardrails(Set<String> heads) {
    Map<String, Note.GuardrailJudged> judged = new LinkedHashMap<>();
    for (Object entry : played.journal()) {
      if (entry instanceof Note.GuardrailJudged one
          && (!one.allowed() || heads.contains("guardrails") || heads.contains("stoppedBy"))) {
        judged.put(one.guardrail(), one);
      }
    }
    judged
        .values()
        .forEach(
            one ->
                line(
                    "guardrail "
                        + one.guardrail()
                        + (one.step() == null ? "" : " for " + one.step())
                        + ": "
                        + (one.allowed() ? "allowed" : "refused, " + one.reason())));
  }

  private void expectations(Set<String> heads) {
    Map<String, Note.ExpectationJudged> last = new LinkedHashMap<>();
    for (Object entry : played.journal()) {
      if (entry instanceof Note.ExpectationJudged one) {
        last.put(one.expectation(), one);
      }
    }
    boolean asked = heads.contains("unmet") || heads.contains("expectations");
    for (Note.ExpectationJudged one : last.values()) {
      if (asked || one.verdict() != Verdict.TRUE) {
        line("expectation " + one.expectation() + ": " + word(one.verdict().name()));
        indented(one.explanation());
      }
    }
  }

  private void steps() {
    Map<String, Note.StepEnded> last = new LinkedHashMap<>();
    for (Object entry : played.journal()) {
      if (entry instanceof Note.StepEnded one && checked.steps().containsKey(one.step())) {
        last.put(one.step(), one);
      }
    }
    for (Note.StepEnded one : last.values()) {
      boolean well = one.status() == StepStatus.DONE || one.status() == StepStatus.PLANNED;
      line(
          "step "
              + one.step()
              + ": "
              + word(one.status().name())
              + (well || one.text().equals(one.step()) ? "" : ", " + one.text()));
    }
  }

  private static String word(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private void line(String text) {
    out.append(text).append('\n');
  }

  private void indented(String text) {
    text.lines().forEach(line -> out.append("  ").append(line).append('\n'));
  }
}
