package io.byteport.engine.run;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.engine.eval.Cause;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is known of a run at one moment. Immutable; made by folding events, never stored.
 * Only {@link Interpreter} makes the next one.
 *
 * @param opened the first event; null before it
 * @param at the time of the latest event
 * @param decision what the latest pass decided; null before the first
 * @param guardrails by id, only those that were looked at
 * @param ending how it ends; null until that is known
 */
public record RunState(
    CheckedRunbook runbook,
    Event.@Nullable Opened opened,
    Instant at,
    Alert alert,
    Progress progress,
    Knowledge knowledge,
    @Nullable Decision decision,
    Deeds deeds,
    Map<String, GuardrailRecord> guardrails,
    Verification verification,
    @Nullable Ending ending) {

  /**
   * What the source says of the signal.
   *
   * @param cleared whether it is over
   * @param meanwhile whether that was said after the run had been opened
   */
  record Alert(boolean cleared, boolean meanwhile) {}

  /** A run that has not been opened yet. */
  public static RunState of(CheckedRunbook runbook) {
    return new RunState(
        runbook,
        null,
        Instant.EPOCH,
        new Alert(false, false),
        Progress.START,
        Knowledge.NONE,
        null,
        Deeds.NONE,
        Map.of(),
        Verification.NONE,
        null);
  }

  /** What the run wants done; empty before it is opened. */
  public Optional<Command> pending() {
    return Optional.ofNullable(progress.pending());
  }

  /** Whether it is over. */
  public boolean finished() {
    return progress.pending() instanceof Command.Finish;
  }

  public Note.Phase phase() {
    return progress.phase();
  }

  /** The pass over the diagnosis, from 1. */
  public int pass() {
    return progress.pass();
  }

  /** What was done, in order; a step that ran twice stands there twice. */
  public List<Deed> did() {
    return deeds.done();
  }

  /** What a dry run would have done, and what was proposed. */
  public List<Deed> planned() {
    return deeds.planned();
  }

  /** Names of what could not be decided, where that ended the run. */
  public List<String> undecided() {
    List<Cause> causes =
        ending != null && !ending.undecided().isEmpty()
            ? ending.undecided()
            : decision == null ? List.of() : decision.undecided();
    return causes.stream().map(Cause::name).distinct().toList();
  }

  /** The classification as a person reads it: every rule, what came of it, and why. */
  public String explanation() {
    return DecisionTree.of(decision);
  }

  /** How often was looked whether the expectations hold. */
  public int attempts() {
    return verification.attempts();
  }

  Event.Opened opening() {
    if (opened == null) {
      throw new IllegalStateException("the run is not open");
    }
    return opened;
  }

  /** Whether changes are made now: not in a dry run, not below that level, not in a rehearsal. */
  boolean live() {
    return opening().mode() == Mode.LIVE && autonomy().acts() && !rehearsing();
  }

  /** How far the run may go on its own, by what is known of its class. */
  public Autonomy autonomy() {
    return opening().policy().forClass(decision == null ? null : decision.classId());
  }

  boolean rehearsing() {
    return progress.rehearsal() != null;
  }

  Approvals approvals() {
    return progress.stack().getFirst() instanceof Frame.Life life
        ? life.approvals()
        : Approvals.NONE;
  }

  RunState with(Approvals next) {
    return with(progress.with(next));
  }

  /** As it was before something was rehearsed. */
  RunState restored(Frame.Rehearsing before) {
    return new RunState(
        runbook,
        opened,
        at,
        alert,
        progress,
        before.knowledge(),
        decision,
        before.deeds(),
        before.guardrails(),
        verification,
        ending);
  }

  RunState openedBy(Event.Opened event) {
    boolean cleared = event.signal().status() == io.byteport.engine.signal.Signal.Status.RESOLVED;
    return new RunState(
        runbook,
        event,
        event.at(),
        new Alert(cleared, false),
        progress,
        knowledge,
        decision,
        deeds,
        guardrails,
        verification,
        ending);
  }

  RunState at(Instant now) {
    return new RunState(
        runbook,
        opened,
        now,
        alert,
        progress,
        knowledge,
        decision,
        deeds,
        guardrails,
        verification,
        ending);
  }

  RunState with(Alert next) {
    return new RunState(
        runbook,
        opened,
        at,
        next,
        progress,
        knowledge,
        decision,
        deeds,
        guardrails,
        verification,
        ending);
  }

  RunState with(Progress next) {
    return new RunState(
        runbook,
        opened,
        at,
        alert,
        next,
        knowledge,
        decision,
        deeds,
        guardrails,
        verification,
        ending);
  }

  RunState with(Knowledge next) {
    return new RunState(
        runbook,
        opened,
        at,
        alert,
        progress,
        next,
        decision,
        deeds,
        guardrails,
        verification,
        ending);
  }

  RunState with(Decision next) {
    return new RunState(
        runbook,
        opened,
        at,
        alert,
        progress,
        knowledge,
        next,
        deeds,
        guardrails,
        verification,
        ending);
  }

  RunState with(Deeds next) {
    return new RunState(
        runbook,
        opened,
        at,
        alert,
        progress,
        knowledge,
        decision,
        next,
        guardrails,
        verification,
        ending);
  }

  RunState with(String guardrail, GuardrailRecord next) {
    Map<String, GuardrailRecord> more = new LinkedHashMap<>(guardrails);
    more.put(guardrail, next);
    return new RunState(
        runbook,
        opened,
        at,
        alert,
        progress,
        knowledge,
        decision,
        deeds,
        Collections.unmodifiableMap(more),
        verification,
        ending);
  }

  RunState with(Verification next) {
    return new RunState(
        runbook, opened, at, alert, progress, knowledge, decision, deeds, guardrails, next, ending);
  }

  RunState with(Ending next) {
    return new RunState(
        runbook,
        opened,
        at,
        alert,
        progress,
        knowledge,
        decision,
        deeds,
        guardrails,
        verification,
        next);
  }

  GuardrailRecord guardrail(String id) {
    return guardrails.getOrDefault(id, GuardrailRecord.UNTOUCHED);
  }

  StepRecord step(String id) {
    StepRecord record = deeds.steps().get(id);
    return record == null ? NEVER : record;
  }

  private static final StepRecord NEVER =
      new StepRecord(
          Note.StepStatus.PENDING,
          false,
          null,
          null,
          null,
          null,
          null,
          io.byteport.dsl.value.Value.NULL,
          null);
}
