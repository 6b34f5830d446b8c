package io.byteport.engine.intake;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with each source, on disk. Safe for several threads and processes. Every method
 * does I/O and throws {@link io.byteport.engine.journal.StoreException} where the store cannot be
 * used.
 */
public interface SourceStore {

  /** Every source that was ever heard of, by name. */
  List<SourceState> all();

  Optional<SourceState> find(String source);

  /** Adds up what was counted. On disk with what is written next. */
  void count(String source, long heard, long refused, @Nullable Instant heardAt);

  /**
   * @param reason why nothing is heard of it; null where all is well
   */
  void degraded(String source, @Nullable String reason, Instant at);

  /**
   * Takes over the polling of a source, unless another process that is alive polls it.
   *
   * @return whether this process polls it now
   */
  boolean lead(String source);

  /** Lets others poll a source. */
  void resign(String source);
}
