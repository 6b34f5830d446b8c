package io.byteport.engine.run;

import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.guardrail.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the interpreter wants done next. The driver does it and answers with one event. */
public sealed interface Command {

  /** Independent reads, which may run at the same time. Answered by {@link Event.Observed}. */
  record Read(List<ReadCall> calls) implements Command {
    public Read {
      calls = List.copyOf(calls);
    }
  }

  /**
   * @param read names the answer: a fact, a fact's item, or a step
   */
  record ReadCall(String read, String action, StructValue input, Duration timeout) {}

  /**
   * A look at limits, and the taking of locks where {@code takeLocks}. Answered by {@link
   * Event.GuardrailsChecked}.
   */
  record CheckGuardrails(List<Claim> claims, boolean takeLocks) implements Command {
    public CheckGuardrails {
      claims = List.copyOf(claims);
    }
  }

  /**
   * A change. Answered by {@link Event.ChangeNotPrepared}, {@link Event.ChangeRefused}, or {@link
   * Event.ChangeIntended} and, when it is made, {@link Event.ChangeFinished}. After the intent the
   * interpreter wants the same change again, which the driver is about to make; a driver that finds
   * an intent without an outcome after a crash asks {@link Interpreter#resume} instead.
   *
   * @param claims what must be had for it, all or none; among them tallies of which a unit is only
   *     counted, see {@link Claim.Limit}
   */
  record Change(String step, String action, StructValue input, Duration timeout, List<Claim> claims)
      implements Command {
    public Change {
      claims = List.copyOf(claims);
    }
  }

  /**
   * An intent whose outcome is not known: before anything else the world is asked. Answered by
   * {@link Event.ChangeFinished}.
   *
   * @param lost what came instead of an outcome; null after a crash
   */
  record Resolve(Event.ChangeIntended intent, Duration timeout, ActionResult.@Nullable Failed lost)
      implements Command {
    /** After a crash, where nobody knows anything. */
    public Resolve(Event.ChangeIntended intent, Duration timeout) {
      this(intent, timeout, null);
    }
  }

  /**
   * What a person would type to do the same, and nothing else: the action's {@code command},
   * without any I/O. Asked for what a dry run plans, for proposals, and for what a human is left to
   * do. Answered by {@link Event.Planned}.
   */
  record Plan(String step, String action, StructValue input) implements Command {}

  /**
   * A signal for another run, whose end this run waits for. In contrast to {@link
   * RunReport.HandOff} this run goes on. Answered by {@link Event.HandOffEnded}, or by {@link
   * Event.TimeReached} where the other has not ended by then.
   */
  record HandOff(String step, String signal, Map<String, String> labels, Instant until)
      implements Command {
    public HandOff {
      labels = Map.copyOf(labels);
    }
  }

  /** One look whether a change is complete. Answered by {@link Event.SettleChecked}. */
  record CheckSettled(Event.ChangeIntended intent, Duration timeout) implements Command {}

  /** Nothing until then. Answered by {@link Event.TimeReached}; other events may come first. */
  record Wait(Instant until) implements Command {}

  /**
   * A question to a human about a plan. Answered by {@link Event.Approved} with the hash of the
   * plan, or {@link Event.TimeReached}.
   *
   * @param plan what would be done, exactly
   * @param changes what is otherwise than when it was approved before; empty the first time
   */
  record Ask(String guardrail, String question, Instant until, RunPlan plan, List<String> changes)
      implements Command {
    public Ask {
      changes = List.copyOf(changes);
    }

    /** The hash of the plan. */
    public String hash() {
      return plan.hash();
    }
  }

  /** The run is over. Not answered. */
  record Finish(RunReport report) implements Command {}
}
