package io.byteport.engine.source;

import io.byteport.engine.channel.ChannelException;
import io.byteport.engine.channel.Message;

/** Tells a source what became of one of its alerts, such as that it may be closed. */
@FunctionalInterface
public interface Feedback {

  /**
   * Tells it once that the run about an alert has ended. May be called again for what was told
   * before a crash.
   *
   * @param fingerprint of the alert
   * @throws ChannelException if it could not be told
   */
  void ended(String fingerprint, Message message) throws ChannelException, InterruptedException;
}
