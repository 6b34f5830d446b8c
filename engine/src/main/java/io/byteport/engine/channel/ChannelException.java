package io.byteport.engine.channel;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A message was not taken. The text holds the other side's own words and no secret. */
public final class ChannelException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean permanent;
  private final transient @Nullable Duration retryAfter;

  private ChannelException(
      String message, boolean permanent, @Nullable Duration after, @Nullable Throwable cause) {
    super(message, cause);
    this.permanent = permanent;
    this.retryAfter = after;
  }

  /**
   * It may be taken later: 429, 5xx, no connection.
   *
   * @param after how long the other side wants to be left alone; null where it does not say
   */
  public static ChannelException later(
      String message, @Nullable Duration after, @Nullable Throwable cause) {
    return new ChannelException(message, false, after, cause);
  }

  /** It will never be taken as it is: a wrong token, a room that does not exist. */
  public static ChannelException never(String message, @Nullable Throwable cause) {
    return new ChannelException(message, true, null, cause);
  }

  /** Whether to try again is in vain. */
  public boolean isPermanent() {
    return permanent;
  }

  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
