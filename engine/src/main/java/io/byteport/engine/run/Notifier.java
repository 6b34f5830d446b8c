package io.byteport.engine.run;

import java.io.IOException;

/** Tells people. Safe for several threads. */
@FunctionalInterface
public interface Notifier {

  /**
   * Sends one notice to the channels that it names. May be called again for a notice that was sent
   * before a crash.
   *
   * @throws IOException if it could not be sent; it is tried again later
   */
  void send(RunId run, RunReport.Notification notice) throws IOException, InterruptedException;
}
