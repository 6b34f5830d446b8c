package io.byteport.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.RunStore;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.outbox.Dispatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What another process would find in the folder at the moment in which something is changed. */
class WrittenAheadTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final RunId RUN = new RunId("run-1");

  @TempDir Path temp;

  private final List<List<JournalEntry>> found = new ArrayList<>();

  @Test
  void when_a_change_is_made_its_intent_is_in_the_files_with_all_that_it_follows_from() {
    Path folder = temp.resolve("state");
    World world = new World();
    world.beforeRestart = () -> found.add(copied(folder));
    List<JournalEntry> all;
    try (RunStore store = SqlRunStore.inFolder(folder, Redactor.SHAPES_ONLY)) {
      VirtualTimers timers = new VirtualTimers(NOON);
      try (Driver driver = driver(store, world, timers)) {
        driver.start(RepairCourse.opened(RUN.value(), "svc/api", NOON));
        for (int steps = 0; steps < 200 && timers.advanceToNext(); steps++) {}
      }
      all = store.entries(RUN);
    }

    assertThat(found).hasSize(1);
    List<JournalEntry> ahead = found.getFirst();
    assertThat(ahead.getLast()).isInstanceOf(Event.ChangeIntended.class);
    assertThat(ahead).hasSizeGreaterThan(5).isEqualTo(all.subList(0, ahead.size()));
    assertThat(all).hasAtLeastOneElementOfType(Note.Finished.class);
  }

  private List<JournalEntry> copied(Path folder) {
    Path copy = temp.resolve("copy");
    try {
      Files.createDirectories(copy);
      Files.copy(folder.resolve("byteport.mv.db"), copy.resolve("byteport.mv.db"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try (RunStore store = SqlRunStore.inFolder(copy, Redactor.SHAPES_ONLY)) {
      return store.entries(RUN);
    }
  }

  private static Driver driver(RunStore store, World world, VirtualTimers timers) {
    return new Driver(
        new DriverParts(
            store,
            world.registry(),
            RepairCourse::before,
            timers,
            new TestIds("ahead"),
            Redactor.SHAPES_ONLY,
            signal -> Optional.empty(),
            List.of(),
            Dispatch.toNobody()));
  }
}
