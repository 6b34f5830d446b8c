package io.byteport.engine.run;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.model.Guardrail;
import io.byteport.dsl.model.OnFailure;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.Step;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.ListValue;
import io.byteport.engine.eval.Cause;
import io.byteport.engine.eval.Evaluation;
import io.byteport.engine.eval.Explanation;
import io.byteport.engine.guardrail.Ruling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Goes through one step, whatever its kind, from its condition to its end, and says what a failure
 * leads to.
 */
final class Proceed {
  static final Duration EVERY = Duration.ofSeconds(15);

  private final Turn turn;

  Proceed(Turn turn) {
    this.turn = turn;
  }

  static ActionDescription action(Turn turn, Runbook.ActionUse use) {
    return turn.program()
        .checked()
        .catalogue()
        .action(use.action().name())
        .orElseThrow(() -> new IllegalStateException("no action " + use.action()));
  }

  void go(Frame.InStep frame, @Nullable Outcome outcome) {
    switch (frame.stage()) {
      case BEGUN -> begin(frame);
      case REFRESHED -> enter(frame, false);
      case APPROVED -> approved(frame, outcome);
      case BODY -> ended(frame, outcome);
      case INSTEAD -> insteadEnded(outcome);
    }
  }

  private Frame.InStep at(Frame.InStep frame, Frame.InStep.Stage stage) {
    Frame.InStep next =
        new Frame.InStep(
            frame.step(),
            stage,
            frame.locals(),
            frame.lineage(),
            frame.inherited(),
            frame.doneBefore(),
            frame.plannedBefore());
    turn.replace(next);
    return next;
  }

  private void begin(Frame.InStep frame) {
    String id = id(frame);
    turn.step(id, StepRecord.begun(turn.now()));
    turn.become(turn.state().deeds().begun(id));
    at(frame, Frame.InStep.Stage.REFRESHED);
    new Learn(turn).begin(Learn.reread(turn, null, frame.step().head().refresh()), true);
  }

  private static String id(Frame.InStep frame) {
    return frame.step().head().id().name();
  }

  private void approved(Frame.InStep frame, @Nullable Outcome outcome) {
    if (outcome instanceof Outcome.Refused refused) {
      refused(frame, refused);
    } else {
      enter(frame, true);
    }
  }

  /**
   * @param approved whether it was asked about already, if it had to be
   */
  private void enter(Frame.InStep frame, boolean approved) {
    Evaluation when = judged(frame);
    if (when instanceof Evaluation.Undecided undecided) {
      fails(
          frame,
          "whether it is needed cannot be decided: " + undecided.reason(),
          undecided.causes());
      return;
    }
    if (!when.isTrue()) {
      end(frame, Note.StepStatus.SKIPPED, "its condition does not hold", null);
      return;
    }
    if (isGroup(frame.step()) && !admitted(frame)) {
      return;
    }
    if (!approved && turn.state().live() && !inRollback() && Approve.isAsked(turn, frame)) {
      at(frame, Frame.InStep.Stage.APPROVED);
      turn.push(Frame.Approving.of(new Frame.Scope.OfStep(frame)));
      return;
    }
    body(at(frame, Frame.InStep.Stage.BODY));
  }

  private Evaluation judged(Frame.InStep frame) {
    Expr when = frame.step().head().when();
    if (when == null) {
      return Evaluation.of(true);
    }
    Explanation how = turn.expressions().explain(when, frame.locals());
    Term term = turn.expressions().term(how);
    turn.step(id(frame), turn.step(id(frame)).judged(term));
    return how.evaluation();
  }

  private static boolean isGroup(Step step) {
    return step instanceof Step.Group
        || step instanceof Step.CallBlock
        || step instanceof Step.Match;
  }

  /** What guardrails on a group say when it is entered. */
  private boolean admitted(Frame.InStep frame) {
    Rulings judge = new Rulings(turn);
    List<Ruling> rulings =
        judge.ofEntry(id(frame)).stream()
            .filter(ruling -> ruling.undecided().stream().noneMatch(judge::isToCome))
            .toList();
    rulings.forEach(ruling -> judge.note(ruling, id(frame)));
    Optional<Ruling> refusal = judge.speaking(rulings);
    if (refusal.isPresent()) {
      refused(frame, refusal.get());
      return false;
    }
    return true;
  }

  boolean inRollback() {
    return turn.state().phase() == Note.Phase.ROLL_BACK;
  }

