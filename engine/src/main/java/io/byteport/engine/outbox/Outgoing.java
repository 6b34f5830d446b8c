package io.byteport.engine.outbox;

import io.byteport.engine.run.RunId;
import io.byteport.engine.run.RunReport.Notification;

/**
 * A notice on its way out.
 *
 * @param name equal where the same is put a second time, such as after a crash, and only there
 */
public record Outgoing(String name, RunId run, Notification notice, Addressed to) {

  /** Whether it is not to be said again for a time. */
  public boolean dedups() {
    return !notice.dedupFor().isZero();
  }
}
