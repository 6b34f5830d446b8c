package io.byteport.engine.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Ends or suspends this process at a given point, from outside: nothing in it is tidied up. A shell
 * that waits beside the process sends the signal.
 */
final class Faults {
  /** Passes everything by. */
  static final Faults NONE = new Faults("", "true");

  private final String point;
  private final String signal;
  private final Map<String, Integer> passed = new HashMap<>();
  private final Map<String, Runnable> more = new HashMap<>();
  private final OutputStream trigger;

  private Faults(String point, String signal) {
    this.point = point;
    this.signal = signal;
    this.trigger = point.isEmpty() ? OutputStream.nullOutputStream() : shell();
  }

  /**
   * @param point such as {@code call:2}, the second time that it is passed; or {@code
   *     write:7+1500}, 1.5 ms after the seventh write began; none where it is empty
   */
  static Faults kill(String point) {
    return new Faults(point, "kill -9 $0");
  }

  /** Suspends this process for so long where it passes the point. */
  static Faults suspend(String point, long seconds) {
    return new Faults(point, "kill -STOP $0; sleep " + seconds + "; kill -CONT $0");
  }

  private OutputStream shell() {
    try {
      return new ProcessBuilder(
              "sh",
              "-c",
              "read go || exit 0; " + signal,
              Long.toString(ProcessHandle.current().pid()))
          .start()
          .getOutputStream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process passes a point of this kind once more. */
  void at(String kind) {
    String here;
    synchronized (this) {
      here = kind + ":" + passed.merge(kind, 1, Integer::sum);
      more.getOrDefault(kind, () -> {}).run();
    }
    if (here.equals(point)) {
      strike();
      // Shorter than what it may be suspended for: whoever wakes goes on at once.
      pause(TimeUnit.SECONDS.toNanos(5));
    } else if (point.startsWith(here + "+")) {
      long delay =
          TimeUnit.MICROSECONDS.toNanos(Long.parseLong(point.substring(here.length() + 1)));
      Thread.ofPlatform()
          .daemon()
          .start(
              () -> {
                pause(delay);
                strike();
              });
    }
  }

  /** Does something else each time that a point of this kind is passed. */
  synchronized void then(String kind, Runnable doing) {
    more.put(kind, doing);
  }

  synchronized int passed(String kind) {
    return passed.getOrDefault(kind, 0);
  }

  private void strike() {
    try {
      trigger.write("go\n".getBytes(StandardCharsets.US_ASCII));
      trigger.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void pause(long nanos) {
    long end = System.nanoTime() + nanos;
    try {
      for (long left = nanos; left > 0; left = end - System.nanoTime()) {
        TimeUnit.NANOSECONDS.sleep(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
