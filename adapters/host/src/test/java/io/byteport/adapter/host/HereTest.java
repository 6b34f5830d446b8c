package io.byteport.adapter.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Percent;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action.Probe;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads and changes on the machine that the tests run on. */
class HereTest {
  private final Rig rig = Rig.here();

  @BeforeEach
  void onLinux() {
    Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/stat")), "there is no /proc here");
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static double number(StructValue struct, String field) {
    return ((Value.NumberValue) struct.get(field)).value();
  }

  private static DataSize size(StructValue struct, String field) {
    return ((Value.SizeValue) struct.get(field)).value();
  }

  private static Percent percent(StructValue struct, String field) {
    return ((Value.PercentValue) struct.get(field)).value();
  }

  private StructValue read(String name, Object... inputs) throws Exception {
    StructValue found = rig.read(name, inputs);
    assertThat(found).isNotNull();
    return found;
  }

  @Test
  void the_filesystem_of_a_path_adds_up(@TempDir Path folder) throws Exception {
    StructValue found = read("host.filesystem", "path", folder.toString());
    assertThat(size(found, "size").bytes())
        .isGreaterThanOrEqualTo(size(found, "used").bytes() + size(found, "free").bytes());
    assertThat(percent(found, "usedPercent").points()).isBetween(0.0, 100.0);
    assertThat(Rig.text(found, "mount")).startsWith("/");
  }

  @Test
  void a_mount_point_with_spaces_and_control_characters_is_told_as_it_is(@TempDir Path folder)
      throws Exception {
    String name = folder.toRealPath() + "/a b\nc\\d";
    Process mount =
        new ProcessBuilder(
                "/bin/sh",
                "-c",
                "mkdir -p -- \"$1\" && mount -t tmpfs -o size=64k none \"$1\"",
                "sh",
                name)
            .start();
    Assumptions.assumeTrue(mount.waitFor() == 0, "a tmpfs cannot be mounted here");
    try {
      StructValue found = read("host.filesystem", "path", name);
      assertThat(Rig.text(found, "mount")).isEqualTo(name);
      assertThat(Rig.text(found, "fsType")).isEqualTo("tmpfs");
      assertThat(size(found, "size")).isEqualTo(new DataSize(65536));
      new ProcessBuilder("/bin/sh", "-c", "cat /dev/zero > \"$1/fill\" 2>/dev/null", "sh", name)
          .start()
          .waitFor();
      assertThat(percent(read("host.filesystem", "path", name), "usedPercent").points())
          .isEqualTo(100);
    } finally {
      assertThat(new ProcessBuilder("umount", name).start().waitFor()).isZero();
    }
  }

  @Test
  void a_path_that_is_not_there_is_not_found() {
    assertThatThrownBy(() -> rig.read("host.filesystem", "path", "/no/such/path"))
        .isInstanceOfSatisfying(
            ActionException.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND);
              assertThat(failure.reason()).contains("No such file or directory");
            });
    assertThatThrownBy(() -> rig.read("host.filesystem", "path", "--help"))
        .hasMessageContaining("expected a path from /");
  }

  @Test
  void filesystems_on_disks_are_listed() throws Exception {
    for (StructValue each : Rig.structs(read("host.filesystems").get("mounts"))) {
      assertThat(Rig.text(each, "fsType")).isNotIn("tmpfs", "proc", "overlay");
    }
  }

  @Test
  void the_largest_directories_leave_out_those_that_only_contain_another(@TempDir Path folder)
      throws Exception {
    Path root = folder.toRealPath();
    Path deep = Files.createDirectories(root.resolve("outer/inner/deep\nest"));
    Files.write(deep.resolve("big"), new byte[3_000_000]);
    Files.write(Files.createDirectory(root.resolve("other")).resolve("big"), new byte[1_000_000]);
    List<StructValue> found =
        Rig.structs(
            read("host.largestDirectories", "path", root.toString(), "top", 2).get("directories"));
    assertThat(found.stream().map(each -> Rig.text(each, "path")))
        .containsExactly(deep.toString(), root + "/other");
    assertThat(size(found.get(1), "size").bytes()).isGreaterThanOrEqualTo(1_000_000);
  }

  @Test
  void the_machine_says_what_it_is() throws Exception {
    StructValue found = read("host.info");
    assertThat(Rig.text(found, "kernel")).startsWith("Linux ");
    assertThat(Rig.text(found, "os")).isNotBlank();
  }

  @Test
  void programs_that_are_there_are_found() throws Exception {
    assertThat(
            Rig.texts(
                read(
                        "host.which",
                        "names",
                        List.of("cat", "no-such-program", "if", "-v", "../bin/cat"))
                    .get("found")))
        .containsExactly("cat");
  }

  @Test
  void memory_and_who_holds_it_are_told() throws Exception {
    StructValue found = read("host.memory", "top", 3);
    assertThat(size(found, "total").bytes()).isGreaterThan(size(found, "used").bytes());
    List<StructValue> users = Rig.structs(found.get("users"));
    assertThat(users).hasSize(3);
    assertThat(size(users.get(0), "rss")).isGreaterThanOrEqualTo(size(users.get(1), "rss"));
    assertThat(size(read("proc.meminfo"), "total")).isEqualTo(size(found, "total"));
  }

  @Test
  void processors_descriptors_and_swapping_are_told() throws Exception {
    StructValue cpu = read("host.cpu", "over", Duration.ofMillis(200));
    assertThat(percent(cpu, "used").points()).isBetween(0.0, 100.0);
    assertThat(number(cpu, "cpus")).isEqualTo(Runtime.getRuntime().availableProcessors());
    StructValue files = read("host.fileDescriptors");
    assertThat(number(files, "used")).isBetween(1.0, number(files, "maximum"));
    assertThat(number(read("proc.swapRate", "over", Duration.ofMillis(200)), "inPerSecond"))
        .isNotNegative();
  }

  @Test
  void this_very_process_is_found_looked_at_and_told_apart_from_a_later_one() throws Exception {
    StructValue self =
        Rig.structs(read("proc.top", "count", 1000).get("list")).stream()
            .filter(each -> number(each, "pid") == ProcessHandle.current().pid())
            .findFirst()
            .orElseThrow();
    assertThat(Rig.text(self, "runtime")).isEqualTo("jvm");
    Instant started = ((Value.InstantValue) self.get("startedAt")).value();
    assertThat(started)
        .isBetween(
            ProcessHandle.current().info().startInstant().orElseThrow().minusSeconds(3),
            ProcessHandle.current().info().startInstant().orElseThrow().plusSeconds(3));

    StructValue inspected = read("proc.inspect", "process", self);
    assertThat(number(inspected, "openFiles")).isPositive();
    assertThat(number(inspected, "threads")).isGreaterThan(5);
    assertThat(Rig.structs(inspected.get("tree"))).isNotEmpty();

    StructValue another = self.with("startedAt", Value.of(started.minusSeconds(60)));
    assertThatThrownBy(() -> rig.read("proc.inspect", "process", another))
        .hasMessageContaining("any more");
  }

  @Test
  void the_processes_that_are_busy_now_come_first() throws Exception {
    List<StructValue> busy =
        Rig.structs(
            read("proc.top", "by", "cpu", "count", 1000, "over", Duration.ofMillis(300))
                .get("list"));
    List<Double> shares = busy.stream().map(each -> percent(each, "cpu").points()).toList();
    assertThat(shares).isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(shares)
        .allSatisfy(
            share ->
                assertThat(share)
                    .isBetween(0.0, 110.0 * Runtime.getRuntime().availableProcessors()));
  }

  @Test
  void a_heap_is_looked_at_and_saved(@TempDir Path folder) throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/jcmd")), "jcmd is not installed");
    StructValue self =
        Rig.structs(read("proc.top", "count", 1000).get("list")).stream()
            .filter(each -> number(each, "pid") == ProcessHandle.current().pid())
            .findFirst()
            .orElseThrow();

    StructValue heap = read("proc.heap", "process", self);
    assertThat(size(heap, "used").bytes()).isPositive();

    Object[] inputs = {"process", self, "into", folder.toString()};
    StructValue memo = rig.prepare("proc.saveHeap", inputs);
    assertThat(rig.probe(memo, "proc.saveHeap", inputs)).isEqualTo(Probe.NOT_DONE);
    Rig.Done saved = rig.changeAfter(memo, "proc.saveHeap", inputs);
    Path dump = Path.of(Rig.text(saved.output(), "path"));
    assertThat(Files.size(dump)).isEqualTo(saved.bytes("size")).isPositive();
    assertThat(rig.probe(memo, "proc.saveHeap", inputs)).isEqualTo(Probe.TOOK_EFFECT);
  }

  @Test
  void a_heap_is_not_saved_where_it_would_fill_the_disk(@TempDir Path folder) throws Exception {
    Process mount =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=1m", "none", folder.toString())
            .start();
    Assumptions.assumeTrue(mount.waitFor() == 0, "a tmpfs cannot be mounted here");
    try {
      StructValue self =
          Rig.structs(read("proc.top", "count", 1000).get("list")).stream()
              .filter(each -> number(each, "pid") == ProcessHandle.current().pid())
              .findFirst()
              .orElseThrow();
      assertThatThrownBy(
              () -> rig.prepare("proc.saveHeap", "process", self, "into", folder.toString()))
          .hasMessageContaining("less than twice");
    } finally {
      assertThat(new ProcessBuilder("umount", folder.toString()).start().waitFor()).isZero();
    }
  }

  private StructValue found(String name) throws Exception {
    for (int i = 0; i < 600; i++) {
      StructValue process =
          rig.read("host.findProcess", "names", List.of("nobody-is-called-so", name));
      if (process != null) {
        return process;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new AssertionError("there is no process " + name);
  }

  private static Process sleeper(Path folder, String name) throws Exception {
    Path program = Files.copy(Path.of("/bin/sleep"), folder.resolve(name));
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return new ProcessBuilder(program.toString(), "600").start();
  }

  @Test
  void a_process_is_found_by_name_and_signalled_once(@TempDir Path folder) throws Exception {
    Process sleeper = sleeper(folder, "sleeper-with-a-long-name");
    try {
      StructValue process = found("sleeper-with-a-long-name");
      assertThat(number(process, "pid")).isEqualTo(sleeper.pid());
      List<String> names = List.of("sh", "java", "sleeper-with-a-long-name");
      assertThat(
              rig.read("host.findProcess", "names", names, "only", "sleeper-with-a-long-name")
                  .get("pid"))
          .isEqualTo(process.get("pid"));
      assertThat(rig.read("host.findProcess", "names", List.of("java"), "only", "sh")).isNull();
      Object[] inputs = {"process", process, "signal", "TERM"};
      StructValue memo = rig.prepare("host.signalProcess", inputs);
      assertThat(rig.probe(memo, "host.signalProcess", inputs)).isEqualTo(Probe.UNKNOWN);
      assertThat(rig.changeAfter(memo, "host.signalProcess", inputs).changed()).isTrue();
      assertThat(sleeper.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(rig.probe(memo, "host.signalProcess", inputs)).isEqualTo(Probe.TOOK_EFFECT);
      assertThat(rig.changeAfter(memo, "host.signalProcess", inputs).output().get("signalled"))
          .isEqualTo(Value.of(false));
    } finally {
      sleeper.destroyForcibly();
    }
  }

  @Test
  void another_process_with_the_same_pid_gets_no_signal(@TempDir Path folder) throws Exception {
    Process sleeper = sleeper(folder, "sleeper-b");
    try {
      StructValue process = found("sleeper-b");
      Instant started = ((Value.InstantValue) process.get("startedAt")).value();
      StructValue earlier = process.with("startedAt", Value.of(started.minusSeconds(10)));
      Rig.Done done = rig.change("host.signalProcess", "process", earlier, "signal", "TERM");
      assertThat(done.changed()).isFalse();
      assertThat(sleeper.isAlive()).isTrue();
    } finally {
      sleeper.destroyForcibly();
    }
  }

  @Test
  void a_process_is_made_easier_to_kill_and_nicer(@TempDir Path folder) throws Exception {
    Process sleeper = sleeper(folder, "sleeper-c");
    try {
      StructValue process = found("sleeper-c");
      Object[] score = {"process", process, "score", 300};
      StructValue memo = rig.prepare("proc.setOomScore", score);
      assertThat(rig.probe(memo, "proc.setOomScore", score)).isEqualTo(Probe.NOT_DONE);
      Rig.Done done = rig.changeAfter(memo, "proc.setOomScore", score);
      assertThat(done.number("to")).isEqualTo(300);
      assertThat(Path.of("/proc/" + sleeper.pid() + "/oom_score_adj")).hasContent("300");
      assertThat(rig.probe(memo, "proc.setOomScore", score)).isEqualTo(Probe.TOOK_EFFECT);
      assertThat(rig.change("proc.setOomScore", score).changed()).isFalse();

      Rig.Done nicer = rig.change("proc.renice", "process", process, "nice", 19);
      assertThat(nicer.number("to")).isEqualTo(19);
      assertThat(number(read("proc.inspect", "process", process), "nice")).isEqualTo(19);
      assertThatThrownBy(() -> rig.change("proc.renice", "process", process, "nice", 20))
          .hasMessageContaining("from -20 to 19");
    } finally {
      sleeper.destroyForcibly();
    }
  }

  @Test
  void files_are_backed_up_and_put_back_as_they_were(@TempDir Path folder) throws Exception {
    Path root = folder.toRealPath();
    Path one = Files.writeString(root.resolve("a b\nc"), "one");
    Path two = Files.writeString(root.resolve("-two"), "two");
    assertThat(new ProcessBuilder("chmod", "640", two.toString()).start().waitFor()).isZero();
    Path backups = Files.createDirectory(root.resolve("backups"));
    Object[] inputs = {
      "files",
      List.of(one.toString(), two.toString()),
      "roots",
      List.of(root.toString()),
      "root",
      backups.toString(),
      "as",
      "run-1"
    };
    StructValue memo = rig.prepare("host.backupFiles", inputs);
    assertThat(rig.probe(memo, "host.backupFiles", inputs)).isEqualTo(Probe.NOT_DONE);
    Rig.Done backup = rig.changeAfter(memo, "host.backupFiles", inputs);
    assertThat(rig.probe(memo, "host.backupFiles", inputs)).isEqualTo(Probe.TOOK_EFFECT);
    assertThat(rig.change("host.backupFiles", inputs).changed()).isFalse();
    Path made = backups.resolve("run-1");
    assertThat(Rig.text(backup.output(), "path")).isEqualTo(made.toString());
    assertThat(Files.getPosixFilePermissions(made)).hasSize(3);

    Files.writeString(one, "changed");
    Files.delete(two);
    Object[] restore = {"backup", made.toString()};
    StructValue noted = rig.prepare("host.restoreFiles", restore);
    assertThat(rig.probe(noted, "host.restoreFiles", restore)).isEqualTo(Probe.NOT_DONE);
    Rig.Done restored = rig.changeAfter(noted, "host.restoreFiles", restore);
    assertThat(Rig.texts(restored.output().get("files")))
        .containsExactly(one.toString(), two.toString());
    assertThat(one).hasContent("one");
    assertThat(two).hasContent("two");
    assertThat(Files.getPosixFilePermissions(two)).hasSize(3);
    assertThat(rig.probe(noted, "host.restoreFiles", restore)).isEqualTo(Probe.TOOK_EFFECT);

    Files.writeString(made.resolve("1"), "damaged");
    assertThatThrownBy(() -> rig.change("host.restoreFiles", restore))
        .hasMessageContaining("is damaged");
    assertThat(one).hasContent("one");
  }

  @Test
  void what_lies_outside_the_roots_is_not_backed_up(@TempDir Path folder) throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("/etc/passwd"));
    assertThatThrownBy(
            () ->
                rig.prepare(
                    "host.backupFiles",
                    "files",
                    List.of(link.toString()),
                    "roots",
                    List.of(folder.toString()),
                    "root",
                    folder.toString(),
                    "as",
                    "x"))
        .hasMessageContaining("/etc/passwd, which does not lie under");
    assertThatThrownBy(
            () ->
                rig.prepare(
                    "host.backupFiles",
                    "files",
                    List.of(),
                    "roots",
                    List.of(),
                    "root",
                    folder.toString(),
                    "as",
                    "../x"))
        .hasMessageContaining("one plain name");
  }

  @Test
  void what_is_no_backup_is_not_restored(@TempDir Path folder) {
    assertThatThrownBy(() -> rig.prepare("host.restoreFiles", "backup", folder.toString()))
        .hasMessageContaining("is no backup");
  }

  @Test
  void a_program_runs_with_its_arguments_as_they_are() throws Exception {
    Rig.Done done = rig.change("shell.run", "argv", List.of("printf", "%s|", "a b", "$(id)", "*"));
    assertThat(Rig.text(done.output(), "stdout")).isEqualTo("a b|$(id)|*|");
    assertThat(rig.heard).containsExactly("a b|$(id)|*|");
  }

  @Test
  void a_program_that_fails_fails_in_its_own_words() {
    assertThatThrownBy(() -> rig.change("shell.run", "argv", List.of("cat", "/no/such/file")))
        .isInstanceOfSatisfying(
            ActionException.class,
            failure -> {
              assertThat(failure.reason())
                  .contains("status 1")
                  .contains("No such file or directory");
              assertThat(failure.effect()).isEqualTo(ActionException.Effect.UNKNOWN);
            });
  }

  @Test
  void only_what_the_inventory_lists_is_run() throws Exception {
    try (Rig unlisted = Rig.with(Map.of())) {
      for (List<String> argv : List.of(List.of("true"), List.of("sh", "-c", "id"))) {
        assertThatThrownBy(() -> unlisted.prepare("shell.run", "argv", argv))
            .hasMessageContaining("is not among the `programs` of localhost, which lists none");
      }
    }
    try (Rig listed = Rig.with(Map.of("programs", List.of("sh -c true", "echo one *", "seq **")))) {
      assertThat(listed.change("shell.run", "argv", List.of("sh", "-c", "true")).changed())
          .isTrue();
      assertThat(listed.change("shell.run", "argv", List.of("echo", "one", "a b")).changed())
          .isTrue();
      assertThat(listed.change("shell.run", "argv", List.of("seq", "1", "1", "3")).changed())
          .isTrue();
      for (List<String> other :
          List.of(
              List.of("sh", "-c", "id"),
              List.of("echo", "two", "x"),
              List.of("echo", "one"),
              List.of("echo", "one", "x", "y"),
              List.of("id"))) {
        assertThatThrownBy(() -> listed.prepare("shell.run", "argv", other))
            .isInstanceOfSatisfying(
                ActionException.class,
                failure -> assertThat(failure.kind()).isEqualTo(FailureKind.FORBIDDEN));
      }
    }
  }

  @Test
  void after_a_crash_only_what_is_repeatable_is_said_to_be_not_done() throws Exception {
    Object[] once = {"argv", List.of("true")};
    Object[] again = {"argv", List.of("true"), "repeatable", true};
    assertThat(rig.probe(rig.prepare("shell.run", once), "shell.run", once))
        .isEqualTo(Probe.UNKNOWN);
    assertThat(rig.probe(rig.prepare("shell.run", again), "shell.run", again))
        .isEqualTo(Probe.NOT_DONE);
  }

  @Test
  void a_host_that_the_inventory_does_not_know_is_not_found() {
    assertThatThrownBy(() -> rig.read("host.memory", "host", "elsewhere"))
        .hasMessageContaining("there is no host `elsewhere`");
    try (Rig empty = Rig.of()) {
      assertThatThrownBy(() -> empty.read("host.memory", "host", "elsewhere"))
          .hasMessageContaining("in the inventory; it has none");
    }
  }
}
