package io.byteport.engine.run;

import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionRegistry;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.RecordCodec;
import io.byteport.engine.spi.RecordMismatchException;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Calls actions by name: values go in, results and failures come out, redacted. Safe for several
 * threads.
 */
final class ActionCalls {
  /** For what an action answers without asking anybody. */
  private static final Duration NO_IO = Duration.ofSeconds(5);

  private final ActionRegistry registry;
  private final RecordCodec codec = new RecordCodec();
  private final Redactor redactor;
  private final TimedCalls calls;
  private final CallGate gate;

  ActionCalls(ActionRegistry registry, InstantSource clock, Redactor redactor, CallGate gate) {
    this.registry = registry;
    this.gate = gate;
    this.redactor = redactor;
    this.calls = new TimedCalls(clock, redactor);
  }

  private record Reading(Action.Read<Record, Record> action, Record input) {}

  private record Changing(Action.Change<Record, Record> action, Record input) {}

  ActionResult read(RunId run, Command.ReadCall call, Narration narration)
      throws InterruptedException {
    try (CallGate.Place place = gate.enter(call.action(), call.input())) {
      return ended(place, () -> answer(run, call, narration));
    }
  }

  /** A place for a change that is to be made; waits until there is one. */
  CallGate.Place enter(String action, StructValue input) throws InterruptedException {
    return gate.enter(action, input);
  }

  private ActionResult answer(RunId run, Command.ReadCall call, Narration narration)
      throws InterruptedException {
    try {
      Reading reading = reading(call.action(), call.input());
      return calls.call(
          call.timeout(),
          run.value(),
          narration.of(call.read()),
          context -> {
            Record output = reading.action().read(reading.input(), context);
            return new ActionResult.Done(
                output == null ? Value.NULL : redactor.redact(codec.write(output)), false);
          });
    } catch (CallFailure e) {
      return e.failure();
    }
  }

  /**
   * @param memo what the action noted for a later probe
   * @param command what a person would type
   */
  record Prepared(StructValue memo, String command) {}

  /**
   * @throws CallFailure if the change would be refused, or cannot be prepared; nothing has happened
   */
  Prepared prepare(Command.Change change, IntentId intent, Narration narration)
      throws CallFailure, InterruptedException {
    try {
      Changing changing = changing(change.action(), change.input());
      return calls.call(
          change.timeout(),
          intent.value(),
          narration.of(change.step()),
          context ->
              new Prepared(
                  changing.action().prepare(changing.input(), context),
                  redactor.redact(ShellWords.line(changing.action().command(changing.input())))));
    } catch (CallFailure e) {
      ActionResult.Failed failure = e.failure();
      throw new CallFailure(new ActionResult.Failed(failure.kind(), failure.reason(), true, null));
    }
  }

  /**
   * Makes the change, once.
   *
   * @param place which it has taken, and which stays taken
   */
  ActionResult change(
      Event.ChangeIntended intent, Duration timeout, Narration narration, CallGate.Place place)
      throws InterruptedException {
    return ended(place, () -> outcome(intent, timeout, narration));
  }

  @FunctionalInterface
  private interface Calling {
    ActionResult call() throws InterruptedException;
  }

  private static ActionResult ended(CallGate.Place place, Calling calling)
      throws InterruptedException {
    CallGate.Call call = place.begin();
    @Nullable FailureKind failure = FailureKind.CANCELLED;
    try {
      ActionResult result = calling.call();
      failure = result instanceof ActionResult.Failed failed ? failed.kind() : null;
      return result;
    } finally {
      call.ended(failure);
    }
  }

  private ActionResult outcome(Event.ChangeIntended intent, Duration timeout, Narration narration)
      throws InterruptedException {
    try {
      Changing changing = changing(intent.action(), intent.input());
      return calls.change(
          timeout,
          intent.intent(),
          narration.of(intent.step()),
          context -> {
            Action.Changed<Record> changed =
                changing.action().change(changing.input(), intent.memo(), context);
            return new ActionResult.Done(
                redactor.redact(codec.write(changed.output())), changed.changed());
          });
    } catch (CallFailure e) {
      return e.failure();
    }
  }

