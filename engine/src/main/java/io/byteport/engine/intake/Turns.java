package io.byteport.engine.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Work that is done by one thread at a time, for all who asked for it meanwhile. Safe for several
 * threads.
 *
 * @param <A> what is asked for
 * @param <B> what comes of it
 */
final class Turns<A, B> {
  private final Work<A, B> work;
  private final int most;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition done = lock.newCondition();
  private final List<Turn<A, B>> waiting = new ArrayList<>();
  private boolean underWay;

  /** Does some at once. */
  @FunctionalInterface
  interface Work<A, B> {
    /**
     * @return one for each, in order
     */
    List<Result<B>> doAll(List<A> asked);
  }

  /** A value, or why there is none. */
  record Result<B>(@Nullable B value, @Nullable RuntimeException failure) {}

  private static final class Turn<A, B> {
    final A asked;
    @Nullable Result<B> result;

    Turn(A asked) {
      this.asked = asked;
    }
  }

  /**
   * @param most how many are done at once at most
   */
  Turns(int most, Work<A, B> work) {
    this.most = most;
    this.work = work;
  }

  /** Waits until it is done; another caller may do it. Fails as it fails. */
  B ask(A asked) {
    Turn<A, B> mine = new Turn<>(asked);
    Result<B> result = null;
    lock.lock();
    try {
      waiting.add(mine);
      while (result == null) {
        if (underWay) {
          done.awaitUninterruptibly();
        } else {
          lead();
        }
        result = mine.result;
      }
    } finally {
      lock.unlock();
    }
    return value(result);
  }

  private static <B> B value(Result<B> result) {
    if (result.failure() != null) {
      // Several callers may get the same one, each with a trace of its own.
      result.failure().addSuppressed(new IllegalStateException("asked for here"));
      throw result.failure();
    }
    if (result.value() == null) {
      throw new IllegalStateException("nothing came of it");
    }
    return result.value();
  }

  private void lead() {
    List<Turn<A, B>> turn = new ArrayList<>(waiting.subList(0, Math.min(most, waiting.size())));
    waiting.subList(0, turn.size()).clear();
    underWay = true;
    lock.unlock();
    List<Result<B>> results = List.of();
    RuntimeException failure = new IllegalStateException("it was not done");
    try {
      results = work.doAll(turn.stream().map(one -> one.asked).toList());
    } catch (RuntimeException e) {
      failure = e;
    } finally {
      lock.lock();
      underWay = false;
      for (int i = 0; i < turn.size(); i++) {
        turn.get(i).result = i < results.size() ? results.get(i) : new Result<>(null, failure);
      }
      done.signalAll();
    }
  }
}
