package io.byteport.adapter.sql.read;

import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.time.Duration;

/** Reads that take time on purpose. */
final class Waits {
  private Waits() {}

  /**
   * @throws ActionException if what a read waits leaves it no time to ask
   */
  static void checkFits(Duration waited, Duration timeout) throws ActionException {
    if (waited.compareTo(timeout) >= 0) {
      throw ActionException.refused(
          FailureKind.INVALID,
          "it waits for "
              + waited.toSeconds()
              + " s between its looks, and has "
              + timeout.toSeconds()
              + " s in all");
    }
  }
}
