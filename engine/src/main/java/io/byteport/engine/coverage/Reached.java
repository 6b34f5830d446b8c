package io.byteport.engine.coverage;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.model.Choice;
import io.byteport.dsl.model.Guardrail;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.Step;
import io.byteport.engine.coverage.Point.Key;
import io.byteport.engine.coverage.Point.Kind;
import io.byteport.engine.run.ActionResult;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.Note.StepStatus;
import io.byteport.engine.run.Note.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Reads from the journal of one run which points of its runbook it has reached. */
final class Reached {
  private final CheckedRunbook checked;
  private final Runbook runbook;
  private final List<JournalEntry> journal;
  private final Heard heard;
  private final Set<Key> keys = new LinkedHashSet<>();
  private final Map<String, Step> steps;

  private Reached(CheckedRunbook checked, List<JournalEntry> journal, Heard heard) {
    this.checked = checked;
    this.runbook = checked.runbook();
    this.journal = journal;
    this.heard = heard;
    this.steps = checked.steps();
  }

  static Set<Key> of(CheckedRunbook checked, List<JournalEntry> journal, Heard heard) {
    Reached reached = new Reached(checked, journal, heard);
    reached.rules();
    reached.guardrails();
    reached.steps();
    reached.changes();
    reached.gates();
    reached.choices();
    reached.expectations();
    reached.signal();
    reached.keys.addAll(new Ended(checked, journal).keys());
    return reached.keys;
  }

  private void add(Kind kind, String name, String branch) {
    keys.add(new Key(kind, name, branch));
  }

