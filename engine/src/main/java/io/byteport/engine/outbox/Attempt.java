package io.byteport.engine.outbox;

import io.byteport.engine.channel.Channel;
import io.byteport.engine.channel.ChannelException;
import io.byteport.engine.channel.Message;
import io.byteport.engine.run.Timers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to send one message, which is interrupted where it takes too long or the courier is
 * closed; never what comes after it on the same thread.
 */
final class Attempt {
  private @Nullable Thread sending;
  private boolean late;

  /**
   * Sends the message.
   *
   * @throws ChannelException if it was not taken, or not in time
   * @throws InterruptedException if it was interrupted by {@link #stop}
   */
  void send(Channel channel, Message message, Timers timers, Duration within)
      throws ChannelException, InterruptedException {
    Timers.Timer deadline = timers.at(timers.clock().instant().plus(within), this::tooLate);
    begin();
    try {
      channel.send(message);
    } catch (InterruptedException e) {
      if (isLate()) {
        throw ChannelException.later("no answer within " + within.toSeconds() + "s", null, e);
      }
      throw e;
    } finally {
      deadline.cancel();
      end();
    }
  }

  private synchronized void begin() {
    sending = Thread.currentThread();
  }

  private synchronized void end() {
    sending = null;
    // An interrupt that came too late must not hit what is written to the store next.
    Thread.interrupted();
  }

  private synchronized boolean isLate() {
    return late;
  }

  private synchronized void tooLate() {
    late = true;
    stop();
  }

  synchronized void stop() {
    if (sending != null) {
      sending.interrupt();
    }
  }
}
