package io.byteport.cli.console;

import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.eval.Cause;
import io.byteport.engine.guardrail.Claim;
import io.byteport.engine.guardrail.Standing;
import io.byteport.engine.run.ActionResult;
import io.byteport.engine.run.Autonomy;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.IntentId;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Mode;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.RunId;
import io.byteport.engine.run.RunPlan;
import io.byteport.engine.run.RunReport;
import io.byteport.engine.run.RunResult;
import io.byteport.engine.run.Term;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.spi.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A journal with an entry of every kind.
 *
 * @param text stands wherever something of elsewhere can stand
 */
record Journals(String text) {
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  static final RunId RUN = new RunId("20260301-120000-abcde");

  List<JournalEntry> entries() {
    List<JournalEntry> all = new ArrayList<>(untilAsked());
    all.addAll(
        List.of(
            new Event.Approved(at(21), text, true, text, plan().hash(), text),
            new Note.AnswerIgnored(at(21), text, text, text),
            intended(),
            new Note.Said(at(22), text, List.of(text, "second line")),
            new Event.ChangeFinished(at(24), intent(), done(), false),
            new Event.SettleChecked(at(25), intent(), true, text),
            new Event.ChangeNotPrepared(at(26), text, failed()),
            new Event.ChangeFinished(at(27), intent(), failed(), false),
            new Event.HandOffEnded(at(27), text, RUN, RunResult.RESOLVED, text),
            new Event.SignalChanged(at(28), Signal.Status.RESOLVED),
            new Note.StepEnded(at(28), text, Note.StepStatus.FAILED, text, text, term()),
            new Note.PhaseEntered(at(29), Note.Phase.VERIFY, 1),
            new Note.ExpectationJudged(at(30), text, Note.Verdict.TRUE, text, term()),
            new Note.Announced(at(30), notice()),
            new Note.Finished(at(31), report())));
    return List.copyOf(all);
  }

  List<JournalEntry> untilAsked() {
    return List.of(
        opened(),
        new Note.PhaseEntered(at(1), Note.Phase.DIAGNOSE, 1),
        new Note.FactLearned(at(2), text, Value.of(text + "\n" + text), null, false, null),
        new Note.FactLearned(at(3), text + "2", null, text, false, null),
        new Note.PhaseEntered(at(4), Note.Phase.CLASSIFY, 1),
        new Note.RuleJudged(at(4), text, Note.Verdict.TRUE, true, 0.9, text, text, term()),
        new Note.RuleJudged(at(4), text, Note.Verdict.FALSE, false, 0.0, null, text, null),
        new Note.Classified(
            at(5),
            text,
            0.9,
            text,
            text,
            text,
            List.of(new Cause(text, text)),
            0.7,
            text,
            Autonomy.ACT),
        new Note.PhaseEntered(at(6), Note.Phase.PLAN, 1),
        new Note.GuardrailJudged(
            at(7),
            text,
            text,
            text,
            true,
            text,
            List.of(new Cause(text, text)),
            term(),
            standing()),
        new Note.Asked(at(8), text, text, at(1800), plan(), List.of(text)));
  }

  private static Instant at(int second) {
    return NOON.plusSeconds(second);
  }

  Event.Opened opened() {
    return new Event.Opened(
        NOON,
        RUN,
        text,
        text,
        "metadata: {id: sample}",
        Mode.LIVE,
        new Signal(
            text,
            text,
            Signal.Severity.HIGH,
            Signal.Status.FIRING,
            Map.of(text, text),
            NOON,
            text,
            text,
            "javascript:alert(1)//" + text),
        StructValue.EMPTY,
        StructValue.EMPTY,
        StructValue.EMPTY,
        text);
  }

  RunPlan plan() {
    return new RunPlan(
        Autonomy.APPROVE,
        text,
        List.of(new RunPlan.Step(text, text, fields(text, text), false, text)),
        text,
        "0123456789abcdef");
  }

  private static StructValue fields(String name, String value) {
    return new StructValue(Map.of(name, Value.of(value)));
  }

  private static IntentId intent() {
    return new IntentId("intent-1");
  }

  private Event.ChangeIntended intended() {
    return new Event.ChangeIntended(
        at(22), intent(), text, text, fields("limit", text), StructValue.EMPTY, text, List.of());
  }

  private ActionResult.Done done() {
    return new ActionResult.Done(
        new StructValue(Map.of("from", Value.of(text + " before"), "to", Value.of(text))), true);
  }

  private ActionResult.Failed failed() {
    return new ActionResult.Failed(FailureKind.REFUSED, text, true, null);
  }

  private Term term() {
    Term leaf = new Term(Term.Kind.VALUE, text, null, text, List.of(), null, List.of());
    Term unknown =
        new Term(
            Term.Kind.VALUE,
            text + " other",
            Note.Verdict.UNDECIDED,
            null,
            List.of(new Cause(text, text)),
            null,
            List.of());
    return new Term(
        Term.Kind.ANY, text, Note.Verdict.TRUE, "true", List.of(), "or", List.of(leaf, unknown));
  }

  private Standing standing() {
    return new Standing(
        new Claim.Limit(text, text, 3, Duration.ofHours(1)), true, 1, List.of(NOON), null, null);
  }

  private RunReport.Notification notice() {
    return new RunReport.Notification(
        text,
        Map.of(text, List.of(text)),
        text,
        text,
        text,
        Map.of(text, text),
        Map.of(text, text),
        List.of(text),
        List.of(text),
        text,
        Duration.ZERO);
  }

  RunReport report() {
    return new RunReport(
        RunResult.ESCALATED,
        text,
        text,
        text,
        0.9,
        text,
        List.of(text),
        List.of(text),
        List.of(text),
        text,
        List.of(text),
        Duration.ofSeconds(31),
        List.of(notice()),
        Map.of(),
        null);
  }
}
