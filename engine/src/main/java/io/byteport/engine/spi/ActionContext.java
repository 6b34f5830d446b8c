package io.byteport.engine.spi;

import java.time.Duration;
import java.time.InstantSource;

/**
 * What an action may use beside its input.
 *
 * @param clock the engine's clock
 * @param timeout how long the action may take; the engine interrupts its thread afterwards
 * @param intent names this execution, the same after a crash; for stamps and idempotency keys
 * @param progress hears what the action is doing
 */
public record ActionContext(
    InstantSource clock, Duration timeout, String intent, Progress progress) {

  /** One that nobody listens to. */
  public ActionContext(InstantSource clock, Duration timeout, String intent) {
    this(clock, timeout, intent, Progress.UNHEARD);
  }
}
