package io.byteport.engine.run;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * Timers whose clock is moved by hand: for tests, simulations and demonstrations. Nothing happens
 * until somebody calls {@link #settle} or advances; then work is done on the caller's thread, one
 * piece after the other in the order in which it was asked for, so that the same story is told
 * every time. Work may ask for more from any thread.
 */
public final class VirtualTimers implements Timers {
  private final Queue<Runnable> ready = new ArrayDeque<>();
  private final PriorityQueue<Waiting> waiting =
      new PriorityQueue<>(Comparator.comparing(Waiting::when).thenComparingLong(Waiting::number));
  private final Passage passage;
  private Instant now;
  private long numbers;
  private boolean closed;

  /**
   * Told of each step of time before anything happens at its end, so that a simulated world can
   * play along.
   */
  @FunctionalInterface
  public interface Passage {
    void passed(Instant from, Instant to);
  }

  private record Waiting(Instant when, long number, Runnable work) {}

  public VirtualTimers(Instant start, Passage passage) {
    this.now = start;
    this.passage = passage;
  }

  public VirtualTimers(Instant start) {
    this(start, (from, to) -> {});
  }

  @Override
  public InstantSource clock() {
    return this::now;
  }

  private synchronized Instant now() {
    return now;
  }

  @Override
  public synchronized void execute(Runnable work) {
    if (!closed) {
      ready.add(work);
    }
  }

  @Override
  public synchronized Timer at(Instant when, Runnable work) {
    if (closed) {
      return () -> {};
    }
    if (!when.isAfter(now)) {
      ready.add(work);
      return () -> forget(work);
    }
    Waiting entry = new Waiting(when, numbers++, work);
    waiting.add(entry);
    return () -> forget(entry);
  }

  private synchronized void forget(Runnable work) {
    ready.remove(work);
  }

  private synchronized void forget(Waiting entry) {
    waiting.remove(entry);
  }

  /** Does all that is to be done now, and what follows from it now. */
  public void settle() {
    for (Runnable work = poll(); work != null; work = poll()) {
      work.run();
    }
  }

  private synchronized @org.jspecify.annotations.Nullable Runnable poll() {
    return ready.poll();
  }

  /** When something is to be done next; empty where nothing ever is. */
  public synchronized Optional<Instant> next() {
    if (!ready.isEmpty()) {
      return Optional.of(now);
    }
    return Optional.ofNullable(waiting.peek()).map(Waiting::when);
  }

  /**
   * Settles, moves the clock to the next time at which something is to be done, and does it.
   *
   * @return whether there was such a time
   */
  public boolean advanceToNext() {
    settle();
    Optional<Instant> next = next();
    next.ifPresent(this::advanceTo);
    return next.isPresent();
  }

  /** Does everything up to a time, in order, and moves the clock there. */
  public void advanceTo(Instant until) {
    settle();
    for (Optional<Instant> next = next(); isDue(next, until); next = next()) {
      moveTo(next.orElseThrow());
      fire();
      settle();
    }
    moveTo(until);
    settle();
  }

  private static boolean isDue(Optional<Instant> next, Instant until) {
    return next.isPresent() && !next.get().isAfter(until);
  }

  private void moveTo(Instant to) {
    Instant from = now();
    if (to.isAfter(from)) {
      synchronized (this) {
        now = to;
      }
      passage.passed(from, to);
    }
  }

  private synchronized void fire() {
    for (Waiting first = waiting.peek();
        first != null && !first.when().isAfter(now);
        first = waiting.peek()) {
      waiting.remove();
      ready.add(first.work());
    }
  }

  /**
   * Sets the clock, forwards or backwards, as a person does; nothing is done before the next {@link
   * #settle}.
   */
  public synchronized void setClock(Instant time) {
    now = time;
  }

  @Override
  public synchronized void close() {
    closed = true;
    ready.clear();
    waiting.clear();
  }
}