  private <T> List<T> all(Class<T> type) {
    return journal.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private boolean came(Expr condition, Verdict to) {
    return heard.came(checked.typing().of(condition), to);
  }

  /** Every pass judges every rule, in the order of the file, and ends with the class. */
  private void rules() {
    List<String> names = Points.ruleNames(runbook);
    int next = 0;
    String last = "";
    for (JournalEntry entry : journal) {
      if (entry instanceof Note.RuleJudged judged) {
        if (judged.inQuestion()) {
          add(Kind.RULE, names.get(next), word(judged.verdict()));
        }
        next++;
      } else if (entry instanceof Note.Classified classified) {
        next = 0;
        last = classified.classId();
      }
    }
    add(Kind.CLASS, last, "reached");
  }

  private static String word(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }

  private void guardrails() {
    for (Note.GuardrailJudged judged : all(Note.GuardrailJudged.class)) {
      Guardrail guardrail = runbook.guardrails().get(judged.guardrail());
      if (guardrail != null && !(guardrail.rule() instanceof Guardrail.Approve)) {
        Expr condition = Points.condition(guardrail);
        // one that is about steps is not decided before they ended, and is asked again then
        boolean undecided =
            !judged.allowed()
                && condition != null
                && came(condition, Verdict.UNDECIDED)
                && !came(condition, Verdict.FALSE);
        add(
            Kind.GUARDRAIL,
            judged.guardrail(),
            judged.allowed() ? "allowed" : undecided ? Points.UNDECIDED : "refused");
      }
    }
    runbook
        .guardrails()
        .forEach(
            (id, guardrail) -> {
              if (guardrail.rule() instanceof Guardrail.Approve approve) {
                approval(id, approve);
              }
            });
  }

  private void approval(String id, Guardrail.Approve approve) {
    List<Event.Approved> answers =
        all(Event.Approved.class).stream().filter(one -> one.guardrail().equals(id)).toList();
    answers.forEach(one -> add(Kind.GUARDRAIL, id, one.approved() ? "approved" : "declined"));
    long refused =
        all(Note.GuardrailJudged.class).stream()
            .filter(one -> one.guardrail().equals(id) && !one.allowed())
            .count();
    if (refused > answers.stream().filter(one -> !one.approved()).count()) {
      add(Kind.GUARDRAIL, id, "unanswered");
    }
    if (approve.unless() != null && came(approve.unless(), Verdict.TRUE)) {
      add(Kind.GUARDRAIL, id, "unasked");
    }
  }

  private void steps() {
    for (Note.StepEnded ended : all(Note.StepEnded.class)) {
      Step step = steps.get(ended.step());
      if (step == null) {
        continue;
      }
      Expr when = step.head().when();
      if (ended.status() == StepStatus.SKIPPED && when != null && came(when, Verdict.FALSE)) {
        add(Kind.BRANCH, ended.step(), "left out");
      }
      if (ended.status() != StepStatus.SKIPPED && ended.status() != StepStatus.REFUSED) {
        add(Kind.STEP, ended.step(), "reached");
        if (step instanceof Step.Match match) {
          cases(ended.step(), match);
        }
      }
      if (ended.status() == StepStatus.FAILED) {
        add(Kind.ENDING, ended.step(), "failed");
      }
    }
  }

  private void cases(String id, Step.Match match) {
    for (String word : heard.words(checked.typing().of(match.subject()))) {
      add(Kind.BRANCH, id, match.cases().containsKey(word) ? word : "else");
    }
  }

  /** A change is made when its outcome says so; what it was for stands in its intent. */
  private void changes() {
    Map<String, String> intents = new HashMap<>();
    for (JournalEntry entry : journal) {
      if (entry instanceof Event.ChangeIntended intended) {
        intents.put(intended.intent().value(), step(intended.step()));
      } else if (entry instanceof Event.ChangeFinished finished
          && finished.result() instanceof ActionResult.Done) {
        add(
            Kind.CHANGE,
            Objects.requireNonNullElse(intents.get(finished.intent().value()), ""),
            "made");
      }
    }
  }

  /** The step of a key such as {@code reload#2} or {@code kill[3]}. */
  private static String step(String key) {
    return key.replaceAll("(#[0-9]+)?(\\[[0-9]+])?$", "");
  }

  private void gates() {
    for (Points.Gate gate : Points.gates(runbook)) {
      if (came(gate.condition(), Verdict.TRUE)) {
        add(Kind.BRANCH, gate.name(), gate.open());
      }
      if (came(gate.condition(), Verdict.FALSE)) {
        add(Kind.BRANCH, gate.name(), gate.shut());
      }
    }
  }

  /**
   * The first entry whose condition holds is taken; one without a condition where the one before it
   * was asked and does not hold.
   */
  private void choices() {
    for (Points.NamedChoice named : Points.choices(runbook)) {
      List<Choice.Option> options = named.choice().options();
      for (int i = 0; i < options.size(); i++) {
        Expr when = options.get(i).when();
        Expr before = i == 0 ? null : options.get(i - 1).when();
        boolean taken =
            when != null ? came(when, Verdict.TRUE) : before != null && came(before, Verdict.FALSE);
        if (taken) {
          add(Kind.CHOICE, named.name(), Points.entry(checked, named.choice(), i));
        }
      }
    }
  }

  private void expectations() {
    List<Note.Classified> decisions = new ArrayList<>(all(Note.Classified.class));
    String classId = decisions.isEmpty() ? "" : decisions.getLast().classId();
    Set<String> own = Points.own(runbook, classId);
    for (Note.ExpectationJudged judged : all(Note.ExpectationJudged.class)) {
      String id = judged.expectation();
      add(Kind.EXPECTATION, own.contains(id) ? classId + "." + id : id, word(judged.verdict()));
    }
  }

  private void signal() {
    for (Event.Opened opened : all(Event.Opened.class)) {
      String type = opened.signal().type();
      for (Runbook.Detector detector : runbook.detectors().values()) {
        if (detector.id().name().equals(type)
            || detector.aliases().stream().anyMatch(alias -> alias.name().equals(type))) {
          add(Kind.SIGNAL, detector.id().name(), "arrives");
        }
      }
    }
  }
}