  private void refused(Frame.InStep frame, Ruling ruling) {
    refused(
        frame,
        new Outcome.Refused(
            ruling.id(),
            ruling.reason(),
            ruling.guardrail().then(),
            false,
            false,
            ruling.undecided()));
  }

  private void refused(Frame.InStep frame, Outcome.Refused refused) {
    if (refused.then() == Guardrail.Then.SKIP) {
      end(frame, Note.StepStatus.SKIPPED, refused.reason(), null);
    } else {
      end(
          frame,
          Note.StepStatus.REFUSED,
          refused.reason(),
          new Outcome.Ended(
              Ending.refused(
                  RunResult.ESCALATED, refused.by(), refused.reason(), refused.undecided())));
    }
  }

  private void body(Frame.InStep frame) {
    Locals locals = frame.locals();
    switch (frame.step()) {
      case Step.Act act -> new Act(turn).begin(act, locals, frame.lineage());
      case Step.Group group -> inside(frame, group.steps(), locals);
      case Step.CallBlock call -> call(frame, call);
      case Step.Match match -> match(frame, match);
      case Step.Wait wait -> new Pause(turn).begin(wait, locals);
      case Step.Propose propose -> new Propose(turn).begin(propose, locals);
      case Step.Record record -> record(frame, record);
      case Step.HandOff handOff -> new Await(turn).begin(handOff, locals);
      case Step.Escalate escalate -> {
        String reason = turn.expressions().text(escalate.reason(), locals);
        end(frame, Note.StepStatus.DONE, null, new Outcome.Ended(Ending.bad(reason, List.of())));
      }
    }
  }

  private void inside(Frame.InStep frame, List<Step> steps, Locals locals) {
    OnFailure own = frame.step().head().onFailure();
    turn.push(
        new Frame.Sequence(
            Frame.Owner.STEP,
            steps,
            0,
            locals,
            Prospect.within(frame.lineage(), frame.step()),
            own instanceof OnFailure.Instead ? null : own,
            false));
  }

  private void call(Frame.InStep frame, Step.CallBlock call) {
    Runbook.Block block = turn.program().runbook().blocks().get(call.block().name());
    if (block == null) {
      throw new IllegalStateException("no block " + call.block());
    }
    switch (BlockArguments.of(block, call, turn.expressions(), frame.locals())) {
      case Evaluation.Known args ->
          inside(frame, block.steps(), Locals.NONE.with(Locals.ARGS, args.value()));
      case Evaluation.Undecided undecided -> fails(frame, undecided.reason(), undecided.causes());
    }
  }

  private void match(Frame.InStep frame, Step.Match match) {
    switch (turn.expressions().of(match.subject(), frame.locals())) {
      case Evaluation.Known known -> {
        List<Step> chosen = chosen(match, known.value());
        if (chosen.isEmpty() && match.otherwise() == null && !hasCase(match, known.value())) {
          fails(
              frame, "no case fits " + turn.expressions().print(match.subject(), known), List.of());
        } else {
          inside(frame, chosen, frame.locals());
        }
      }
      case Evaluation.Undecided undecided -> fails(frame, undecided.reason(), undecided.causes());
    }
  }

  private static boolean hasCase(Step.Match match, Value subject) {
    return match.cases().containsKey(String.valueOf(Prospect.word(subject)));
  }

  /** The steps of the case that fits; empty where none does. */
  static List<Step> chosen(Step.Match match, Value subject) {
    Step.Case fits = match.cases().get(String.valueOf(Prospect.word(subject)));
    if (fits != null) {
      return fits.steps();
    }
    return match.otherwise() == null ? List.of() : match.otherwise();
  }

  private void record(Frame.InStep frame, Step.Record record) {
    Map<String, Value> fields = new LinkedHashMap<>();
    List<Cause> undecided = new ArrayList<>();
    record
        .fields()
        .forEach(
            (key, entry) -> {
              switch (turn.expressions().value(entry.value(), frame.locals())) {
                case Evaluation.Known known -> fields.put(key, known.value());
                case Evaluation.Undecided not -> undecided.addAll(not.causes());
              }
            });
    if (!undecided.isEmpty() && turn.state().live()) {
      fails(frame, Expressions.reason(undecided), undecided);
      return;
    }
    turn.step(id(frame), turn.step(id(frame)).returned(Value.of(fields), false));
    end(frame, Note.StepStatus.DONE, null, null);
  }

