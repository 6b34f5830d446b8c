package io.byteport.engine.run;

import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * What every call of an action passes: it may let reads wait for their turn, and hears how calls
 * end. Safe for several threads.
 */
public interface CallGate {

  /** Nobody waits, and nobody hears of it. */
  CallGate OPEN = (action, input, change) -> failure -> {};

  /**
   * A call is about to begin; its own time begins after this.
   *
   * @param change whether it may change something; such a call must not be made to wait, since its
   *     intent is on disk already
   */
  Call enter(String action, StructValue input, boolean change) throws InterruptedException;

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
