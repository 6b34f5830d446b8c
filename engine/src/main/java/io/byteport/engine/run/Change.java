package io.byteport.engine.run;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.model.Guardrail;
import io.byteport.dsl.model.Step;
import io.byteport.dsl.value.Value;
import io.byteport.engine.guardrail.Claim;
import io.byteport.engine.guardrail.Ruling;
import io.byteport.engine.guardrail.Standing;
import io.byteport.engine.guardrail.Storm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes one change, or in a dry run plans it: guardrails, approval, reservation, intent, execution,
 * until its effect is complete. A change is never made twice: what failed has failed, and where
 * nobody knows, the world is asked once.
 */
final class Change {
  static final Duration RESOLVE_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final Turn turn;

  Change(Turn turn) {
    this.turn = turn;
  }

  void begin(Step.Act step, String key, Locals locals, List<String> lineage) {
    turn.push(
        new Frame.Changing(
            step,
            key,
            locals,
            lineage,
            Frame.Changing.Stage.JUDGING,
            Value.StructValue.EMPTY,
            List.of(),
            null,
            null,
            Value.NULL,
            false,
            0));
  }

  void go(Frame.Changing frame, @Nullable Event event, @Nullable Outcome outcome) {
    if (outcome instanceof Outcome.Refused refused) {
      turn.pop(refused);
      return;
    }
    switch (frame.stage()) {
      case JUDGING, LOCK_AWAITED -> judge(frame);
      case LEDGER_ASKED -> {
        if (event instanceof Event.GuardrailsChecked checked) {
          new Rehearse(turn).checked(frame, checked.standings());
        }
      }
      case PLANNING -> {
        String command = event instanceof Event.Planned planned ? planned.command() : frame.key();
        new Rehearsal(turn).commanded(command);
        turn.pop(new Outcome.Planned(command));
      }
      case WANTED, RESOLVING -> outcome(frame, event);
      case SETTLING -> new Settle(turn).go(frame, event);
      case SETTLE_WAITING -> new Settle(turn).check(frame);
    }
  }

  private ActionDescription action(Frame.Changing frame) {
    return Proceed.action(turn, frame.step().use());
  }

  private boolean inRollback() {
    return turn.state().phase() == Note.Phase.ROLL_BACK;
  }

  private void judge(Frame.Changing frame) {
    ActionDescription action = action(frame);
    Inputs inputs =
        Inputs.of(
            turn.program().runbook(),
            frame.step().use(),
            action,
            turn.expressions(),
            frame.locals());
    if (!inputs.refused().isEmpty() || (!inputs.complete() && turn.state().live())) {
      turn.pop(new Outcome.Failed(inputs.why(), inputs.undecided()));
      return;
    }
    Locals locals = frame.locals().with(Locals.WITH, inputs.input());
    Rulings judge = new Rulings(turn);
    List<Ruling> rulings =
        judge.of(frame.step(), action, frame.lineage(), locals).stream()
            .filter(
                ruling -> turn.state().live() || inputs.complete() || ruling.undecided().isEmpty())
            .toList();
    rulings.forEach(ruling -> judge.note(ruling, frame.key()));
    Optional<Ruling> refusal = judge.speaking(rulings);
    if (refusal.isPresent()) {
      turn.pop(refused(refusal.get()));
      return;
    }
    List<Guardrail> about = judge.about(frame.step(), action, frame.lineage());
    Map<String, Locals> needs =
        inRollback()
            ? Map.of()
            : Approve.needs(turn, about, locals, Rehearsal.step(turn, frame, inputs));
    if (turn.state().live() && !needs.isEmpty()) {
      turn.push(Frame.Approving.of(new Frame.Scope.OfChange(frame)));
      return;
    }
    Claims claims = new Claims(turn, false);
    Claims.Wanted wanted = claims.of(about, locals);
    if (!inRollback() && !wanted.refusals().isEmpty() && inputs.complete()) {
      Ruling ruling = judge.speaking(wanted.refusals()).orElse(wanted.refusals().get(0));
      judge.note(ruling, frame.key());
      turn.pop(refused(ruling));
      return;
    }
    if (turn.state().live()) {
      List<Claim> own = inRollback() ? Claims.counted(wanted.claims()) : wanted.claims();
      List<Claim> all = new ArrayList<>(claims.withTallies(own, action, inputs.input()));
      all.addAll(places());
      all.addAll(limits(action.name()));
      turn.replace(frame.at(Frame.Changing.Stage.WANTED).given(inputs.input(), wanted.claims()));
      turn.want(
          new Command.Change(
              frame.key(),
              action.name(),
              inputs.input(),
              turn.expressions().duration(frame.step().use().timeout(), locals).orElse(TIMEOUT),
              all));
    } else {
      new Rehearsal(turn).add(frame, inputs, needs);
      List<Claim> looked = new ArrayList<>(wanted.claims());
      looked.addAll(limits(action.name()));
      new Rehearse(turn).plan(frame, inputs, looked);
    }
  }

