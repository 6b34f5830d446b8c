package io.byteport.adapter.host.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import io.byteport.engine.spi.FailureKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every machine promises, however it is reached. */
abstract class MachineContract {
  /** Prints each of its arguments as hexadecimal, a line each. */
  private static final String ARGV_AS_HEX =
      "for a in \"$@\"; do printf %s \"$a\" | od -An -v -tx1 | tr -d ' \\n'; echo; done";

  static final List<String> NASTY =
      List.of(
          "",
          " ",
          "it's \"quoted\"",
          "a\nb\n",
          "$(touch /tmp/owned)",
          "`id`",
          "; rm -rf /",
          "-rf",
          "--",
          "\u001b[31mred\u001b[0m",
          "a\\b\\",
          "*",
          "~root",
          "!!",
          "$HOME",
          "&& false",
          "\u00e4\u20ac\ud83d\ude00",
          "a\tb\r",
          "#",
          "{a,b}",
          "x".repeat(50_000));

  @TempDir Path scratch;

  abstract Machine machine();

  @Test
  void arguments_arrive_as_they_are() throws Exception {
    Finished finished = machine().run(Command.script(ARGV_AS_HEX, NASTY).keeping(1 << 20)).orFail();

    assertThat(finished.stdout().text().lines().map(MachineContract::fromHex).toList())
        .isEqualTo(NASTY);
  }

  private static String fromHex(String hex) {
    return new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
  }

  @Test
  void no_argument_can_hold_nul() {
    assertRefused(Command.of("echo", "a\0b"), FailureKind.INVALID, "NUL");
  }

  @Test
  void a_megabyte_is_refused_as_an_argument_and_taken_on_standard_input() throws Exception {
    String megabyte = "x".repeat(1 << 20);
    assertRefused(Command.of("echo", megabyte), FailureKind.INVALID, "standard input");

    Finished finished =
        machine()
            .run(Command.of("wc", "-c").withStdin(megabyte.getBytes(StandardCharsets.US_ASCII)))
            .orFail();
    assertThat(finished.stdout().text().strip()).isEqualTo("1048576");
  }

  @Test
  void bytes_of_standard_input_and_output_are_not_touched() throws Exception {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    assertThat(machine().run(Command.of("cat").withStdin(all)).stdout().bytes()).isEqualTo(all);
  }

  @Test
  void a_program_that_does_not_read_its_input_ends_all_the_same() throws Exception {
    Finished finished = machine().run(Command.of("true").withStdin(new byte[1 << 20]));
    assertThat(finished.exitCode()).isZero();
  }

  @Test
  void the_environment_is_empty_but_for_what_is_said() throws Exception {
    Finished finished = machine().run(Command.of("env").withVariable("LINES", "a b'c\nd")).orFail();

    assertThat(finished.stdout().text().lines().map(line -> line.replaceAll("=.*", "")).toList())
        .containsExactlyInAnyOrder("PATH", "HOME", "LC_ALL", "TZ", "LINES", "d");
    assertThat(finished.stdout().text()).contains("LC_ALL=C\n").contains("LINES=a b'c\nd\n");
  }

  @Test
  void status_and_both_outputs_are_told() throws Exception {
    Finished finished = machine().run(Command.script("echo out; echo err >&2; exit 3", List.of()));

    assertThat(finished.exitCode()).isEqualTo(3);
    assertThat(finished.stdout().text()).isEqualTo("out\n");
    assertThat(finished.stderr().text()).isEqualTo("err\n");
    assertThatThrownBy(finished::orFail).hasMessage("`/bin/sh` ended with status 3: err");
  }

  @Test
  void a_program_that_a_signal_ended_has_the_status_of_the_signal() throws Exception {
    assertThat(machine().run(Command.script("kill -TERM $$", List.of())).exitCode()).isEqualTo(143);
  }

