package io.byteport.adapter.cloud.http;

import io.byteport.engine.spi.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * What an API said about a failure, in its own words.
 *
 * @param words code and message; empty where it said nothing
 * @param kind where the code says more than the status does
 * @param throttled whether it was refused for having come too often, whatever the status says
 */
public record Problem(String words, @Nullable FailureKind kind, boolean throttled) {
  public static final Problem NONE = new Problem("", null, false);

  public static Problem said(String words) {
    return new Problem(words, null, false);
  }
}
