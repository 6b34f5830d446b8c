package io.byteport.engine.journal;

import io.byteport.engine.guardrail.Claim;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.RunId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/** How long one thread waits for the journal: for an entry, and for an intent that is on disk. */
public final class AppendBench {
  private static final RunId RUN = new RunId("append");

  private AppendBench() {}

  /**
   * @param args how many entries of each kind, and {@code embedded} or {@code postgres}
   */
  public static void main(String[] args) throws Exception {
    int count = Integer.parseInt(args[0]);
    Path folder = Files.createTempDirectory("append");
    try (SqlRunStore store =
        args[1].equals("embedded")
            ? SqlRunStore.inFolder(folder, Redactor.SHAPES_ONLY)
            : SqlRunStore.shared(Postgres.freshDatabase(), Redactor.SHAPES_ONLY, "bench")) {
      store.open(Entries.opened(RUN.value(), "pod/append"));
      store.claim(RUN);
      for (String round : List.of("first", "second")) {
        Instant now = Instant.now();
        print(
            args[1] + ", an entry, " + round,
            count,
            i -> store.append(RUN, List.of(new Event.TimeReached(now, now))));
        print(
            args[1] + ", an intent with a limit and a lock, " + round,
            count,
            i ->
                store.reserve(
                    RUN,
                    Entries.intent(round + i, now),
                    List.of(
                        new Claim.Limit("limit", "key " + round + i, 1, Duration.ofHours(1)),
                        new Claim.Lock("lock", "lock", Duration.ZERO, false))));
      }
    }
    System.exit(0);
  }

  private static void print(String what, int count, IntConsumer write) {
    long[] nanos = new long[count];
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      write.accept(i);
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    System.out.printf(
        "%s: median %.2f ms, 99th percentile %.2f ms%n",
        what, nanos[count / 2] / 1e6, nanos[count * 99 / 100] / 1e6);
  }
}
