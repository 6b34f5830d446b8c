package io.byteport.engine.journal;

import static io.byteport.engine.journal.Entries.NOON;
import static io.byteport.engine.journal.Entries.intent;
import static io.byteport.engine.journal.Entries.opened;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.engine.guardrail.Claim;
import io.byteport.engine.guardrail.Standing;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.RunId;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {
  private static final List<Claim> ONCE =
      List.of(new Claim.Limit("once", "restart", 1, Duration.ofHours(1)));

  @TempDir Path folder;

  @Test
  void whatWasWrittenIsThereWhenTheFolderIsOpenedAgain() {
    try (RunStore store = open()) {
      store.open(opened("run-1", "pod/a"));
      store.reserve(new RunId("run-1"), intent("i1", NOON), ONCE);
    }
    try (RunStore store = open()) {
      assertThat(store.entries(new RunId("run-1"))).hasSize(2);
      assertThat(store.check(new RunId("run-1"), ONCE, NOON, false).getFirst().granted()).isFalse();
    }
  }

  @Test
  void aSecondProcessIsToldThatTheFolderIsInUse() throws Exception {
    Process holder = holder();
    try {
      assertThatThrownBy(this::open)
          .isInstanceOf(StoreException.class)
          .hasMessage(
              "the state folder "
                  + folder
                  + " is in use by another process ("
                  + holder.pid()
                  + "): stop it, or choose another folder");
    } finally {
      holder.destroyForcibly().waitFor();
    }
    open().close();
  }

  @Test
  void theSameProcessCannotOpenAFolderTwice() {
    try (RunStore store = open()) {
      assertThatThrownBy(this::open).hasMessageContaining("in use");
      assertThat(store.unfinished()).isEmpty();
    }
  }

  @Test
  void anIntentOutlivesAProcessThatIsKilledAtOnce() throws Exception {
    holder().destroyForcibly().waitFor();

    try (RunStore store = open()) {
      assertThat(store.entries(new RunId("run-1")).getLast())
          .isInstanceOfSatisfying(
              Event.ChangeIntended.class,
              intended -> assertThat(intended.intent().value()).isEqualTo("i1"));
      assertThat(store.check(new RunId("run-1"), ONCE, NOON, false).getFirst().granted()).isFalse();
      assertThat(store.unfinished()).containsExactly(new RunId("run-1"));
    }
  }

  @Test
  void who_finds_a_run_before_its_opening_returns_and_claims_it_writes_to_it() throws Exception {
    try (RunStore store = open();
        ExecutorService opener = Executors.newSingleThreadExecutor()) {
      for (int i = 0; i < 50; i++) {
        RunId run = new RunId("found-" + i);
        Event.Opened opened = opened(run.value(), "pod/found-" + i);
        Future<Optional<RunId>> opening = opener.submit(() -> store.open(opened));
        while (store.run(run).isEmpty()) {
          Thread.onSpinWait();
        }
        assertThat(store.claim(run)).isTrue();
        assertThat(opening.get()).isEmpty();

        store.append(run, List.of(new Event.TimeReached(NOON, NOON)));
        assertThat(store.entries(run)).hasSize(2);
      }
    }
  }

  @Test
  void a_file_that_cannot_be_read_is_kept_and_nothing_begins_anew() throws Exception {
    open().close();
    Path file = folder.resolve("byteport.mv.db");
    byte[] damaged = Files.readAllBytes(file);
    Arrays.fill(damaged, (byte) 7);
    Files.write(file, damaged);

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(this::open)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("the file is damaged and nothing was begun anew")
          .hasMessageContaining("byteport.unreadable");
    }
    assertThat(folder.resolve("byteport.unreadable")).hasBinaryContent(damaged);
    assertThat(file).hasBinaryContent(damaged);
  }

  /** What a process left that was killed while H2 had written half of a commit. */
  @Test
  void a_folder_that_was_left_in_the_middle_of_a_commit_is_whole_again() throws Exception {
    try (InputStream packed =
            StateFolderTest.class.getResourceAsStream("/journal/killed-in-a-commit.mv.db.gz");
        InputStream database = new GZIPInputStream(packed)) {
      Files.copy(database, folder.resolve("byteport.mv.db"));
    }
    RunId run = new RunId("stairs-4");
    Claim limit = new Claim.Limit("limit", "changes of stairs-4", 2, Duration.ofHours(1));
    try (RunStore store = open()) {
      assertThat(store.unfinished()).containsExactly(run);
      assertThat(store.claim(run)).isTrue();
      assertThat(store.reserve(run, intent("i1", NOON), List.of(limit)))
          .allMatch(Standing::granted);
      assertThat(store.entries(run)).hasSize(5);
    }
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThatThrownBy(() -> SqlRunStore.inFolder(file.resolve("state"), Redactor.SHAPES_ONLY))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("the state folder " + file.resolve("state") + " cannot be used");
  }

  private RunStore open() {
    return SqlRunStore.inFolder(folder, Redactor.SHAPES_ONLY);
  }

  /** A process that has recorded an intent and holds the folder. */
  private Process holder() throws Exception {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    while (line != null && !line.equals("reserved")) {
      line = out.readLine();
    }
    assertThat(line).isEqualTo("reserved");
    return process;
  }

  /** Reserves, says so, and waits to be killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws Exception {
      RunStore store = SqlRunStore.inFolder(Path.of(args[0]), Redactor.SHAPES_ONLY);
      store.open(opened("run-1", "pod/a"));
      store.reserve(new RunId("run-1"), intent("i1", NOON), ONCE);
      System.out.println("reserved");
      new java.util.concurrent.CountDownLatch(1).await();
    }
  }
}
