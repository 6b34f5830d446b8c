package io.byteport.engine.run;

import io.byteport.dsl.model.Guardrail;
import io.byteport.dsl.model.Runbook;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what would be done: what stands in a scope is gone through as in a dry run, reads
 * happen, and what that leaves behind is taken back but for the plan.
 */
final class Rehearsal {
  private final Turn turn;

  Rehearsal(Turn turn) {
    this.turn = turn;
  }

  void begin(Frame.Scope scope) {
    RunState state = turn.state();
    turn.push(
        new Frame.Rehearsing(
            state.deeds(), state.guardrails(), state.knowledge(), List.of(), Map.of()));
    turn.push(
        switch (scope) {
          case Frame.Scope.Whole whole -> whole();
          case Frame.Scope.OfStep of -> of.step();
          case Frame.Scope.OfChange of -> of.change();
        });
  }

  private Frame whole() {
    Decision decision = turn.state().decision();
    Runbook.Remediation remediation =
        decision == null ? null : turn.program().runbook().remediate().get(decision.classId());
    return new Frame.Sequence(
        Frame.Owner.REMEDIATION,
        remediation == null ? List.of() : remediation.steps(),
        0,
        Locals.NONE,
        List.of(),
        remediation == null ? null : remediation.onFailure(),
        false);
  }

  /** A change would be made; what it is given is known as of now. */
  void add(Frame.Changing frame, Inputs inputs, Map<String, Locals> needs) {
    Frame.Rehearsing rehearsal = turn.state().progress().rehearsal();
    if (rehearsal == null) {
      return;
    }
    List<RunPlan.Step> steps = new ArrayList<>(rehearsal.steps());
    steps.add(step(turn, frame, inputs));
    Map<String, Locals> more = new LinkedHashMap<>(needs);
    more.putAll(rehearsal.needs());
    become(rehearsal, steps, more);
  }

  static RunPlan.Step step(Turn turn, Frame.Changing frame, Inputs inputs) {
    return new RunPlan.Step(
        frame.key(),
        frame.step().use().action().name(),
        PlanHash.timeless(inputs.input(), turn.now()),
        inputs.complete(),
        frame.key());
  }

  /** How a person would do the change that was added last. */
  void commanded(String command) {
    Frame.Rehearsing rehearsal = turn.state().progress().rehearsal();
    if (rehearsal != null && !rehearsal.steps().isEmpty()) {
      RunPlan.Step last = rehearsal.steps().getLast();
      List<RunPlan.Step> steps = new ArrayList<>(rehearsal.steps());
      steps.set(
          steps.size() - 1,
          new RunPlan.Step(last.key(), last.action(), last.input(), last.complete(), command));
      become(rehearsal, steps, rehearsal.needs());
    }
  }

  /** The ledger would refuse the change that was added last. */
  void withdrawn() {
    Frame.Rehearsing rehearsal = turn.state().progress().rehearsal();
    if (rehearsal != null && !rehearsal.steps().isEmpty()) {
      become(
          rehearsal, rehearsal.steps().subList(0, rehearsal.steps().size() - 1), rehearsal.needs());
    }
  }

  private void become(
      Frame.Rehearsing before, List<RunPlan.Step> steps, Map<String, Locals> needs) {
    turn.become(
        turn.state()
            .progress()
            .with(
                new Frame.Rehearsing(
                    before.deeds(), before.guardrails(), before.knowledge(), steps, needs)));
  }

  /** It has been gone through: what is left is the plan. */
  void end(Frame.Rehearsing frame, @Nullable Outcome outcome) {
    Decision decision = turn.state().decision();
    RunPlan plan =
        RunPlan.of(
            turn.state().autonomy(),
            decision == null ? null : decision.classId(),
            frame.steps(),
            then(outcome),
            turn.state().opening().runbookText());
    turn.become(turn.state().restored(frame));
    turn.pop(Outcome.WENT);
    turn.returned();
    if (turn.state().progress().top() instanceof Frame.Approving approving) {
      turn.replace(
          new Frame.Approving(
              approving.scope(),
              Frame.Approving.Stage.REHEARSED,
              plan,
              ordered(frame.needs()),
              null,
              null));
    }
  }

  private Map<String, Locals> ordered(Map<String, Locals> needs) {
    Map<String, Locals> ordered = new LinkedHashMap<>();
    for (Guardrail guardrail : turn.program().runbook().guardrails().values()) {
      Locals locals = needs.get(guardrail.id().name());
      if (locals != null) {
        ordered.put(guardrail.id().name(), locals);
      }
    }
    if (needs.containsKey(Approvals.AGENT)) {
      ordered.put(Approvals.AGENT, Locals.NONE);
    }
    return ordered;
  }

  private static @Nullable String then(@Nullable Outcome outcome) {
    return switch (outcome) {
      case Outcome.Ended ended -> ended.ending().reason();
      case Outcome.Failed failed -> failed.reason();
      case Outcome.Refused refused -> refused.reason();
      case null, default -> null;
    };
  }

  /** Takes back what a rehearsal that is broken off has left behind. */
  static void breakOff(Turn turn) {
    Frame.Rehearsing rehearsal = turn.state().progress().rehearsal();
    if (rehearsal != null) {
      turn.become(turn.state().restored(rehearsal));
    }
  }
}