  /** Places among all the runs that change something near the target; none stops halfway. */
  private List<Claim.Storm> places() {
    List<Claim.Storm> places =
        Scopes.of(
            turn.state().opening().policy().storm(),
            turn.program().runbook().target().type().name(),
            turn.state().opening().target());
    return inRollback() || turn.state().deeds().changed()
        ? places.stream().map(Claim.Storm::granted).toList()
        : places;
  }

  /** Of what the agent allows all runs together; taking back is not refused, and counts. */
  private List<Claim> limits(String action) {
    List<Claim> limits = List.copyOf(new Allowance(turn).claims(action));
    return inRollback() ? Claims.counted(limits) : limits;
  }

  static Outcome refused(Ruling ruling) {
    boolean budget = ruling.guardrail().rule() instanceof Guardrail.Limit;
    return new Outcome.Refused(
        ruling.id(),
        ruling.reason(),
        ruling.guardrail().then(),
        budget,
        ruling.protectsItem(),
        ruling.undecided());
  }

  /** What the ledger has refused, as the first of the file says it. */
  Optional<Ruling> speaking(Frame.Changing frame, List<Standing> standings) {
    Rulings judge = new Rulings(turn);
    List<Ruling> rulings = new ArrayList<>();
    for (Standing standing : standings) {
      Guardrail guardrail = turn.program().runbook().guardrails().get(standing.claim().guardrail());
      if (guardrail != null) {
        String id = guardrail.id().name();
        turn.become(turn.state().with(id, turn.state().guardrail(id).seen(standing)));
        rulings.add(judge.of(guardrail, standing, frame.locals().with(Locals.WITH, frame.input())));
      }
    }
    rulings.forEach(ruling -> judge.note(ruling, frame.key()));
    return judge.speaking(rulings);
  }

  /** The intent is recorded and its budget counted. */
  void intended(Event.ChangeIntended intended) {
    if (turn.state().deeds().intents() == 0) {
      new Notices(turn).announce("acting");
    }
    turn.become(turn.state().progress().intends(intended));
    turn.become(turn.state().deeds().intended());
    for (Standing standing : intended.standings()) {
      String id = standing.claim().guardrail();
      if (turn.program().runbook().guardrails().containsKey(id)) {
        GuardrailRecord record = turn.state().guardrail(id);
        boolean limit = standing.claim() instanceof Claim.Limit;
        turn.become(
            turn.state()
                .with(id, limit ? record.reserved(standing, turn.now()) : record.seen(standing)));
      }
    }
  }

  private void outcome(Frame.Changing frame, @Nullable Event event) {
    switch (event) {
      case Event.ChangeNotPrepared not -> turn.pop(new Outcome.Failed(not.failure().reason()));
      case Event.ChangeRefused refused -> ledgerRefused(frame, refused.standings());
      case Event.ChangeFinished finished -> finished(frame, finished);
      case null, default ->
          throw new IllegalArgumentException("not an answer to a change: " + event);
    }
  }

