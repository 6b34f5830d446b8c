package io.byteport.engine.journal;

import io.byteport.engine.run.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A run that this process carries on: under which fence it writes, and what it has appended that is
 * in no transaction yet. Everything but the run and the fence is guarded by the lock.
 */
final class OwnRun {
  final RunId id;
  final long fence;
  final ReentrantLock lock = new ReentrantLock();

  /** In the order of the journal. */
  private final List<Line> tail = new ArrayList<>();

  /** Why a tail was lost that the run relies on; null where none was. */
  private @Nullable StoreException lost;

  OwnRun(RunId id, long fence) {
    this.id = id;
    this.fence = fence;
  }

  List<Line> tail() {
    return List.copyOf(tail);
  }

  boolean hasTail() {
    return !tail.isEmpty();
  }

  /** How many lines it has now. */
  int add(List<Line> lines) {
    tail.addAll(lines);
    return tail.size();
  }

  /** The tail is in the journal. */
  void written() {
    tail.clear();
  }

  /** Whether the tail is in the journal is not known, or it cannot be written. */
  void lose(StoreException why) {
    if (!tail.isEmpty()) {
      tail.clear();
      lost = why;
    }
  }

  /** Whoever goes on relies on the journal alone. */
  void mend() {
    lost = null;
  }

  /**
   * @throws StoreException if something is missing that was appended before
   */
  void requireWhole() {
    if (lost instanceof FencedException fenced) {
      throw new FencedException(String.valueOf(fenced.getMessage()));
    }
    if (lost != null) {
      throw new StoreException(String.valueOf(lost.getMessage()), lost);
    }
  }
}
