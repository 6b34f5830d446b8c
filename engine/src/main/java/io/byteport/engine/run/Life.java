package io.byteport.engine.run;

import io.byteport.dsl.model.Fact;
import io.byteport.dsl.model.Guardrail;
import io.byteport.dsl.model.Runbook;
import io.byteport.engine.eval.Evaluation;
import io.byteport.engine.eval.ValuePrinter;
import io.byteport.engine.guardrail.Ruling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The order of a run's phases: diagnose, skips, severity, classify, preflight, steps, verify, then
 * or rollback, end.
 */
final class Life {
  private static final Duration BETWEEN_PASSES = Duration.ofSeconds(30);

  private final Turn turn;

  Life(Turn turn) {
    this.turn = turn;
  }

  private RunState state() {
    return turn.state();
  }

  private Runbook runbook() {
    return turn.program().runbook();
  }

  /**
   * Whether the alert is over before anything was done about it, so that nothing shall be done any
   * more.
   */
  boolean isMoot() {
    Deeds deeds = state().deeds();
    return state().alert().meanwhile()
        && state().ending() == null
        && !deeds.changed()
        && deeds.planned().isEmpty()
        && state().progress().inFlight() == null
        && state().phase() != Note.Phase.END;
  }

  void endMoot() {
    end(Ending.of(RunResult.SKIPPED, "The alert resolved before anything was changed"));
  }

  void go(Frame.Life frame, @Nullable Outcome outcome) {
    switch (frame.stage()) {
      case OPENED -> {
        turn.phase(Note.Phase.DIAGNOSE);
        new Notices(turn).announce("opened");
        diagnose(false);
      }
      case BETWEEN_PASSES -> {
        turn.phase(Note.Phase.DIAGNOSE, state().pass() + 1);
        diagnose(true);
      }
      case DIAGNOSED -> judge();
      case CLEARED -> cleared(outcome);
      case APPROVED -> approved(outcome);
      case ACTED -> acted(outcome);
      case VERIFIED -> verified(outcome);
      case FOLLOWED_UP -> followedUp(outcome);
      case VERIFIED_FOR_THE_RECORD -> describe(true);
      case ROLLED_BACK -> rolledBack(outcome);
      case DESCRIBED -> finish();
    }
  }

  private void to(Frame.Life.Stage stage) {
    turn.replace(new Frame.Life(stage, state().approvals()));
  }

  private void diagnose(boolean again) {
    to(Frame.Life.Stage.DIAGNOSED);
    List<String> facts =
        turn.program().graph().reads(new LinkedHashSet<>(runbook().diagnose().keySet()));
    new Learn(turn).begin(facts, again);
  }

  private void judge() {
    noteComputed();
    List<Ruling> unreadable = new ArrayList<>();
    for (Guardrail guardrail : runbook().guardrails().values()) {
      if (guardrail.rule() instanceof Guardrail.Skip skip) {
        Rulings rulings = new Rulings(turn);
        Ruling ruling = rulings.skip(guardrail, skip);
        rulings.note(ruling, null);
        if (!ruling.allowed() && ruling.undecided().isEmpty()) {
          end(Ending.refused(RunResult.SKIPPED, ruling.id(), ruling.reason(), List.of()));
          return;
        }
        if (!ruling.allowed()) {
          unreadable.add(ruling);
        }
      }
    }
    turn.phase(Note.Phase.CLASSIFY);
    Decision decision = new Classify(turn).decide();
    turn.become(state().with(decision));
    boolean sure =
        decision.known()
            && decision.confidence() >= Classify.threshold(runbook())
            && unreadable.isEmpty();
    if (!sure && state().pass() < runbook().classify().passes()) {
      Duration every =
          turn.expressions()
              .duration(runbook().classify().every(), Locals.NONE)
              .orElse(BETWEEN_PASSES);
      to(Frame.Life.Stage.BETWEEN_PASSES);
      turn.want(new Command.Wait(turn.now().plus(every)));
      return;
    }
    freeze();
    gate(decision, unreadable);
  }

  private void gate(Decision decision, List<Ruling> unreadable) {
    double threshold = Classify.threshold(runbook());
    if (!decision.known()) {
      end(
          new Ending(
              RunResult.ESCALATED,
              unknown(decision),
              null,
              decision.undecided(),
              false,
              false,
              null));
    } else if (decision.confidence() < threshold) {
      end(
          Ending.of(
              RunResult.ESCALATED,
              "`"
                  + decision.classId()
                  + "` is only "
                  + ValuePrinter.confidence(decision.confidence())
                  + " certain, "
                  + ValuePrinter.confidence(threshold)
                  + " is needed to act"));
    } else if (!unreadable.isEmpty()) {
      Ruling ruling = unreadable.get(0);
      RunResult result =
          ruling.guardrail().then() == Guardrail.Then.SKIP
              ? RunResult.SKIPPED
              : RunResult.ESCALATED;
      end(Ending.refused(result, ruling.id(), ruling.reason(), ruling.undecided()));
    } else {
      turn.phase(Note.Phase.PLAN);
      to(Frame.Life.Stage.CLEARED);
      turn.push(new Frame.Clearing(null, null));
    }
  }

