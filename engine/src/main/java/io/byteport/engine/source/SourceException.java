package io.byteport.engine.source;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A source could not be asked. The message holds the other side's own words and no secret. */
public final class SourceException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable Duration retryAfter;

  /**
   * @param retryAfter how long the other side wants to be left alone; null where it does not say
   */
  public SourceException(String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    super(message, cause);
    this.retryAfter = retryAfter;
  }

  public SourceException(String message) {
    this(message, null, null);
  }

  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
