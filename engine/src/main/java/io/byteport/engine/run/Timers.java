package io.byteport.engine.run;

import java.time.Instant;
import java.time.InstantSource;

/**
 * When things are done: the clock of the engine, and threads to do them on. Safe for several
 * threads.
 */
public interface Timers extends AutoCloseable {

  InstantSource clock();

  /** Does something soon, on a thread of its own. */
  void execute(Runnable work);

  /**
   * Does something once the clock has reached a time, at once if it has. Until then no thread is
   * held.
   */
  Timer at(Instant when, Runnable work);

  /** Forgets what has not been done yet. What is being done goes on. */
  @Override
  void close();

  /** Something that will be done later. */
  interface Timer {

    /** Has no effect where it has been done already. */
    void cancel();
  }
}