  private String unknown(Decision decision) {
    if (decision.undecided().isEmpty()) {
      return "No rule explains what was found";
    }
    String suspected =
        decision.suspected() == null ? "" : "; `" + decision.suspected() + "` is suspected";
    return "The class cannot be decided: "
        + Expressions.reason(new Missing(state()).forReasonsOf(decision.undecided()))
        + suspected;
  }

  /** What people may want to know of the facts that nobody reads. */
  private void noteComputed() {
    RunEnvironment environment = new RunEnvironment(turn.moment(), Locals.NONE, false);
    for (Fact fact : runbook().diagnose().values()) {
      if (!(fact instanceof Fact.Read)) {
        String name = fact.id().name();
        switch (environment.root(name)) {
          case Evaluation.Known known ->
              turn.note(
                  new Note.FactLearned(
                      turn.now(),
                      name,
                      Abridged.of(known.value()),
                      null,
                      state().pass() > 1,
                      true));
          case Evaluation.Undecided undecided ->
              turn.note(
                  new Note.FactLearned(
                      turn.now(), name, null, undecided.reason(), state().pass() > 1, true));
        }
      }
    }
  }

  /** What every fact is now is what it was before. */
  private void freeze() {
    RunEnvironment environment = new RunEnvironment(turn.moment(), Locals.NONE, false);
    Map<String, Evaluation> before = new LinkedHashMap<>();
    runbook().diagnose().keySet().forEach(name -> before.put(name, environment.root(name)));
    turn.become(state().with(state().knowledge().frozen(before)));
  }

  private void cleared(@Nullable Outcome outcome) {
    if (outcome instanceof Outcome.Ended ended) {
      end(ended.ending());
      return;
    }
    if (Approve.isNeeded(turn)) {
      to(Frame.Life.Stage.APPROVED);
      turn.push(Frame.Approving.of(new Frame.Scope.Whole()));
    } else {
      act();
    }
  }

  private void approved(@Nullable Outcome outcome) {
    switch (outcome) {
      case Outcome.Refused refused -> end(Approve.ending(refused));
      case Outcome.Went went -> {
        turn.phase(Note.Phase.DIAGNOSE);
        diagnose(true);
      }
      case null, default -> act();
    }
  }

  private void act() {
    turn.become(state().with(state().approvals().settled()));
    turn.phase(Note.Phase.ACT);
    Runbook.Remediation remediation = remediation();
    to(Frame.Life.Stage.ACTED);
    turn.push(
        new Frame.Sequence(
            Frame.Owner.REMEDIATION,
            remediation == null ? List.of() : remediation.steps(),
            0,
            Locals.NONE,
            List.of(),
            remediation == null ? null : remediation.onFailure(),
            false));
  }

  private Runbook.@Nullable Remediation remediation() {
    Decision decision = state().decision();
    return decision == null ? null : runbook().remediate().get(decision.classId());
  }

  private void acted(@Nullable Outcome outcome) {
    switch (outcome) {
      case Outcome.Ended ended -> badEnd(ended.ending());
      case Outcome.Failed failed -> badEnd(Ending.bad(failed.reason(), failed.undecided()));
      case null, default -> allStepsRan();
    }
  }

  private void allStepsRan() {
    Deeds deeds = state().deeds();
    if (!state().live()) {
      end(
          deeds.planned().isEmpty()
              ? Ending.of(
                  RunResult.ESCALATED, Untouched.reason(state(), "Nothing would be changed"))
              : Ending.of(RunResult.PLANNED, planned(deeds)));
    } else if (!deeds.changed()) {
      end(Ending.of(RunResult.ESCALATED, Untouched.reason(state(), "Nothing was changed")));
    } else if (runbook().verify() == null && Verify.spec(turn).isEmpty()) {
      badEnd(Ending.bad("Nothing says how to see whether it helped", List.of()));
    } else {
      turn.phase(Note.Phase.VERIFY);
      to(Frame.Life.Stage.VERIFIED);
      turn.push(Verify.begin(false));
    }
  }