  /**
   * Asks the world whether an intent took effect. As long as a call that was given up may still
   * make the change, nobody can say that it was not made.
   */
  Action.Probe probe(Event.ChangeIntended intent, Duration timeout, Narration narration)
      throws CallFailure, InterruptedException {
    Changing changing = changing(intent.action(), intent.input());
    boolean mayStillHappen = calls.mayStillChange(intent.intent());
    Action.Probe probe =
        calls.call(
            timeout,
            intent.intent().value(),
            narration.of(intent.step()),
            context -> changing.action().probe(changing.input(), intent.memo(), context));
    return mayStillHappen && probe == Action.Probe.NOT_DONE ? Action.Probe.UNKNOWN : probe;
  }

  /** Whether a second execution of the intent does no harm. */
  boolean repeatable(Event.ChangeIntended intent) {
    return registry.action(intent.action()).orElse(null) instanceof Action.Change<?, ?> change
        && change.repeatable()
        && !calls.mayStillChange(intent.intent());
  }

  /** Whether the effect of a change is complete. */
  boolean settled(Event.ChangeIntended intent, Duration timeout, Narration narration)
      throws CallFailure, InterruptedException {
    Changing changing = changing(intent.action(), intent.input());
    return calls.call(
        timeout,
        intent.intent().value(),
        narration.of(intent.step()),
        context -> changing.action().settled(changing.input(), intent.memo(), context));
  }

  /** How long the effect of a change may take to be complete. */
  Duration settlesWithin(Event.ChangeIntended intent) throws CallFailure, InterruptedException {
    Changing changing = changing(intent.action(), intent.input());
    return calls.call(
        NO_IO,
        intent.intent().value(),
        context -> changing.action().settlesWithin(changing.input()));
  }

  /** What a person would type to do the same; says why where there is no such command. */
  String command(RunId run, String name, StructValue input) throws InterruptedException {
    try {
      Action<Record, Record> action = find(name);
      Record bound = input(action, input);
      return redactor.redact(
          ShellWords.line(calls.call(NO_IO, run.value(), context -> action.command(bound))));
    } catch (CallFailure e) {
      return name + " (" + e.failure().reason() + ")";
    }
  }

  private Reading reading(String name, StructValue input) throws CallFailure {
    if (find(name) instanceof Action.Read<Record, Record> read) {
      return new Reading(read, input(read, input));
    }
    throw refused(FailureKind.INTERNAL, "`" + name + "` does not read");
  }

  private Changing changing(String name, StructValue input) throws CallFailure {
    if (find(name) instanceof Action.Change<Record, Record> change) {
      return new Changing(change, input(change, input));
    }
    throw refused(FailureKind.INTERNAL, "`" + name + "` does not change anything");
  }

  @SuppressWarnings("unchecked") // inputs are made of the action's own input type
  private Action<Record, Record> find(String name) throws CallFailure {
    return (Action<Record, Record>)
        registry
            .action(name)
            .orElseThrow(
                () -> refused(FailureKind.INTERNAL, "no adapter has the action `" + name + "`"));
  }

  private Record input(Action<Record, Record> action, StructValue input) throws CallFailure {
    if (holdsNul(input)) {
      throw refused(
          FailureKind.INVALID,
          "`" + action.name() + "` was given a text with a NUL character in it");
    }
    try {
      return codec.read(input, action.inputType());
    } catch (RecordMismatchException e) {
      throw refused(FailureKind.INVALID, redactor.redact(String.valueOf(e.getMessage())));
    }
  }

  /** Programs and databases end a text there, and what was looked at is not what they get. */
  private static boolean holdsNul(Value value) {
    return switch (value) {
      case Value.TextValue text -> text.value().indexOf('\0') >= 0;
      case Value.ListValue list -> list.items().stream().anyMatch(ActionCalls::holdsNul);
      case StructValue struct -> struct.fields().values().stream().anyMatch(ActionCalls::holdsNul);
      default -> false;
    };
  }

  private static CallFailure refused(FailureKind kind, String reason) {
    return new CallFailure(new ActionResult.Failed(kind, reason, true, null));
  }
}