  private void ledgerRefused(Frame.Changing frame, List<Standing> standings) {
    Instant since = frame.lockedSince() == null ? turn.now() : frame.lockedSince();
    Optional<Claim.Lock> busy =
        standings.stream()
            .filter(standing -> !standing.granted())
            .map(Standing::claim)
            .filter(Claim.Lock.class::isInstance)
            .map(Claim.Lock.class::cast)
            .findFirst();
    boolean onlyLocks =
        standings.stream()
            .allMatch(standing -> standing.granted() || standing.claim() instanceof Claim.Lock);
    if (busy.isPresent() && onlyLocks && turn.now().isBefore(since.plus(busy.get().waitFor()))) {
      Instant until = since.plus(busy.get().waitFor());
      turn.replace(frame.at(Frame.Changing.Stage.LOCK_AWAITED).lockedSince(since));
      turn.want(new Command.Wait(Clear.earlier(turn.now().plus(Clear.LOCK_POLL), until)));
      return;
    }
    turn.pop(
        speaking(frame, standings)
            .map(Change::refused)
            .or(() -> heldBack(frame, standings))
            .or(() -> usedUp(frame, standings))
            .orElseGet(() -> new Outcome.Failed("a guardrail refused at the last moment")));
  }

  /** Too many runs are changing things: this one stops here, and people are told of all at once. */
  private Optional<Outcome> heldBack(Frame.Changing frame, List<Standing> standings) {
    for (Standing standing : standings) {
      if (!standing.granted() && standing.claim() instanceof Claim.Storm storm) {
        String reason = Storm.reason(storm, standing);
        turn.note(
            new Note.GuardrailJudged(
                turn.now(),
                Storm.NAME,
                Storm.NAME,
                frame.key(),
                false,
                reason,
                List.of(),
                null,
                standing));
        return Optional.of(
            new Outcome.Ended(Ending.refused(RunResult.ESCALATED, storm.key(), reason, List.of())));
      }
    }
    return Optional.empty();
  }

  /** The agent has made as many changes as it may. */
  private Optional<Outcome> usedUp(Frame.Changing frame, List<Standing> standings) {
    return new Allowance(turn)
        .judge(standings.stream().filter(one -> !one.granted()).toList(), frame.key())
        .map(Outcome.Ended::new);
  }

  private void finished(Frame.Changing frame, Event.ChangeFinished finished) {
    Event.ChangeIntended intent = turn.state().progress().inFlight();
    switch (finished.result()) {
      case ActionResult.Done done -> {
        command(frame, intent);
        new Settle(turn).begin(frame, done, intent);
      }
      case ActionResult.Failed failed when failed.certainlyNothing() -> {
        command(frame, intent);
        turn.become(turn.state().progress().intends(null));
        turn.pop(new Outcome.Failed(failed.reason()));
      }
      case ActionResult.Failed failed
          when !finished.recovered()
              && frame.stage() != Frame.Changing.Stage.RESOLVING
              && intent != null -> {
        turn.replace(frame.at(Frame.Changing.Stage.RESOLVING));
        turn.want(new Command.Resolve(intent, RESOLVE_TIMEOUT, failed));
      }
      case ActionResult.Failed failed -> unknown(frame, failed, intent);
    }
  }

  private void command(Frame.Changing frame, Event.@Nullable ChangeIntended intent) {
    if (intent != null && frame.step().forEach() == null) {
      String id = frame.step().head().id().name();
      turn.step(id, turn.step(id).commanded(intent.command()));
    }
  }

  /** Nobody knows whether it happened: everything stops, and a human is told both ways. */
  private void unknown(
      Frame.Changing frame, ActionResult.Failed failed, Event.@Nullable ChangeIntended intent) {
    String id = frame.step().head().id().name();
    String command = intent == null ? frame.key() : intent.command();
    command(frame, intent);
    String reason =
        "Whether `"
            + id
            + "` took effect is not known ("
            + failed.reason()
            + "). If it did, what follows is to verify it and to finish the rest by hand; if it did"
            + " not, nothing of it has happened and `"
            + command
            + "` is still to be run. Nothing was repeated and nothing was taken back";
    turn.step(id, turn.step(id).ended(Note.StepStatus.UNKNOWN, failed.reason(), turn.now()));
    turn.become(turn.state().progress().intends(null));
    turn.pop(new Outcome.Ended(Ending.of(RunResult.ESCALATED, reason)));
  }
}
