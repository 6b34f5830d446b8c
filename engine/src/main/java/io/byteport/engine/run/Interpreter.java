package io.byteport.engine.run;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.signal.Signal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a runbook means: given what is known of a run and what happens to it, what is wanted next.
 * Pure: it knows no clock but the events', does no I/O and draws no lots, so that folding the same
 * events always leads to the same state. Safe for use by several threads.
 *
 * <p>The driver carries out the {@linkplain Transition#command() command} of each transition and
 * feeds the event that answers it, one at a time. A signal that changes may be fed before a command
 * is begun or while it waits; the transition then repeats the pending command, or, where nothing
 * was done yet and the alert is over, ends the run.
 */
public final class Interpreter {
  /** Runbooks whose dependencies are remembered; a recovered run has one of its own. */
  private static final int KEPT = 128;

  private final Evaluator evaluator;
  private final Links links;
  private final Map<CheckedRunbook, Program> programs =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<CheckedRunbook, Program> eldest) {
              return size() > KEPT;
            }
          });

  public Interpreter(Evaluator evaluator, Links links) {
    this.evaluator = evaluator;
    this.links = links;
  }

  /** One step: the state after the event, what was concluded, and what is wanted next. */
  public Transition next(RunState state, Event event) {
    Program program = program(state.runbook());
    if (event instanceof Event.Opened opened) {
      if (state.opened() != null) {
        throw new IllegalArgumentException("the run is open already");
      }
      return run(new Turn(program, state.openedBy(opened)), event);
    }
    if (state.opened() == null) {
      throw new IllegalArgumentException("the run is not open yet");
    }
    if (state.progress().pending() instanceof Command.Finish finish) {
      return new Transition(state, List.of(), finish);
    }
    Turn turn = new Turn(program, state.at(later(state, event)));
    if (event instanceof Event.SignalChanged changed) {
      return signal(turn, changed);
    }
    if (event instanceof Event.ChangeIntended intended) {
      return intended(turn, intended);
    }
    return run(turn, event);
  }

  /** All events of a journal, in order; notes are passed over. */
  public RunState fold(CheckedRunbook runbook, Iterable<? extends JournalEntry> entries) {
    RunState state = RunState.of(runbook);
    for (JournalEntry entry : entries) {
      if (entry instanceof Event event) {
        state = next(state, event).state();
      }
    }
    return state;
  }

  /**
   * What a driver that has just read this state from a journal is to do. That is what was pending,
   * except where a change had been intended and nobody knows whether it was made: then the world is
   * asked first.
   *
   * @throws IllegalStateException if the run was never opened
   */
  public Command resume(RunState state) {
    Event.ChangeIntended inFlight = state.progress().inFlight();
    Command pending = state.progress().pending();
    if (pending == null) {
      throw new IllegalStateException("the run is not open");
    }
    return inFlight != null && pending instanceof Command.Change
        ? new Command.Resolve(inFlight, Change.RESOLVE_TIMEOUT)
        : pending;
  }

  /** Evaluates what people ask about a run: a test's assertions, a console's fields. */
  public Expressions expressions(RunState state) {
    return new Moment(program(state.runbook()), state).expressions(false);
  }

  /** What would follow the steps of a run that was opened, as far as that can be said. */
  public Outlook outlook(RunState state) {
    return new Foresee(new Turn(program(state.runbook()), state)).outlook();
  }

  private Program program(CheckedRunbook runbook) {
    return programs.computeIfAbsent(runbook, checked -> new Program(checked, evaluator, links));
  }

  /** A clock that was set back does not take a run back. */
  private static java.time.Instant later(RunState state, Event event) {
    return event.at().isAfter(state.at()) ? event.at() : state.at();
  }

  private Transition signal(Turn turn, Event.SignalChanged changed) {
    boolean cleared = changed.status() == Signal.Status.RESOLVED;
    turn.become(turn.state().with(new RunState.Alert(cleared, cleared)));
    if (new Life(turn).isMoot()) {
      return run(turn, null);
    }
    return repeated(turn);
  }

  /** The change is about to be made: its budget is counted, and the same change stays wanted. */
  private static Transition intended(Turn turn, Event.ChangeIntended intended) {
    new Change(turn).intended(intended);
    return repeated(turn);
  }

  /** What was wanted before is wanted still. */
  private static Transition repeated(Turn turn) {
    Command pending = turn.state().progress().pending();
    if (pending == null) {
      throw new IllegalStateException("nothing is pending");
    }
    return new Transition(turn.state(), turn.notes(), pending);
  }

  private static Transition run(Turn turn, @Nullable Event event) {
    Event answer = event;
    Life life = new Life(turn);
    while (turn.wanted() == null) {
      Outcome outcome = turn.returned();
      if (life.isMoot()) {
        life.endMoot();
      } else {
        step(turn, life, answer, outcome);
      }
      answer = null;
    }
    turn.become(turn.state().progress().wants(turn.wanted()));
    return repeated(turn);
  }

  private static void step(Turn turn, Life life, @Nullable Event event, @Nullable Outcome outcome) {
    switch (turn.state().progress().top()) {
      case Frame.Life frame -> life.go(frame, outcome);
      case Frame.Learning frame -> new Learn(turn).go(frame, event);
      case Frame.Clearing frame -> new Clear(turn).go(frame, event);
      case Frame.Approving frame -> new Approve(turn).go(frame, event);
      case Frame.Rehearsing frame -> new Rehearsal(turn).end(frame, outcome);
      case Frame.Sequence frame -> new Advance(turn).go(frame, outcome);
      case Frame.InStep frame -> new Proceed(turn).go(frame, outcome);
      case Frame.Acting frame -> new Act(turn).go(frame, outcome);
      case Frame.Looking frame -> new Look(turn).go(frame, event);
      case Frame.Changing frame -> new Change(turn).go(frame, event, outcome);
      case Frame.Pausing frame -> new Pause(turn).go(frame, event);
      case Frame.Proposing frame -> new Propose(turn).go(frame, event);
      case Frame.Awaiting frame -> new Await(turn).go(frame, event);
      case Frame.Verifying frame -> new Verify(turn).go(frame, event);
      case Frame.Describing frame -> new Describe(turn).go(frame, event);
    }
  }
}