  private String planned(Deeds deeds) {
    int count = deeds.planned().size();
    String why =
        state().opening().mode() == Mode.DRY_RUN
            ? "Dry run"
            : "Autonomy is `" + state().autonomy().word() + "`";
    return why + ": " + count + (count == 1 ? " step is planned" : " steps are planned");
  }

  private void verified(@Nullable Outcome outcome) {
    if (outcome instanceof Outcome.Failed failed) {
      badEnd(Ending.bad(failed.reason(), failed.undecided()));
      return;
    }
    to(Frame.Life.Stage.FOLLOWED_UP);
    turn.push(
        new Frame.Sequence(
            Frame.Owner.FOLLOW_UP,
            Verify.spec(turn).map(Runbook.Verify::then).orElse(List.of()),
            0,
            Locals.NONE,
            List.of(),
            null,
            false));
  }

  private void followedUp(@Nullable Outcome outcome) {
    switch (outcome) {
      case Outcome.Ended ended -> end(ended.ending());
      // what was verified stays
      case Outcome.Failed failed ->
          end(Ending.of(RunResult.ESCALATED, "It is well again, but " + failed.reason()));
      case null, default -> end(Ending.of(RunResult.RESOLVED, "Every expectation holds"));
    }
  }

  /** A human is called; what was changed is looked at or taken back first. */
  private void badEnd(Ending ending) {
    Deeds deeds = state().deeds();
    if (!state().live()
        && !deeds.planned().isEmpty()
        && ending.result() == RunResult.ESCALATED
        && ending.stoppedBy() == null) {
      end(Ending.of(RunResult.PLANNED, planned(deeds) + ", then: " + ending.reason()));
      return;
    }
    if (!deeds.changed() || !state().live()) {
      end(ending);
      return;
    }
    if (ending.verifyOnce() && Verify.spec(turn).isPresent()) {
      turn.become(state().with(ending));
      turn.phase(Note.Phase.VERIFY);
      to(Frame.Life.Stage.VERIFIED_FOR_THE_RECORD);
      turn.push(Verify.begin(true));
      return;
    }
    Runbook.Rollback rollback = rollback();
    if (!ending.rollBack() || rollback == null) {
      end(ending);
      return;
    }
    turn.become(state().with(ending));
    Evaluation when = turn.expressions().holds(rollback.when(), Locals.NONE);
    if (when instanceof Evaluation.Undecided undecided) {
      end(
          ending.because(
              ending.reason()
                  + "; not rolled back, since it cannot be decided: "
                  + undecided.reason()));
    } else if (!when.isTrue()) {
      end(ending);
    } else {
      turn.phase(Note.Phase.ROLL_BACK);
      turn.become(state().deeds().rolledBack("failed"));
      to(Frame.Life.Stage.ROLLED_BACK);
      turn.push(
          new Frame.Sequence(
              Frame.Owner.ROLLBACK, rollback.steps(), 0, Locals.NONE, List.of(), null, false));
    }
  }

  private Runbook.@Nullable Rollback rollback() {
    Runbook.Remediation remediation = remediation();
    return remediation != null && remediation.rollback() != null
        ? remediation.rollback()
        : runbook().rollback();
  }

  private void rolledBack(@Nullable Outcome outcome) {
    Ending ending =
        Optional.ofNullable(state().ending()).orElseGet(() -> Ending.bad("", List.of()));
    switch (outcome) {
      case Outcome.Failed failed ->
          end(ending.because(ending.reason() + "; the rollback failed: " + failed.reason()));
      case Outcome.Ended ended ->
          end(
              ending.because(
                  ending.reason() + "; the rollback stopped: " + ended.ending().reason()));
      case null, default -> {
        turn.become(state().deeds().rolledBack("done"));
        end(ending);
      }
    }
  }

  /** It is known how the run ends; what is left is to say so. */
  private void end(Ending ending) {
    Rehearsal.breakOff(turn);
    while (state().progress().stack().size() > 1) {
      turn.pop(Outcome.WENT);
      turn.returned();
    }
    turn.become(state().with(ending));
    describe(ending.result() == RunResult.ESCALATED);
  }

  /** An escalation carries the commands to go on by hand. */
  private void describe(boolean escalated) {
    turn.phase(Note.Phase.END);
    to(Frame.Life.Stage.DESCRIBED);
    if (escalated) {
      turn.push(new Frame.Describing(Describe.left(turn), 0, Map.of()));
    }
  }

  private void finish() {
    RunReport report = new Report(turn).make();
    turn.note(new Note.Finished(turn.now(), report));
    turn.want(new Command.Finish(report));
  }
}
