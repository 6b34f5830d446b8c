package io.byteport.engine.intake;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with a source.
 *
 * @param cursor where its polling goes on; null where it was never polled, or needs none
 * @param degraded why nothing is heard of it; null where all is well
 * @param since when that began; null where all is well
 * @param heardAt when it last said something or answered; null for never
 * @param firing alerts that fire
 * @param heard alerts that it has sent, repeats among them
 * @param refused requests of which nothing was taken
 */
public record SourceState(
    String name,
    @Nullable String cursor,
    @Nullable String degraded,
    @Nullable Instant since,
    @Nullable Instant heardAt,
    long firing,
    long heard,
    long refused) {

  /** One that was never heard of. */
  static SourceState unheard(String name) {
    return new SourceState(name, null, null, null, null, 0, 0, 0);
  }
}
