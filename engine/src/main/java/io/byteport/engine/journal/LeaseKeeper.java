package io.byteport.engine.journal;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says at regular intervals that this process is alive, as long as it is open, so that no other
 * takes over what it has claimed. Does nothing where nobody else can have the state open. To be
 * closed before the store.
 */
public final class LeaseKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);

  private final RunStore store;
  private final ScheduledExecutorService heart =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("byteport-lease").factory());
  private @Nullable Future<?> beat;

  public LeaseKeeper(RunStore store) {
    this.store = store;
  }

  /** Begins to renew the lease. To be called once. */
  public void start() {
    long every = store.leaseRenewal().toMillis();
    if (every > 0) {
      beat = heart.scheduleWithFixedDelay(this::renew, every, every, TimeUnit.MILLISECONDS);
    }
  }

  private void renew() {
    try {
      store.renewLease();
    } catch (RuntimeException e) {
      LOG.warn("the lease was not renewed: {}", e.getMessage());
    }
  }

  /** Renews it no more; it ends by itself. */
  @Override
  public void close() {
    Future<?> last = beat;
    if (last != null) {
      last.cancel(false);
    }
    heart.shutdownNow();
  }
}
