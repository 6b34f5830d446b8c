package io.byteport.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.byteport.engine.journal.KnownSecrets;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.StoreException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class NarrationTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final VirtualTimers timers = new VirtualTimers(NOON);
  private final List<Note.Said> written = new CopyOnWriteArrayList<>();
  private final KnownSecrets secrets = new KnownSecrets();
  private final Narration narration =
      new Narration(timers, Redactor.SHAPES_ONLY.learning(secrets), this::write);

  private void write(List<Note> notes) {
    notes.forEach(note -> written.add((Note.Said) note));
  }

  private List<String> lines() {
    return written.stream().flatMap(said -> said.lines().stream()).toList();
  }

  @Test
  void what_is_said_is_written_in_its_order_without_being_asked_for() {
    Narration.Voice voice = narration.of("restart");
    voice.says("first");
    voice.says("second");
    timers.settle();
    voice.says("third");
    timers.settle();

    assertThat(written)
        .containsExactly(
            new Note.Said(NOON, "restart", List.of("first", "second")),
            new Note.Said(NOON, "restart", List.of("third")));
  }

  @Test
  void each_step_has_entries_of_its_own() {
    Narration.Voice one = narration.of("one");
    Narration.Voice other = narration.of("other");
    one.says("a");
    one.says("b");
    other.says("c");
    one.says("d");
    narration.settle();

    assertThat(written)
        .extracting(Note.Said::step, Note.Said::lines)
        .containsExactly(
            tuple("one", List.of("a", "b")),
            tuple("other", List.of("c")),
            tuple("one", List.of("d")));
  }

  @Test
  void what_is_said_after_the_end_is_dropped() {
    Narration.Voice voice = narration.of("restart");
    voice.says("in time");
    voice.close();
    voice.says("too late");
    narration.settle();

    assertThat(lines()).containsExactly("in time");
  }

  @Test
  void after_two_hundred_lines_the_others_are_counted() {
    Narration.Voice voice = narration.of("restart");
    IntStream.rangeClosed(1, 500).forEach(i -> voice.says("line " + i));
    voice.close();
    narration.settle();

    assertThat(lines()).hasSize(201).contains("line 200").endsWith("[300 more lines]");
  }

  @Test
  void looking_at_a_step_again_and_again_does_not_fill_the_journal() {
    for (int i = 0; i < 1_000; i++) {
      Narration.Voice voice = narration.of("restart");
      voice.says("2 of 3 pods are ready");
      voice.close();
    }
    narration.settle();

    assertThat(lines()).hasSize(201).endsWith("[1 more line]");
  }

  @Test
  void a_long_line_is_cut_at_a_whole_character() {
    Narration.Voice voice = narration.of("restart");
    voice.says("x".repeat(4096));
    voice.says("x".repeat(4097));
    voice.says("😀".repeat(5_000));
    voice.says("y".repeat(1_000_000));
    narration.settle();

    assertThat(lines().get(0)).isEqualTo("x".repeat(4096));
    assertThat(lines().get(1)).startsWith("xxx").endsWith("x [cut: 4097 characters]");
    assertThat(lines().get(2)).endsWith("😀 [cut: 10000 characters]");
    assertThat(lines().get(3)).endsWith("y [cut: 1000000 characters]");
    assertThat(lines())
        .allSatisfy(
            line ->
                assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(4096));
  }

  @Test
  void secrets_are_taken_out_and_nothing_that_a_terminal_obeys_stays() {
    secrets.add("correct horse");
    Narration.Voice voice = narration.of("restart");
    voice.says("login as correct horse");
    voice.says("password=hunter22");
    voice.says("\u001b[31mred\u001b[0m\tand\u0007");
    voice.says("two\nlines\r\n");
    narration.settle();

    assertThat(lines())
        .containsExactly(
            "login as [redacted]",
            "password=[redacted]",
            "\uFFFD[31mred\uFFFD[0m and\uFFFD",
            "two",
            "lines");
  }

  @Test
  void what_cannot_be_written_is_left_out_and_hurts_nobody() {
    Narration broken =
        new Narration(
            timers,
            Redactor.SHAPES_ONLY,
            notes -> {
              throw new StoreException("the disk is full");
            });
    Narration.Voice voice = broken.of("restart");
    voice.says("first");
    broken.settle();
    voice.says("second");
    timers.settle();
    voice.close();
    broken.settle();
  }

  @Test
  @Timeout(60)
  void an_action_never_waits_for_the_journal() throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (SystemTimers real = new SystemTimers(InstantSource.system())) {
      Narration slow =
          new Narration(
              real,
              Redactor.SHAPES_ONLY,
              notes -> {
                writing.countDown();
                try {
                  goOn.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                write(notes);
              });
      Narration.Voice voice = slow.of("restart");
      voice.says("first");
      writing.await();
      IntStream.rangeClosed(2, 100).forEach(i -> voice.says("line " + i));
      voice.close();
      assertThat(written).isEmpty();
      goOn.countDown();
      slow.settle();
      assertThat(lines()).hasSize(100).endsWith("line 100");
    }
  }

  @Test
  @Timeout(60)
  void lines_may_come_from_any_thread() throws Exception {
    Narration.Voice voice = narration.of("restart");
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 150; i++) {
        String line = "line " + i;
        threads.execute(() -> voice.says(line));
      }
      threads.shutdown();
      assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }
    voice.close();
    narration.settle();

    assertThat(lines())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 150).mapToObj(i -> "line " + i).toList());
  }
}
