package io.byteport.engine.intake;

import io.byteport.engine.journal.StoreException;
import io.byteport.engine.run.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How it stands with each source. What is counted is written down a few seconds later, so that
 * whoever knocks often costs no write each; all else at once. Safe for several threads.
 */
public final class SourceStates implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SourceStates.class);
  static final Duration FLUSH = Duration.ofSeconds(5);

  private final SourceStore store;
  private final Timers timers;
  private final Later flush;
  private final Map<String, Counted> counted = new HashMap<>();

  /**
   * @param timers are not closed
   */
  public SourceStates(SourceStore store, Timers timers) {
    this.store = store;
    this.timers = timers;
    this.flush = new Later(timers, FLUSH, this::flush);
  }

  private record Counted(long heard, long refused, @Nullable Instant heardAt) {
    Counted plus(Counted more) {
      return new Counted(
          heard + more.heard,
          refused + more.refused,
          more.heardAt == null ? heardAt : more.heardAt);
    }
  }

  /** A source has said something, or has answered that there is nothing. */
  public void heard(String source, long alerts) {
    count(source, new Counted(alerts, 0, timers.clock().instant()));
  }

  /** Nothing was taken of what somebody sent in a source's name. */
  public void refused(String source) {
    count(source, new Counted(0, 1, null));
  }

  private void count(String source, Counted more) {
    synchronized (counted) {
      counted.merge(source, more, Counted::plus);
    }
    flush.ask();
  }

  /**
   * A source cannot be asked, or says what cannot be taken.
   *
   * @throws StoreException if the store cannot be used
   */
  public void degraded(String source, String reason) {
    store.degraded(source, reason, timers.clock().instant());
  }

  /**
   * All is well with a source.
   *
   * @throws StoreException if the store cannot be used
   */
  public void restored(String source) {
    store.degraded(source, null, timers.clock().instant());
  }

  /**
   * How it stands with a source now.
   *
   * @throws StoreException if the store cannot be used
   */
  public SourceState of(String source) {
    flush();
    return store.find(source).orElseGet(() -> SourceState.unheard(source));
  }

  /**
   * How it stands with every source that was ever heard of, by name; those that are not configured
   * any more among them.
   *
   * @throws StoreException if the store cannot be used
   */
  public List<SourceState> all() {
    flush();
    return store.all();
  }

  SourceStore store() {
    return store;
  }

  /** Writes down what was counted; where that fails, later. */
  public void flush() {
    Map<String, Counted> mine;
    synchronized (counted) {
      mine = Map.copyOf(counted);
      counted.clear();
    }
    mine.forEach(
        (source, count) -> {
          try {
            store.count(source, count.heard, count.refused, count.heardAt);
          } catch (StoreException e) {
            LOG.debug("what `{}` said is counted later: {}", source, e.getMessage());
            count(source, count);
          }
        });
  }

  @Override
  public void close() {
    flush.close();
    flush();
  }
}
