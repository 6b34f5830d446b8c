package io.byteport.engine.sim;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.engine.guardrail.Standing;
import io.byteport.engine.run.ActionResult;
import io.byteport.engine.run.Command;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.IntentId;
import io.byteport.engine.run.Interpreter;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Preview;
import io.byteport.engine.run.RunReport;
import io.byteport.engine.run.RunState;
import io.byteport.engine.run.Transition;
import io.byteport.engine.signal.Signal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plays one run to its end against a {@link Fixture}: actions answer from it, time jumps over
 * waits, limits and locks live in memory. The same interpreter decides as in a real run. Not safe
 * for several threads.
 */
public final class SimulatedRun {
  /** No runbook needs as many; one that does goes round in circles. */
  private static final int MOST_EVENTS = 100_000;

  /**
   * What was played.
   *
   * @param state at the end
   * @param report what humans are told
   * @param commands what was wanted, in order
   * @param journal events and notes, in order
   * @param states after each event, in order
   */
  public record Played(
      RunState state,
      RunReport report,
      List<Command> commands,
      List<JournalEntry> journal,
      List<RunState> states) {
    public Played {
      commands = List.copyOf(commands);
      journal = List.copyOf(journal);
      states = List.copyOf(states);
    }

    /** Events alone. */
    public List<Event> events() {
      return journal.stream().filter(Event.class::isInstance).map(Event.class::cast).toList();
    }
  }

  private final Interpreter interpreter;
  private final CheckedRunbook runbook;
  private final Fixture fixture;
  private final SimulatedWorld world;
  private final SimulatedLedger ledger;
  private final List<Command> commands = new ArrayList<>();
  private final List<JournalEntry> journal = new ArrayList<>();
  private final List<RunState> states = new ArrayList<>();
  private Instant now;
  private RunState state;
  private int intents;

  private SimulatedRun(
      Interpreter interpreter, CheckedRunbook runbook, Fixture fixture, Instant start) {
    this.interpreter = interpreter;
    this.runbook = runbook;
    this.fixture = fixture;
    this.world = new SimulatedWorld(fixture, start);
    this.ledger = new SimulatedLedger(runbook.runbook(), fixture);
    this.now = start;
    this.state = RunState.of(runbook);
  }

  /**
   * Plays a run.
   *
   * @throws IllegalStateException if it does not come to an end
   */
  public static Played play(
      Interpreter interpreter, CheckedRunbook runbook, Event.Opened opened, Fixture fixture) {
    return new SimulatedRun(interpreter, runbook, fixture, opened.at()).run(opened);
  }

  private Played run(Event.Opened opened) {
    Command wanted = feed(opened);
    while (!(wanted instanceof Command.Finish)) {
      if (states.size() > MOST_EVENTS) {
        throw new IllegalStateException("the run does not come to an end");
      }
      wanted = answer(wanted);
    }
    RunReport report = ((Command.Finish) wanted).report();
    return new Played(state, report, commands, journal, states);
  }

  private Command feed(Event event) {
    Transition transition = interpreter.next(state, event);
    state = transition.state();
    journal.add(event);
    journal.addAll(transition.notes());
    states.add(state);
    commands.add(transition.command());
    return transition.command();
  }

  private Command answer(Command command) {
    Signal.Status said = world.advance(now);
    if (said != null) {
      return feed(new Event.SignalChanged(now, said));
    }
    return switch (command) {
      case Command.Read read -> read(read);
      case Command.CheckGuardrails check ->
          feed(
              new Event.GuardrailsChecked(
                  now, ledger.check(check.claims(), now, check.takeLocks())));
      case Command.Change change -> change(change);
      case Command.Resolve resolve ->
          finished(
              resolve.intent().intent(),
              world.probe(resolve.intent().step(), now, resolve.lost()),
              true);
      case Command.CheckSettled check ->
          feed(
              new Event.SettleChecked(
                  now, check.intent().intent(), world.settled(check.intent().step(), now), null));
      case Command.Plan plan -> feed(new Event.Planned(now, plan.step(), preview(plan)));
      case Command.Wait wait -> waitUntil(wait.until());
      case Command.Ask ask -> ask(ask);
      case Command.HandOff handOff -> waitUntil(handOff.until());
      case Command.Finish finish -> finish;
    };
  }

  /** Reads run at the same time, so that the slowest says how long they take. */
  private Command read(Command.Read read) {
    List<Event.Observation> observations = new ArrayList<>();
    Instant start = now;
    for (Command.ReadCall call : read.calls()) {
      if (world.isLate(call.read()) && now.isBefore(start.plus(call.timeout()))) {
        now = start.plus(call.timeout());
      }
      observations.add(
          new Event.Observation(call.read(), world.read(call.read(), start, call.timeout())));
    }
    return feed(new Event.Observed(now, observations));
  }

  private String preview(Command.Plan plan) {
    return runbook
        .catalogue()
        .action(plan.action())
        .map(action -> Preview.of(action, plan.input()))
        .orElse(plan.action());
  }

  private Command change(Command.Change change) {
    IntentId intent = new IntentId("intent-" + ++intents);
    List<Standing> standings = ledger.reserve(intent, change.claims(), now);
    if (!standings.stream().allMatch(Standing::granted)) {
      return feed(new Event.ChangeRefused(now, change.step(), standings));
    }
    String command = preview(new Command.Plan(change.step(), change.action(), change.input()));
    feed(
        new Event.ChangeIntended(
            now,
            intent,
            change.step(),
            change.action(),
            change.input(),
            io.byteport.dsl.value.Value.StructValue.EMPTY,
            command,
            standings));
    Instant start = now;
    if (world.isLate(change.step())) {
      now = start.plus(change.timeout());
    }
    return finished(intent, world.change(change.step(), start, change.timeout()), false);
  }

  private Command finished(IntentId intent, ActionResult result, boolean recovered) {
    if (result instanceof ActionResult.Failed failed && failed.certainlyNothing()) {
      ledger.release(intent);
    }
    return feed(new Event.ChangeFinished(now, intent, result, recovered));
  }

  private Command waitUntil(Instant until) {
    Instant next = world.nextChange().filter(at -> at.isBefore(until)).orElse(null);
    if (next != null && next.isAfter(now)) {
      now = next;
      Signal.Status said = world.advance(now);
      if (said != null) {
        return feed(new Event.SignalChanged(now, said));
      }
      return waitUntil(until);
    }
    now = until.isAfter(now) ? until : now;
    Signal.@Nullable Status said = world.advance(now);
    if (said != null) {
      Command still = feed(new Event.SignalChanged(now, said));
      if (!(still instanceof Command.Wait wait) || wait.until().isAfter(now)) {
        return still;
      }
    }
    return feed(new Event.TimeReached(now, until));
  }

  private Command ask(Command.Ask ask) {
    Boolean answer = fixture.approvals().get(ask.guardrail());
    return answer == null
        ? waitUntil(ask.until())
        : feed(new Event.Approved(now, ask.guardrail(), answer, "on-call", ask.hash(), null));
  }
}
