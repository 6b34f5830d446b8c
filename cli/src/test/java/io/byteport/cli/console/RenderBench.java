package io.byteport.cli.console;

import io.byteport.engine.journal.RunSummary;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Mode;
import io.byteport.engine.run.Note;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** How long pages take to be written, without what they are asked from: {@code RenderBench}. */
final class RenderBench {
  private static final int ROUNDS = 2_000;

  private RenderBench() {}

  public static void main(String[] args) {
    Scene scene =
        new Scene("agent", true, "acts", PagesServer.APPROVER, Journals.NOON, 0, List.of());
    RunSummary summary =
        new RunSummary(
            Journals.RUN,
            "runbook",
            "signal",
            "pod/production/api-1",
            Mode.LIVE,
            Journals.NOON,
            "a_class",
            "resolved",
            "Every expectation holds",
            Journals.NOON,
            false);
    RunLook look = new RunLook(summary, journal(), List.of(), List.of(), true);
    measure("run of 500 entries", () -> RunPage.html(scene, look));
    List<RunSummary> runs = Collections.nCopies(RunListPage.SIZE + 1, summary);
    measure("50 runs", () -> RunListPage.html(scene, RunQuery.ALL, runs, List.of("runbook")));
  }

  private static List<JournalEntry> journal() {
    List<JournalEntry> all = new Journals("pod.container.memoryLimit is 384Mi").entries();
    List<JournalEntry> journal = new ArrayList<>(all.subList(0, all.size() - 1));
    for (int i = 0; journal.size() < 499; i++) {
      JournalEntry entry = all.get(i % all.size());
      if (!(entry instanceof Note.Finished || entry instanceof Event.Opened)) {
        journal.add(entry);
      }
    }
    journal.add(all.getLast());
    return journal;
  }

  /** Something that writes a page. */
  private interface Page {
    String write();
  }

  private static void measure(String name, Page page) {
    long bytes = 0;
    long[] took = new long[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      long start = System.nanoTime();
      bytes = page.write().getBytes(StandardCharsets.UTF_8).length;
      took[i] = System.nanoTime() - start;
    }
    long[] warm = java.util.Arrays.copyOfRange(took, ROUNDS / 2, ROUNDS);
    java.util.Arrays.sort(warm);
    System.out.printf(
        Locale.ROOT,
        "%-20s %7d bytes  p50 %.2f ms  p99 %.2f ms%n",
        name,
        bytes,
        warm[warm.length / 2] / 1e6,
        warm[warm.length * 99 / 100] / 1e6);
  }
}
