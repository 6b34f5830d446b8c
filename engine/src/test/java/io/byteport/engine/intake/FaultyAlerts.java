package io.byteport.engine.intake;

import io.byteport.engine.journal.StoreException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Alerts on a disk that fails when it is told to.
 *
 * @param before whether it fails before it writes
 * @param after whether it fails once it has written
 */
record FaultyAlerts(AlertStore store, BooleanSupplier before, BooleanSupplier after)
    implements AlertStore {

  private static void failIf(BooleanSupplier wanted) {
    if (wanted.getAsBoolean()) {
      throw new StoreException("the disk is gone");
    }
  }

  @Override
  public boolean isShared() {
    return store.isShared();
  }

  @Override
  public <T> T change(Collection<String> sources, Function<AlertWrites, T> work) {
    failIf(before);
    T result = store.change(sources, work);
    failIf(after);
    return result;
  }

  @Override
  public long version(String source) {
    return store.version(source);
  }

  @Override
  public void count(List<Repeats> repeats) {
    failIf(before);
    store.count(repeats);
  }

  @Override
  public List<Episode> latest(int limit) {
    return store.latest(limit);
  }

  @Override
  public List<Episode> firing(int limit) {
    return store.firing(limit);
  }

  @Override
  public int forget(Instant before, int most) {
    return store.forget(before, most);
  }
}
