package io.byteport.engine.run;

import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * What every call of an action passes: it may let calls wait for their turn, and hears how they
 * end. Safe for several threads.
 */
public interface CallGate {

  /** Nobody waits, and nobody hears of it. */
  CallGate OPEN =
      (action, input) ->
          new Place() {
            @Override
            public Call begin() {
              return failure -> {};
            }

            @Override
            public void close() {}
          };

  /**
   * Takes a place for what an action is about to be asked; waits until there is one. A change takes
   * its place before its intent is written down, and keeps it until it is made.
   */
  Place enter(String action, StructValue input) throws InterruptedException;

  /** A place that is taken. */
  interface Place extends AutoCloseable {

    /** The action is called now, and its own time begins. */
    Call begin();

    /** Leaves the place to whoever waits. A second time it does nothing. */
    @Override
    void close();
  }

  /** A call that is being made. */
  @FunctionalInterface
  interface Call {

    /**
     * It is over.
     *
     * @param failure null where it did what it was asked
     */
    void ended(@Nullable FailureKind failure);
  }
}
