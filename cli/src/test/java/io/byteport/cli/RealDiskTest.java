package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The runbooks for full disks on a real filesystem of 256 MiB, mounted where nobody else sees it:
 * its /var/log, with real files of a journal, and /var/tmp are those of the run.
 */
@Tag("real")
class RealDiskTest {
  private static final Pattern RECLAIMED = Pattern.compile("\"reclaimed\":\\{\"\\$size\":(\\d+)");

  /** Arguments: folder, what fills it, then the program to run. */
  private static final String PLAY =
      """
      set -e
      cd "$1"; what=$2; shift 2; folder=$PWD
      truncate -s 256M disk.img; mkfs.ext4 -q -m 0 -b 4096 disk.img
      mkdir fs outside; mount -o loop disk.img fs
      mkdir -p fs/log/app fs/tmp
      mount --bind fs/log /var/log; mount --bind fs/tmp /var/tmp
      fill() { head -c "$2" /dev/zero > "$1"; touch -d "$3" "$1"; }
      fill /var/log/lastlog 5000000 '90 days ago'
      fill /var/log/app/open.log 110000000 '9 days ago'
      fill /var/tmp/wtmp 1000000 '90 days ago'
      fill /var/tmp/open.tmp 1000000 '90 days ago'
      fill /var/tmp/young.tmp 1000000 '1 hour ago'
      fill outside/precious 5000 '90 days ago'
      ln -s "$folder/outside" /var/tmp/out; touch -h -d '90 days ago' /var/tmp/out
      [ -s /etc/machine-id ] || { echo 0123456789abcdef0123456789abcdef > id; mount --bind id /etc/machine-id; }
      machine=$(cat /etc/machine-id); mkdir -p "/var/log/journal/$machine"
      archive() {
        { printf '__REALTIME_TIMESTAMP=17000000%02d000000\n__MONOTONIC_TIMESTAMP=1\n' "$1"
          printf '_BOOT_ID=11111111111111111111111111111111\n_MACHINE_ID=%s\nMESSAGE=' "$machine"
          head -c 16000000 /dev/urandom | base64 -w 0; printf '\n\n'
        } | /lib/systemd/systemd-journal-remote --split-mode=none --compress=no -o "$folder/one.journal" -
        mv one.journal "$(printf '/var/log/journal/%s/system@%032x-%016x-%016x.journal' "$machine" 7 "$1" "$1")"
      }
      case $what in
        journal) for each in 1 2 3 4; do archive $each; done; fill /var/log/old.gz 2000000 '9 days ago' ;;
        archives) archive 1; archive 2; fill /var/log/old.gz 50000001 '9 days ago' ;;
        logs) fill /var/log/app/big.log 105000000 '3 days ago'; fill /var/tmp/old.tmp 2000000 '9 days ago' ;;
        temporary) fill fs/data 60000000 now; fill /var/tmp/old.tmp 50000001 '9 days ago' ;;
        data) fill fs/data 100000000 now; fill /var/tmp/old.tmp 2000000 '9 days ago' ;;
      esac
      sync
      exec 8< /var/log/app/open.log 9< /var/tmp/open.tmp
      listed() { (find /var/log /var/tmp "$folder/outside" ! -type d | sort); }
      df -k --output=used fs | tail -1 > before; listed > files.before
      set +e
      "$@" > said 2> complained; echo $? > status
      sync
      df -k --output=used fs | tail -1 > after; listed > files.after
      """;

  @TempDir private Path folder;

  @BeforeEach
  void is_possible() throws Exception {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/unshare")), "unshare is not installed");
    Assumptions.assumeTrue(
        status(List.of("unshare", "-m", "mount", "-t", "tmpfs", "none", "/mnt")) == 0,
        "filesystems cannot be mounted here");
    Assumptions.assumeTrue(
        status(List.of("sh", "-c", "command -v mkfs.ext4")) == 0, "mkfs.ext4 is not installed");
  }

  @Test
  void logs_that_suffice_are_all_that_is_given_up() throws Exception {
    play("logs");
    assertThat(lines("status")).containsExactly("0");
    assertThat(gone()).containsExactly("/var/log/app/big.log");
    assertThat(come()).containsExactly("/var/log/app/big.log.gz");
    assertThat(reclaimed()).isEqualTo(freed()).isGreaterThan(100_000_000);
  }

