package io.byteport.engine.outbox;

import java.time.Duration;

/**
 * How messages are sent.
 *
 * @param atOnce how many at the same time on one channel, 1 at least
 * @param answerWithin how long one attempt may take
 * @param firstRetry after this it is tried again, after twice this again, and so on
 * @param longestRetry the longest time between two attempts, unless the other side wants more
 * @param giveUpAfter how long after the first attempt there is no further one
 */
public record CourierSettings(
    int atOnce,
    Duration answerWithin,
    Duration firstRetry,
    Duration longestRetry,
    Duration giveUpAfter) {

  public static final CourierSettings DEFAULT =
      new CourierSettings(
          4,
          Duration.ofMinutes(2),
          Duration.ofMillis(500),
          Duration.ofMinutes(5),
          Duration.ofHours(24));

  public CourierSettings {
    if (atOnce < 1) {
      throw new IllegalArgumentException("a channel is sent one message at a time at least");
    }
  }

  /**
   * How long to wait after an attempt that failed.
   *
   * @param attempts how many there were, 1 at least
   */
  Duration backoff(int attempts) {
    Duration wait = firstRetry;
    for (int i = 1; i < attempts && wait.compareTo(longestRetry) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(longestRetry) < 0 ? wait : longestRetry;
  }
}
