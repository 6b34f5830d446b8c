package io.byteport.adapter.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.dsl.value.DataSize;
import io.byteport.engine.spi.Action.Probe;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deleting and compressing, on real files of every kind. */
class SweepTest {
  private static final Duration WEEK = Duration.ofDays(7);

  private final Rig rig = Rig.here();
  @TempDir Path folder;
  private Path root = Path.of("/");

  @BeforeEach
  void makeRoot() throws IOException {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/find")), "find is not installed");
    root = Files.createDirectory(folder.toRealPath().resolve("root"));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private Path old(String name, int size) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(
        file,
        "line of a log\n"
            .repeat(size / 14 + 1)
            .substring(0, size)
            .getBytes(StandardCharsets.US_ASCII));
    age(file);
    return file;
  }

  private static void age(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(30))));
  }

  private Rig.Done delete() throws ActionException, InterruptedException {
    return rig.change("host.deleteFiles", "roots", List.of(root.toString()), "olderThan", WEEK);
  }

  private Rig.Done deleteDirectories() throws ActionException, InterruptedException {
    return rig.change(
        "host.deleteFiles",
        "roots",
        List.of(root.toString()),
        "olderThan",
        WEEK,
        "wholeDirectories",
        true);
  }

  private Rig.Done compress() throws ActionException, InterruptedException {
    return rig.change(
        "host.compressFiles",
        "roots",
        List.of(root.toString()),
        "olderThan",
        WEEK,
        "largerThan",
        new DataSize(1000));
  }

  private TreeSet<String> left() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return new TreeSet<>(all.skip(1).map(path -> root.relativize(path).toString()).toList());
    }
  }

  private long blocks(Path file) throws Exception {
    Process stat = new ProcessBuilder("stat", "-c", "%b", "--", file.toString()).start();
    return Long.parseLong(
            new String(stat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip())
        * 512;
  }

  private static void sh(Path in, String script) throws IOException, InterruptedException {
    Process shell =
        new ProcessBuilder("/bin/sh", "-c", script).directory(in.toFile()).inheritIO().start();
    assertThat(shell.waitFor()).as(script).isZero();
  }

  @Test
  void old_files_go_and_young_ones_stay() throws Exception {
    old("old", 100);
    old("deep/er/old", 100);
    Files.writeString(root.resolve("young"), "x");

    Rig.Done done = delete();

    assertThat(left()).containsExactly("deep", "deep/er", "young");
    assertThat(done.number("files")).isEqualTo(2);
    assertThat(done.changed()).isTrue();
    assertThat(delete().changed()).isFalse();
  }

  @Test
  void what_was_freed_is_true_to_the_byte() throws Exception {
    long expected = blocks(old("one", 10_000)) + blocks(old("empty", 0));
    Path sparse = root.resolve("sparse");
    try (RandomAccessFile file = new RandomAccessFile(sparse.toFile(), "rw")) {
      file.setLength(1L << 30);
      file.seek(4096);
      file.write(new byte[5000]);
    }
    age(sparse);
    expected += blocks(sparse);
    Path twice = old("twice", 20_000);
    Files.createLink(root.resolve("again"), twice);
    expected += blocks(twice);
    Files.createLink(folder.resolve("elsewhere"), old("shared", 30_000));

    Rig.Done done = delete();

    assertThat(left()).isEmpty();
    assertThat(done.number("files")).isEqualTo(6);
    assertThat(done.bytes("freed")).isEqualTo(expected);
    assertThat(folder.resolve("elsewhere")).hasSize(30_000);
  }

  @Test
  void links_out_are_neither_followed_nor_removed() throws Exception {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Path precious = Files.writeString(outside.resolve("precious"), "x".repeat(5000));
    age(precious);
    Files.createSymbolicLink(root.resolve("directory"), outside);
    Files.createSymbolicLink(root.resolve("file"), precious);

    assertThat(delete().changed()).isFalse();
    assertThat(compress().changed()).isFalse();
    assertThat(precious).hasSize(5000);
    assertThat(Files.isSymbolicLink(root.resolve("file"))).isTrue();
  }

  @Test
  void only_regular_files_go() throws Exception {
    sh(root, "mkfifo fifo && touch -d '30 days ago' fifo");
    try (var socket =
        java.nio.channels.ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
      socket.bind(java.net.UnixDomainSocketAddress.of(root.resolve("socket")));
      age(root.resolve("socket"));
      delete();
      compress();
      assertThat(left()).containsExactly("fifo", "socket");
    }
  }

  @Test
  void open_files_stay() throws Exception {
    Path open = old("open", 5000);
    Path mapped = old("mapped", 5000);
    try (RandomAccessFile writer = new RandomAccessFile(open.toFile(), "r")) {
      MappedByteBuffer bytes;
      try (FileChannel channel = FileChannel.open(mapped)) {
        bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, 5000);
      }
      compress();
      delete();
      assertThat(left()).containsExactly("mapped", "open");
      assertThat(bytes.get(0)).isEqualTo((byte) 'l');
      assertThat(writer.length()).isEqualTo(5000);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lastlog",
        "wtmp",
        "btmp",
        "wtmp.1",
        "audit.log",
        "audit/audit.log",
        "audit/audit.log.3",
        "nginx/access.log",
        "nginx/error.log",
        "auth.log",
        "journal/4711/system.journal",
        "journal/4711/system@1.journal~"
      })
  void what_tells_of_intruders_stays_whatever_its_age(String name) throws Exception {
    old(name, 5000);
    assertThat(delete().changed()).isFalse();
    assertThat(deleteDirectories().changed()).isFalse();
    assertThat(compress().changed()).isFalse();
    assertThat(root.resolve(name)).hasSize(5000);
  }

  @Test
  void rotated_access_logs_go() throws Exception {
    old("access.log.2", 5000);
    assertThat(delete().number("files")).isEqualTo(1);
  }

  @Test
  void odd_names_are_names() throws Exception {
    sh(
        root,
        "for name in -rf '--' 'a b' \"it's\" '$(touch owned)' '`id`' '; rm x' '*' '?' '\"' '\\'"
            + " '{}' '!' '(' \"$(printf 'new\\n"
            + "line')\" \"$(printf 'esc\\033[31m')\" \"$(printf 'bad\\377utf8')\" '~' '#'; do"
            + " printf '%5000s' x > \"./$name\" && touch -d '30 days ago' \"./$name\" || exit 1;"
            + " done; mkdir -- '-delete' && printf x > ./-delete/-o && touch -d '30 days ago'"
            + " ./-delete/-o ./-delete");
    try (Stream<Path> before = Files.list(root)) {
      assertThat(before.count()).isEqualTo(20);
    }

    assertThat(compress().number("files")).isEqualTo(19);
    sh(root, "test -f './-rf.gz' && test -f './{}.gz' && test ! -e owned");
    assertThat(delete().number("files")).isEqualTo(20);
    assertThat(deleteDirectories().changed()).isFalse();
    sh(root, "test -d ./-delete && test \"$(ls -A | wc -l)\" = 1");
  }

  @Test
  void a_directory_of_which_all_is_old_goes_as_a_whole() throws Exception {
    old("gone/a/b", 5000);
    old("gone/c", 100);
    Files.createSymbolicLink(root.resolve("gone/link"), Path.of("/etc"));
    old("kept/old", 100);
    Files.writeString(root.resolve("kept/young"), "x");
    old("socket/old", 100);
    sh(
        root,
        "mkfifo socket/fifo; find . -depth ! -name young -exec touch -h -d '30 days ago' {} +");
    sh(root, "touch kept");

    Rig.Done done = deleteDirectories();

    assertThat(left())
        .containsExactly("kept", "kept/old", "kept/young", "socket", "socket/fifo", "socket/old");
    assertThat(done.number("files")).isEqualTo(2);
    assertThat(Path.of("/etc/passwd")).exists();
  }

  @Test
  void a_directory_that_a_process_works_in_stays() throws Exception {
    old("busy/file", 100);
    sh(root, "touch -d '30 days ago' busy");
    Process process =
        new ProcessBuilder("sleep", "600").directory(root.resolve("busy").toFile()).start();
    try {
      assertThat(deleteDirectories().changed()).isFalse();
      assertThat(root.resolve("busy/file")).exists();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void compressing_keeps_content_age_and_mode_and_tells_what_it_freed() throws Exception {
    Path log = old("app.log", 1_000_000);
    sh(root, "chmod 640 app.log");
    long before = blocks(log);
    byte[] content = Files.readAllBytes(log);
    old("small.log", 500);
    old("other.gz", 5000);
    old("system.journal", 5000);
    Files.createLink(root.resolve("second-name"), old("linked.log", 5000));

    Rig.Done done = compress();

    assertThat(left())
        .containsExactly(
            "app.log.gz", "linked.log", "other.gz", "second-name", "small.log", "system.journal");
    Path compressed = root.resolve("app.log.gz");
    assertThat(done.number("files")).isEqualTo(1);
    assertThat(done.bytes("freed")).isEqualTo(before - blocks(compressed));
    try (var in = new java.util.zip.GZIPInputStream(Files.newInputStream(compressed))) {
      assertThat(in.readAllBytes()).isEqualTo(content);
    }
    assertThat(Files.getPosixFilePermissions(compressed)).hasSize(3);
    assertThat(Files.getLastModifiedTime(compressed).toInstant())
        .isBefore(Instant.now().minus(Duration.ofDays(29)));
  }

  @Test
  void nothing_is_overwritten_by_compressing() throws Exception {
    old("app.log", 5000);
    Files.writeString(root.resolve("app.log.gz"), "precious");
    compress();
    assertThat(root.resolve("app.log")).hasSize(5000);
    assertThat(root.resolve("app.log.gz")).hasContent("precious");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "//",
        "/etc",
        "/etc/nginx",
        "/usr",
        "/usr/lib/x",
        "/home",
        "/var",
        "/var/lib",
        "/bin",
        "/boot/x",
        "/dev/shm",
        "/proc",
        "/root/x",
        "/run",
        "/sys",
        "/var/log/audit",
        "/tmp/../etc",
        "/var/lib/postgresql/16/main",
        "/var/./lib",
        "tmp",
        "",
        "/var/log/journal/x"
      })
  void roots_that_are_part_of_the_system_are_refused(String root) {
    for (String action : List.of("host.deleteFiles", "host.compressFiles")) {
      assertThatThrownBy(
              () ->
                  rig.change(action, "roots", List.of(root), "olderThan", Duration.ofDays(10_000)))
          .isInstanceOfSatisfying(
              ActionException.class,
              failure -> assertThat(failure.kind()).isEqualTo(FailureKind.INVALID));
    }
  }

  @Test
  void a_pattern_and_right_in_the_root_narrow_what_is_deleted() throws Exception {
    old("a.gz", 10);
    old("a.log", 10);
    old("sub/b.gz", 10);
    Rig.Done done =
        rig.change(
            "host.deleteFiles",
            "roots",
            List.of(root.toString()),
            "olderThan",
            WEEK,
            "named",
            "*.gz",
            "direct",
            true);
    assertThat(done.number("files")).isEqualTo(1);
    assertThat(root.resolve("a.gz")).doesNotExist();
    assertThat(root.resolve("a.log")).exists();
    assertThat(root.resolve("sub/b.gz")).exists();
  }

  @Test
  void what_was_read_lately_stays_where_that_counts() throws Exception {
    old("read", 10);
    old("forgotten", 10);
    Files.setAttribute(
        root.resolve("read"), "lastAccessTime", FileTime.from(Instant.now().minusSeconds(60)));
    Files.setAttribute(
        root.resolve("forgotten"),
        "lastAccessTime",
        FileTime.from(Instant.now().minus(Duration.ofDays(30))));
    rig.change(
        "host.deleteFiles", "roots", List.of(root.toString()), "olderThan", WEEK, "unread", true);
    assertThat(root.resolve("read")).exists();
    assertThat(root.resolve("forgotten")).doesNotExist();
  }

  @Test
  void the_directory_of_all_logs_may_be_a_root() throws Exception {
    assertThat(
            rig.prepare(
                "host.deleteFiles",
                "roots",
                List.of("/var/log"),
                "olderThan",
                Duration.ofDays(36_500)))
        .isNotNull();
  }

  @Test
  void a_root_that_leads_to_a_part_of_the_system_is_refused() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("/etc"));
    assertThatThrownBy(
            () ->
                rig.change(
                    "host.deleteFiles",
                    "roots",
                    List.of(link.toString()),
                    "olderThan",
                    Duration.ofDays(10_000)))
        .hasMessageContaining("leads to /etc");
  }

  @Test
  void a_root_that_is_not_there_holds_nothing() throws Exception {
    Rig.Done done =
        rig.change(
            "host.deleteFiles",
            "roots",
            List.of(root.resolve("missing").toString()),
            "olderThan",
            WEEK);
    assertThat(done.number("files")).isZero();
  }

  @Test
  void a_directory_swapped_for_a_link_over_and_over_leads_nowhere() throws Exception {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    for (int i = 0; i < 200; i++) {
      age(Files.writeString(outside.resolve("precious" + i), "x"));
    }
    Process swapper =
        new ProcessBuilder(
                "/bin/sh",
                "-c",
                "while :; do mkdir d && touch -d '30 days ago' d/bait; mv d gone; ln -s '"
                    + outside
                    + "' d; rm -rf gone; rm -f d; done")
            .directory(root.toFile())
            .start();
    try {
      for (int i = 0; i < 10; i++) {
        attempt(this::delete);
        attempt(this::deleteDirectories);
      }
    } finally {
      swapper.destroyForcibly();
      assertThat(swapper.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
    try (Stream<Path> all = Files.list(outside)) {
      assertThat(all.count()).isEqualTo(200);
    }
  }

  private interface Attempt {
    Rig.Done make() throws ActionException, InterruptedException;
  }

  /** What is swapped away under find is a complaint of find. */
  private static void attempt(Attempt attempt) throws InterruptedException {
    try {
      assertThat(attempt.make().number("files")).isNotNegative();
    } catch (ActionException e) {
      assertThat(e.reason()).isNotEmpty();
    }
  }

  @Test
  void files_on_another_filesystem_are_left_alone() throws Exception {
    Path mount = Files.createDirectory(root.resolve("mounted"));
    Process tmpfs =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=1m", "none", mount.toString())
            .start();
    Assumptions.assumeTrue(tmpfs.waitFor() == 0, "a tmpfs cannot be mounted here");
    try {
      old("mounted/inside", 100);
      old("outside", 100);
      old("second/x", 100);
      assertThat(delete().number("files")).isEqualTo(2);
      assertThat(mount.resolve("inside")).exists();

      old("outside", 100);
      Rig.Done onMount =
          rig.change(
              "host.deleteFiles",
              "roots",
              List.of(root.toString()),
              "olderThan",
              WEEK,
              "onMount",
              mount.toString());
      assertThat(onMount.number("files")).isEqualTo(1);
      assertThat(mount.resolve("inside")).doesNotExist();
      assertThat(root.resolve("outside")).exists();
    } finally {
      sh(folder, "umount '" + mount + "'");
    }
  }

  @Test
  void on_a_full_filesystem_compressing_loses_nothing() throws Exception {
    Path mount = Files.createDirectory(root.resolve("full"));
    Process tmpfs =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=256k", "none", mount.toString())
            .start();
    Assumptions.assumeTrue(tmpfs.waitFor() == 0, "a tmpfs cannot be mounted here");
    try {
      sh(
          mount,
          "head -c 250000 /dev/urandom > log; touch -d '30 days ago' log; cat /dev/zero > fill ||"
              + " true");
      byte[] before = Files.readAllBytes(mount.resolve("log"));
      assertThatThrownBy(
              () ->
                  rig.change(
                      "host.compressFiles", "roots", List.of(mount.toString()), "olderThan", WEEK))
          .hasMessageContaining("No space left on device");
      assertThat(Files.readAllBytes(mount.resolve("log"))).isEqualTo(before);
      assertThat(mount.resolve("log.gz")).doesNotExist();
    } finally {
      sh(folder, "umount '" + mount + "'");
    }
  }

  @Test
  void the_probe_says_whether_something_is_left_to_do() throws Exception {
    old("file", 5000);
    Object[] inputs = {"roots", List.of(root.toString()), "olderThan", WEEK};
    var memo = rig.prepare("host.deleteFiles", inputs);
    assertThat(root.resolve("file")).exists();
    assertThat(rig.probe(memo, "host.deleteFiles", inputs)).isEqualTo(Probe.NOT_DONE);
    rig.changeAfter(memo, "host.deleteFiles", inputs);
    assertThat(rig.probe(memo, "host.deleteFiles", inputs)).isEqualTo(Probe.TOOK_EFFECT);
  }

  @Test
  void the_preview_can_be_pasted() throws Exception {
    old("a b", 100);
    List<String> command =
        rig.command("host.deleteFiles", "roots", List.of(root.toString()), "olderThan", WEEK);
    assertThat(command)
        .containsExactly(
            "sh", "-c", "find " + root + " -xdev -mindepth 1 -type f -mmin +10080 -delete");
    assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
    assertThat(left()).isEmpty();
    assertThat(Files.exists(root, LinkOption.NOFOLLOW_LINKS)).isTrue();
  }
}
