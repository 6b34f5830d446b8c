package io.byteport.engine.run;

import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.guardrail.Standing;
import io.byteport.engine.signal.Signal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a run. Events are all that the interpreter learns about the world; feeding the
 * recorded ones to it again yields the same state.
 */
public sealed interface Event extends JournalEntry {

  /**
   * The first event.
   *
   * @param runbookText the file as it was, so that the run can be recovered and explained
   * @param target the incident's subject, of the runbook's target type
   * @param targetKey its key as text, such as {@code pod/production/api-1}
   * @param policy how far it may go on its own; an entry that says nothing acts
   */
  record Opened(
      Instant at,
      RunId run,
      String runbook,
      String runbookVersion,
      String runbookText,
      Mode mode,
      Signal signal,
      StructValue params,
      StructValue inputs,
      StructValue target,
      String targetKey,
      Policy policy)
      implements Event {
    public Opened {
      policy = java.util.Objects.requireNonNullElse(policy, Policy.ACT);
    }

    /** A run that acts on its own. */
    public Opened(
        Instant at,
        RunId run,
        String runbook,
        String runbookVersion,
        String runbookText,
        Mode mode,
        Signal signal,
        StructValue params,
        StructValue inputs,
        StructValue target,
        String targetKey) {
      this(
          at,
          run,
          runbook,
          runbookVersion,
          runbookText,
          mode,
          signal,
          params,
          inputs,
          target,
          targetKey,
          Policy.ACT);
    }

    /** The same run with another policy. */
    public Opened under(Policy other) {
      return new Opened(
          at,
          run,
          runbook,
          runbookVersion,
          runbookText,
          mode,
          signal,
          params,
          inputs,
          target,
          targetKey,
          other);
    }
  }

  /** Answers to one batch of reads. */
  record Observed(Instant at, List<Observation> observations) implements Event {
    public Observed {
      observations = List.copyOf(observations);
    }
  }

  /**
   * @param read the key of the read that was asked for, see {@link Command.ReadCall}
   */
  record Observation(String read, ActionResult result) {}

  /** Answer to a look at limits and locks. */
  record GuardrailsChecked(Instant at, List<Standing> standings) implements Event {
    public GuardrailsChecked {
      standings = List.copyOf(standings);
    }
  }

  /**
   * A change is about to be made; its budget is reserved.
   *
   * @param step the step's key in the run, unique per item and iteration
   * @param memo what the action noted for a later probe
   * @param command what a person would type
   */
  record ChangeIntended(
      Instant at,
      IntentId intent,
      String step,
      String action,
      StructValue input,
      StructValue memo,
      String command,
      List<Standing> standings)
      implements Event {
    public ChangeIntended {
      standings = List.copyOf(standings);
    }

    /** The same intent with what the ledger said when it was recorded. */
    public ChangeIntended with(List<Standing> granted) {
      return new ChangeIntended(at, intent, step, action, input, memo, command, granted);
    }
  }

  /** A limit or lock refused the change at the last moment; nothing was intended. */
  record ChangeRefused(Instant at, String step, List<Standing> standings) implements Event {
    public ChangeRefused {
      standings = List.copyOf(standings);
    }
  }

  /** The change could not be prepared; nothing was intended and nothing has happened. */
  record ChangeNotPrepared(Instant at, String step, ActionResult.Failed failure) implements Event {}

  /**
   * @param recovered whether the result was learned by a probe after a crash or a lost answer
   */
  record ChangeFinished(Instant at, IntentId intent, ActionResult result, boolean recovered)
      implements Event {}

  /** Answer to {@link Command.Plan}. */
  record Planned(Instant at, String step, String command) implements Event {}

  /**
   * Another run, to which this one had handed something and for which it waited, has ended.
   *
   * @param run null where no runbook took the signal
   * @param result the other run's result; null where there was none
   * @param reason why it ended so
   */
  record HandOffEnded(
      Instant at, String step, @Nullable RunId run, @Nullable RunResult result, String reason)
      implements Event {}

  /**
   * Whether the effect of a change is complete.
   *
   * @param settled whether it is
   * @param reason where it is not: null if it may still become complete and should be looked at
   *     again, else why it will not (its time is over, the rollout failed); where it is, what was
   *     found, or null
   */
  record SettleChecked(Instant at, IntentId intent, boolean settled, @Nullable String reason)
      implements Event {}

  /** The time that the run waited for has come. */
  record TimeReached(Instant at, Instant wanted) implements Event {}

  /**
   * A human answered.
   *
   * @param hash of the plan that was approved; null for whatever is asked. A no needs none.
   * @param reason why not, or under what conditions; null where nothing was said
   */
  record Approved(
      Instant at,
      String guardrail,
      boolean approved,
      String by,
      @Nullable String hash,
      @Nullable String reason)
      implements Event {}

  /** The source says that the trouble is over, or has come back. */
  record SignalChanged(Instant at, Signal.Status status) implements Event {}
}