  @Test
  void a_program_that_is_not_there_is_not_found() {
    assertRefused(Command.of("no-such-program"), FailureKind.NOT_FOUND, "no-such-program");
    assertRefused(Command.of("/no/such/program"), FailureKind.NOT_FOUND, "/no/such/program");
  }

  @Test
  void a_file_that_is_no_program_may_not_be_run() {
    assertRefused(Command.of("/etc/passwd"), FailureKind.FORBIDDEN, "/etc/passwd");
  }

  @Test
  void of_much_output_the_end_is_kept() throws Exception {
    Finished finished = machine().run(Command.of("seq", "1000000")).orFail();

    assertThat(finished.stdout().isCut()).isTrue();
    assertThat(finished.stdout().bytes()).hasSize(Command.CAP);
    assertThat(finished.stdout().total()).isEqualTo(6_888_896);
    assertThat(finished.stdout().text()).endsWith("999999\n1000000\n");
  }

  @Test
  void lines_are_heard_without_what_a_terminal_would_obey() throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    machine()
        .run(Command.of("printf", "one\\n\\033[31mtwo\\033[0m\\r\\n\\nthree").heardBy(heard::add))
        .orFail();
    assertThat(heard).containsExactly("one", "two", "three");
  }

  @Test
  void a_program_that_hangs_is_killed_with_all_that_it_started() throws Exception {
    String tag = tag();
    Command hanging =
        Command.script(
            "echo started; sh -c 'sleep "
                + tag
                + " & sleep "
                + tag
                + "' & setsid sleep "
                + tag
                + " & sleep "
                + tag,
            List.of());

    assertThatThrownBy(() -> machine().run(hanging.within(Duration.ofSeconds(10))))
        .isInstanceOfSatisfying(
            ActionException.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
              assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
              assertThat(failure.reason()).contains("within 10 s").contains("started");
            });
    assertGone(tag);
  }

  @Test
  void an_interrupted_program_is_killed() throws Exception {
    String tag = tag();
    CompletableFuture<Void> started = new CompletableFuture<>();
    CompletableFuture<Object> result = new CompletableFuture<>();
    Thread thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    Command command =
                        Command.script("echo started; sleep " + tag, List.of())
                            .heardBy(line -> started.complete(null));
                    result.complete(machine().run(command));
                  } catch (ActionException | InterruptedException e) {
                    result.completeExceptionally(e);
                  }
                });
    started.get(60, TimeUnit.SECONDS);
    thread.interrupt();

    assertThatThrownBy(() -> result.get(60, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(InterruptedException.class);
    assertGone(tag);
  }

  @Test
  void a_daemon_that_keeps_the_outputs_open_does_not_keep_the_command() throws Exception {
    String tag = tag();
    Finished finished =
        machine()
            .run(
                Command.script("setsid sleep " + tag + " & echo done", List.of())
                    .within(Duration.ofSeconds(60)));
    assertThat(finished.stdout().text()).isEqualTo("done\n");
    ProcessHandle.allProcesses()
        .filter(each -> isTagged(each, tag))
        .forEach(ProcessHandle::destroy);
  }

  private static String tag() {
    return String.format(Locale.ROOT, "%d.%d", 1000, System.nanoTime());
  }

  private static boolean isTagged(ProcessHandle process, String tag) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline")).contains(tag)
          && process.isAlive();
    } catch (java.io.IOException gone) {
      return false;
    }
  }

  private static void assertGone(String tag) throws InterruptedException {
    List<ProcessHandle> left = List.of();
    for (int i = 0; i < 600; i++) {
      left = ProcessHandle.allProcesses().filter(each -> isTagged(each, tag)).toList();
      if (left.isEmpty()) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    assertThat(left).isEmpty();
  }

  void assertRefused(Command command, FailureKind kind, String words) {
    assertThatThrownBy(() -> machine().run(command))
        .isInstanceOfSatisfying(
            ActionException.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(kind);
              assertThat(failure.effect()).isEqualTo(Effect.NONE);
              assertThat(failure.reason()).contains(words);
            });
  }
}