  private void ended(Frame.InStep frame, @Nullable Outcome outcome) {
    switch (outcome) {
      case Outcome.Failed failed -> fails(frame, failed.reason(), failed.undecided());
      case Outcome.Ended ended -> {
        Note.StepStatus status = turn.step(id(frame)).status();
        end(
            frame,
            status == Note.StepStatus.PENDING ? statusOf(ended.ending()) : status,
            ended.ending().reason(),
            ended);
      }
      case null, default -> {
        StepRecord record = turn.step(id(frame));
        end(
            frame,
            record.status() == Note.StepStatus.PENDING ? wentWell(frame) : record.status(),
            record.reason(),
            null);
      }
    }
  }

  private static Note.StepStatus statusOf(Ending ending) {
    return ending.stoppedBy() != null ? Note.StepStatus.REFUSED : Note.StepStatus.FAILED;
  }

  private Note.StepStatus wentWell(Frame.InStep frame) {
    return !turn.state().live() && turn.state().planned().size() > frame.plannedBefore()
        ? Note.StepStatus.PLANNED
        : Note.StepStatus.DONE;
  }

  private void fails(Frame.InStep frame, String reason, List<Cause> causes) {
    String id = id(frame);
    turn.step(id, turn.step(id).failed(reason, turn.now()));
    told(frame);
    OnFailure onFailure = frame.step().head().onFailure();
    if (onFailure == null) {
      onFailure = frame.inherited() == null ? OnFailure.STOP : frame.inherited();
    }
    switch (onFailure) {
      case OnFailure.Continue next -> turn.pop(Outcome.WENT);
      case OnFailure.Stop stop -> turn.pop(new Outcome.Failed(sentence(frame, reason), causes));
      case OnFailure.Instead instead -> {
        at(frame, Frame.InStep.Stage.INSTEAD);
        turn.push(
            new Frame.Sequence(
                Frame.Owner.STEP,
                instead.steps(),
                0,
                frame.locals(),
                frame.lineage(),
                null,
                false));
      }
    }
  }

  /** The innermost step is named, once. */
  private static String sentence(Frame.InStep frame, String reason) {
    return isGroup(frame.step()) && reason.startsWith("`")
        ? reason
        : "`" + id(frame) + "` failed: " + reason;
  }

  private void insteadEnded(@Nullable Outcome outcome) {
    turn.pop(
        outcome instanceof Outcome.Failed || outcome instanceof Outcome.Ended
            ? outcome
            : Outcome.WENT);
  }

  private void end(
      Frame.InStep frame, Note.StepStatus status, @Nullable String reason, @Nullable Outcome left) {
    String id = id(frame);
    StepRecord record = turn.step(id).ended(status, reason, turn.now());
    if (isGroup(frame.step())) {
      record = summed(frame, record);
    }
    turn.step(id, record);
    told(frame);
    turn.pop(left == null ? Outcome.WENT : left);
  }

  /** A group has changed what its steps have, and its command is their last. */
  private StepRecord summed(Frame.InStep frame, StepRecord record) {
    List<Deed> deeds =
        turn.state().live()
            ? turn.state().did().subList(frame.doneBefore(), turn.state().did().size())
            : turn.state().planned().subList(frame.plannedBefore(), turn.state().planned().size());
    String command = record.command();
    boolean changed = false;
    for (Deed deed : deeds) {
      command = deed.command() == null ? command : deed.command();
      changed |= turn.step(deed.step()).changed();
    }
    return record.returned(record.result(), changed).commanded(command);
  }

  private void told(Frame.InStep frame) {
    String id = id(frame);
    StepRecord record = turn.step(id);
    String text =
        switch (record.status()) {
          case DONE, UNKNOWN ->
              name(
                  turn,
                  frame.step().head(),
                  frame.locals().with(Locals.RESULT, result(frame, record)));
          default -> record.reason() == null ? id : id + ": " + record.reason();
        };
    turn.note(
        new Note.StepEnded(
            turn.now(), id, record.status(), text, record.command(), record.condition()));
  }

  private static Value result(Frame.InStep frame, StepRecord record) {
    boolean list = frame.step() instanceof Step.Act act && act.forEach() != null;
    return record.result().isNull() && list ? RunEnvironment.NOTHING_DONE : record.result();
  }

  /** A step in the timeline's words; its id where it has none. */
  static String name(Turn turn, Step.Head head, Locals locals) {
    return head.name() == null ? head.id().name() : turn.expressions().text(head.name(), locals);
  }

  static List<Value> items(@Nullable Value value) {
    return value instanceof ListValue list ? list.items() : List.of();
  }
}
