package io.byteport.engine.run;

import io.byteport.dsl.action.ActionDescription.Effect;
import io.byteport.dsl.model.Guardrail;
import io.byteport.dsl.model.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Has a human approve what would be done: plans it, asks, and after a yes looks whether it is still
 * the same. Leaves {@link Outcome#SATISFIED} where nothing more is to be asked, {@link
 * Outcome#WENT} where the whole run was approved and is to be diagnosed again before it acts, and a
 * refusal otherwise.
 */
final class Approve {
  private final Turn turn;

  Approve(Turn turn) {
    this.turn = turn;
  }

  /** Whether a human has to see the whole plan before the first change. */
  static boolean isNeeded(Turn turn) {
    return turn.state().live()
        && (turn.state().autonomy() == Autonomy.APPROVE
            || turn.program().runbook().guardrails().values().stream()
                .anyMatch(guardrail -> isAboutAll(turn, guardrail)));
  }

  private static boolean isAboutAll(Turn turn, Guardrail guardrail) {
    Decision decision = turn.state().decision();
    return guardrail.rule() instanceof Guardrail.Approve
        && (guardrail.guards().isEmpty()
            || guardrail.guards().stream()
                .anyMatch(id -> decision != null && id.name().equals(decision.classId())));
  }

  /**
   * The approvals that a change still needs.
   *
   * @param about guardrails that say something about it
   * @param locals with {@code with} and the item
   */
  static Map<String, Locals> needs(
      Turn turn, List<Guardrail> about, Locals locals, RunPlan.Step step) {
    Approvals approvals = turn.state().approvals();
    Map<String, Locals> needs = new LinkedHashMap<>();
    for (Guardrail guardrail : new Rulings(turn).approvals(about, locals)) {
      if (!approvals.covers(guardrail.id().name(), step)) {
        needs.put(guardrail.id().name(), locals);
      }
    }
    if (turn.state().autonomy() == Autonomy.APPROVE && !approvals.covers(Approvals.AGENT, step)) {
      needs.put(Approvals.AGENT, Locals.NONE);
    }
    return needs;
  }

  void go(Frame.Approving frame, @Nullable Event event) {
    switch (frame.stage()) {
      case BEGUN -> new Rehearsal(turn).begin(frame.scope());
      case REHEARSED -> rehearsed(frame);
      case ASKED -> asked(frame, event);
      case REREAD -> reread(frame);
    }
  }

  private void become(Approvals approvals) {
    turn.become(turn.state().with(approvals));
  }

  private void rehearsed(Frame.Approving frame) {
    RunPlan plan = plan(frame);
    Approvals approvals = turn.state().approvals();
    RunPlan before = approvals.asked();
    if (before != null && !approvals.answered().isEmpty()) {
      if (plan.hash().equals(before.hash())) {
        become(approvals.confirmed(plan));
        turn.pop(Outcome.SATISFIED);
        return;
      }
      if (approvals.again() >= Approvals.MOST_AGAIN) {
        become(approvals.asking(plan));
        refuse(
            approvals.answered().getFirst(),
            "what would be done has changed after each of "
                + (approvals.again() + 1)
                + " approvals");
        return;
      }
      become(approvals.drifted(plan.changesFrom(before)));
    }
    ask(frame);
  }

  private static RunPlan plan(Frame.Approving frame) {
    RunPlan plan = frame.plan();
    if (plan == null) {
      throw new IllegalStateException("nothing was rehearsed");
    }
    return plan;
  }

  /** Asks for what is still needed, one after the other. */
  private void ask(Frame.Approving frame) {
    Approvals approvals = turn.state().approvals();
    Set<String> missing = new LinkedHashSet<>(missing(frame));
    approvals.answered().forEach(missing::remove);
    if (missing.isEmpty()) {
      if (approvals.answered().isEmpty()) {
        become(approvals.settled());
        turn.pop(Outcome.SATISFIED);
      } else {
        lookAgain(frame);
      }
      return;
    }
    become(approvals.asking(plan(frame)));
    String asking = missing.iterator().next();
    Locals locals = frame.needs().getOrDefault(asking, Locals.NONE);
    Instant until = turn.now().plus(within(asking, locals));
    ask(frame, asking, until);
  }

  private void ask(Frame.Approving frame, String asking, Instant until) {
    RunPlan plan = plan(frame);
    String question = question(asking, frame.needs().getOrDefault(asking, Locals.NONE), plan);
    List<String> changes = turn.state().approvals().changes();
    turn.replace(
        new Frame.Approving(
            frame.scope(), Frame.Approving.Stage.ASKED, plan, frame.needs(), asking, until));
    turn.note(new Note.Asked(turn.now(), asking, question, until, plan, changes));
    turn.want(new Command.Ask(asking, question, until, plan, changes));
  }

  /** Those that this scope is to be asked about; what stands deeper is asked when it comes. */
  private List<String> missing(Frame.Approving frame) {
    List<String> named =
        frame.needs().keySet().stream()
            .filter(id -> !id.equals(Approvals.AGENT))
            .filter(id -> concerns(frame.scope(), turn.program().runbook().guardrails().get(id)))
            .toList();
    boolean agent =
        named.isEmpty()
            && frame.needs().containsKey(Approvals.AGENT)
            && !(frame.scope() instanceof Frame.Scope.OfStep);
    return agent ? List.of(Approvals.AGENT) : named;
  }

  private boolean concerns(Frame.Scope scope, @Nullable Guardrail guardrail) {
    return guardrail != null
        && switch (scope) {
          case Frame.Scope.Whole whole -> isAboutAll(turn, guardrail);
          case Frame.Scope.OfStep of ->
              of.step().step() instanceof Step.Act
                  || guardrail.guards().stream()
                      .anyMatch(id -> id.name().equals(of.step().step().head().id().name()));
          case Frame.Scope.OfChange of -> true;
        };
  }

  private @Nullable Guardrail guardrail(String id) {
    return turn.program().runbook().guardrails().get(id);
  }

  private Duration within(String asking, Locals locals) {
    Guardrail guardrail = guardrail(asking);
    return guardrail != null && guardrail.rule() instanceof Guardrail.Approve approve
        ? turn.expressions().duration(approve.within(), locals).orElse(usual(turn))
        : usual(turn);
  }

  /** How long a question waits of which the runbook does not say it. */
  static Duration usual(Turn turn) {
    return turn.state().opening().policy().askFor();
  }

  private String question(String asking, Locals locals, RunPlan plan) {
    Guardrail guardrail = guardrail(asking);
    if (guardrail != null && guardrail.rule() instanceof Guardrail.Approve approve) {
      return turn.expressions().text(approve.question(), locals);
    }
    int count = plan.steps().size();
    return "Do what `"
        + plan.classId()
        + "` on "
        + turn.state().opening().targetKey()
        + " calls for, "
        + count
        + (count == 1 ? " change?" : " changes?");
  }

  private void asked(Frame.Approving frame, @Nullable Event event) {
    String asking = frame.asking() == null ? "" : frame.asking();
    if (event instanceof Event.Approved answer && answer.guardrail().equals(asking)) {
      answered(frame, answer);
    } else if (event instanceof Event.TimeReached) {
      refuse(asking, "nobody has approved in time");
    } else {
      again(frame, asking);
    }
  }

  private void again(Frame.Approving frame, String asking) {
    ask(frame, asking, frame.until() == null ? turn.now().plus(usual(turn)) : frame.until());
  }

  private void answered(Frame.Approving frame, Event.Approved answer) {
    String said = answer.reason() == null ? "" : ": " + answer.reason();
    if (!answer.approved()) {
      refuse(answer.guardrail(), "declined by " + answer.by() + said);
      return;
    }
    RunPlan plan = plan(frame);
    String hash = answer.hash();
    if (hash != null && !hash.equals(plan.hash())) {
      turn.note(
          new Note.AnswerIgnored(
              turn.now(),
              answer.guardrail(),
              answer.by(),
              "the plan that was approved, " + hash + ", is not the one that is asked about"));
      again(frame, answer.guardrail());
      return;
    }
    String id = answer.guardrail();
    turn.become(turn.state().with(id, turn.state().guardrail(id).approved(answer.by())));
    turn.note(
        new Note.GuardrailJudged(
            turn.now(),
            id,
            "approve",
            null,
            true,
            "approved by " + answer.by() + said,
            List.of(),
            null,
            null));
    become(turn.state().approvals().answered(id));
    ask(frame);
  }

  /** What the plan rests on may have changed while a human thought about it. */
  private void lookAgain(Frame.Approving frame) {
    if (frame.scope() instanceof Frame.Scope.Whole) {
      turn.pop(Outcome.WENT);
      return;
    }
    turn.replace(frame.at(Frame.Approving.Stage.REREAD));
    List<String> facts =
        turn.program()
            .graph()
            .reads(new LinkedHashSet<>(turn.program().runbook().diagnose().keySet()));
    new Learn(turn).begin(facts, true);
  }

  private void reread(Frame.Approving frame) {
    Decision before = turn.state().decision();
    if (before != null && !turn.state().deeds().changed()) {
      Decision now = new Classify(turn).decide();
      if (!now.classId().equals(before.classId())
          || now.confidence() < Classify.threshold(turn.program().runbook())) {
        refuse(
            turn.state().approvals().answered().getFirst(),
            "it was approved for `"
                + before.classId()
                + "`, and now it is "
                + (now.known() ? "`" + now.classId() + "`" : "not known"));
        return;
      }
    }
    turn.replace(Frame.Approving.of(frame.scope()));
  }

  private void refuse(String asking, String words) {
    become(turn.state().approvals().declined());
    Guardrail guardrail = guardrail(asking);
    String reason =
        guardrail == null
            ? "The plan was not approved: " + words
            : new Rulings(turn).because(guardrail, words, Locals.NONE)
                + (guardrail.because() == null ? "" : " (" + words + ")");
    turn.note(
        new Note.GuardrailJudged(
            turn.now(), asking, "approve", null, false, reason, List.of(), null, null));
    turn.pop(
        new Outcome.Refused(
            asking,
            reason,
            guardrail == null ? Guardrail.Then.ESCALATE : guardrail.then(),
            false,
            false,
            List.of()));
  }

  /** Whether a step is asked about on its own before it is begun. */
  static boolean isAsked(Turn turn, Frame.InStep frame) {
    Rulings judge = new Rulings(turn);
    return switch (frame.step()) {
      case Step.Act act ->
          Proceed.action(turn, act.use()).effect() != Effect.READ
              && judge.about(act, Proceed.action(turn, act.use()), frame.lineage()).stream()
                  .anyMatch(one -> isOfSteps(turn, one));
      default ->
          judge.all().stream()
              .filter(
                  one ->
                      one.guards().stream()
                          .anyMatch(id -> id.name().equals(frame.step().head().id().name())))
              .anyMatch(one -> isOfSteps(turn, one));
    };
  }

  private static boolean isOfSteps(Turn turn, Guardrail guardrail) {
    return guardrail.rule() instanceof Guardrail.Approve && !isAboutAll(turn, guardrail);
  }

  /** How a run ends whose plan was not approved. */
  static Ending ending(Outcome.Refused refused) {
    RunResult result =
        refused.then() == Guardrail.Then.SKIP ? RunResult.SKIPPED : RunResult.ESCALATED;
    return Ending.refused(result, refused.by(), refused.reason(), refused.undecided());
  }
}