  @Test
  void temporary_files_go_where_logs_do_not_suffice() throws Exception {
    play("temporary");
    assertThat(lines("status")).containsExactly("0");
    assertThat(gone()).containsExactly("/var/tmp/old.tmp");
    assertThat(come()).isEmpty();
    assertThat(reclaimed()).isEqualTo(freed()).isEqualTo(12_208L * 4096);
  }

  @Test
  void a_disk_full_of_data_is_a_humans() throws Exception {
    play("data");
    assertThat(lines("status")).containsExactly("1");
    assertThat(gone()).containsExactly("/var/tmp/old.tmp");
    assertThat(reclaimed()).isEqualTo(freed()).isEqualTo(489L * 4096);
    assertThat(Files.readString(folder.resolve("said")))
        .contains("Give /var/log on small at least 1 GB more");
  }

  @Test
  void a_journal_is_vacuumed_to_its_size_and_nothing_else_is_given_up() throws Exception {
    playJournal("journal");
    assertThat(lines("status")).containsExactly("0");
    assertThat(gone()).hasSize(2);
    assertThat(gone().getFirst()).endsWith("-0000000000000001-0000000000000001.journal");
    assertThat(gone().getLast()).endsWith("-0000000000000002-0000000000000002.journal");
    assertThat(come()).isEmpty();
    assertThat(freed()).isGreaterThan(40_000_000);
  }

  @Test
  void rotated_logs_go_where_the_journal_is_small_already() throws Exception {
    playJournal("archives");
    assertThat(lines("status")).containsExactly("0");
    assertThat(gone()).containsExactly("/var/log/old.gz");
    assertThat(come()).isEmpty();
    assertThat(freed()).isEqualTo(12_208L * 4096);
  }

  private void playJournal(String what) throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/lib/systemd/systemd-journal-remote")),
        "systemd-journal-remote is not installed");
    play("disk_pressure", what);
  }

  private void play(String what) throws IOException, InterruptedException {
    play("disk_space_auto_reclaim", what);
  }

  private void play(String runbook, String what) throws IOException, InterruptedException {
    Path connections =
        Files.writeString(
            folder.resolve("connections.yaml"),
            """
            apiVersion: byteport.io/v1
            kind: Connections
            connections:
              small:
                type: local
                programs: ["journalctl --vacuum-time=*", "journalctl --vacuum-size=*"]
                annotations: { byteport.io/auto-remediate: disk }
            """);
    Path script = Files.writeString(folder.resolve("play.sh"), PLAY);
    List<String> argv =
        new ArrayList<>(List.of("unshare", "-m", "/bin/sh", script.toString(), folder.toString()));
    argv.add(what);
    argv.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName()));
    argv.addAll(List.of("run", runbook, "--live", "--output", "json"));
    argv.addAll(List.of("--connections", connections.toString()));
    argv.addAll(List.of("--state", folder.resolve("state").toString()));
    argv.addAll(List.of("--host", "small", "--mount", "/var/log"));
    assertThat(status(argv)).as("what prepares the filesystem").isZero();
  }

  private static int status(List<String> argv) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(argv)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException("does not end: " + argv);
    }
    return process.exitValue();
  }

  private List<String> lines(String file) throws IOException {
    return Files.readAllLines(folder.resolve(file)).stream().map(String::strip).toList();
  }

  private List<String> gone() throws IOException {
    List<String> after = lines("files.after");
    return lines("files.before").stream().filter(file -> !after.contains(file)).toList();
  }

  private List<String> come() throws IOException {
    List<String> before = lines("files.before");
    return lines("files.after").stream().filter(file -> !before.contains(file)).toList();
  }

  /** What df says has become free, in bytes. */
  private long freed() throws IOException {
    return (Long.parseLong(lines("before").getFirst()) - Long.parseLong(lines("after").getFirst()))
        * 1024;
  }

  /** What the run says it has reclaimed. */
  private long reclaimed() throws IOException {
    Matcher reclaimed = RECLAIMED.matcher(Files.readString(folder.resolve("said")));
    assertThat(reclaimed.find()).isTrue();
    return Long.parseLong(reclaimed.group(1));
  }
}
