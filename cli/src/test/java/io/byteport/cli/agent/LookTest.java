package io.byteport.cli.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.run.VirtualTimers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // a look is only kept open
class LookTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir private Path folder;

  private final VirtualTimers timers = new VirtualTimers(NOON);
  private final AtomicInteger changes = new AtomicInteger();

  private Look looking(Path... places) {
    Look look = new Look(timers, () -> List.of(places), changes::incrementAndGet);
    look.start();
    return look;
  }

  private void second() {
    timers.advanceTo(timers.clock().instant().plusSeconds(1));
    timers.settle();
  }

  @Test
  void a_change_counts_once_it_has_been_the_same_for_two_looks() throws IOException {
    Path file = Files.writeString(folder.resolve("agent.yaml"), "a");
    try (Look look = looking(file)) {
      second();
      assertThat(changes).hasValue(0);
      Files.writeString(file, "longer");
      second();
      Files.writeString(file, "longer still");
      second();
      assertThat(changes).hasValue(0);
      second();
      second();
      assertThat(changes).hasValue(1);
    }
  }

  @Test
  void what_appears_in_a_folder_is_a_change_and_what_is_no_yaml_is_none() throws IOException {
    Path runbooks = Files.createDirectory(folder.resolve("runbooks"));
    try (Look look = looking(runbooks)) {
      Files.writeString(runbooks.resolve("notes.txt"), "a");
      second();
      second();
      assertThat(changes).hasValue(0);
      Files.writeString(runbooks.resolve("own.yaml"), "a");
      second();
      second();
      assertThat(changes).hasValue(1);
    }
  }

  @Test
  void a_mounted_configuration_that_is_exchanged_behind_its_link_is_a_change() throws IOException {
    Path one = Files.createDirectory(folder.resolve("..one"));
    Path two = Files.createDirectory(folder.resolve("..two"));
    Files.writeString(one.resolve("agent.yaml"), "a");
    Files.writeString(two.resolve("agent.yaml"), "a");
    Path data = Files.createSymbolicLink(folder.resolve("..data"), one);
    Path file =
        Files.createSymbolicLink(folder.resolve("agent.yaml"), Path.of("..data", "agent.yaml"));
    try (Look look = looking(file)) {
      second();
      Files.delete(data);
      Files.createSymbolicLink(data, two);
      second();
      second();
      assertThat(changes).hasValue(1);
    }
  }

  @Test
  void what_is_known_already_is_no_change() throws IOException {
    Path file = Files.writeString(folder.resolve("agent.yaml"), "a");
    try (Look look = looking(file)) {
      Files.writeString(file, "longer");
      look.know();
      second();
      second();
      assertThat(changes).hasValue(0);
    }
  }
}
