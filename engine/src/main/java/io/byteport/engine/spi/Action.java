package io.byteport.engine.spi;

import io.byteport.dsl.value.Value.StructValue;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that a runbook can do, in Java. Its description (types, documentation, needs) stands in
 * a catalogue under the same name; the components of the two records have the names and types that
 * the catalogue says.
 *
 * <p>Instances are shared by all runs and threads. They keep no state of a run.
 *
 * @param <I> what it takes, see {@link RecordCodec} for the component types
 * @param <O> what it returns; {@link Nothing} where it returns nothing
 */
public sealed interface Action<I extends Record, O extends Record> {

  /** Dotted, such as {@code kubectl.rolloutUndo}. */
  String name();

  Class<I> inputType();

  Class<O> outputType();

  /**
   * The command that does the same, program and arguments, for a person to read and paste. Must not
   * do any I/O.
   */
  List<String> command(I input);

  /** An action that returns nothing. */
  record Nothing() {}

  /** Looks, and changes nothing. May be repeated at will. */
  non-sealed interface Read<I extends Record, O extends Record> extends Action<I, O> {

    /**
     * @return what was found; null only from an action that the catalogue says may find nothing
     * @throws ActionException if it could not be learned
     * @throws InterruptedException if the run was cancelled or the time is over
     */
    @Nullable O read(I input, ActionContext context) throws ActionException, InterruptedException;
  }

  /** Changes the world, or proposes a change to people. */
  non-sealed interface Change<I extends Record, O extends Record> extends Action<I, O> {

    /**
     * Rehearses the change and notes what a later probe will need (the hash to go back to, the
     * value before). Nothing is changed: reads and server-side dry-runs only. Called in live mode
     * before the intent is recorded; what it returns is recorded in the intent.
     *
     * @throws ActionException if the change would be refused; nothing has happened then
     */
    StructValue prepare(I input, ActionContext context)
        throws ActionException, InterruptedException;

    /**
     * Makes the change, once.
     *
     * @param memo what {@link #prepare} returned for this intent
     * @throws ActionException if it failed; its {@link ActionException#effect()} says whether
     *     something may have changed
     */
    Changed<O> change(I input, StructValue memo, ActionContext context)
        throws ActionException, InterruptedException;

    /**
     * Asks the world whether an intent took effect, after a crash or an answer that never came.
     * Changes nothing.
     */
    Probe probe(I input, StructValue memo, ActionContext context)
        throws ActionException, InterruptedException;

    /**
     * Whether the effect is complete: the rollout done, the volume usable. Asked again and again
     * until {@link #settlesWithin} is over.
     */
    default boolean settled(I input, StructValue memo, ActionContext context)
        throws ActionException, InterruptedException {
      return true;
    }

    /** How long the effect may take to be complete; zero where the answer is the effect. */
    default Duration settlesWithin(I input) {
      return Duration.ZERO;
    }

    /** Whether a second execution of the same intent does no harm. */
    boolean repeatable();
  }

  /**
   * @param changed false where the world already was as wanted
   */
  record Changed<O>(O output, boolean changed) {}

  /** What a probe found. */
  enum Probe {
    TOOK_EFFECT,
    NOT_DONE,
    UNKNOWN
  }
}
