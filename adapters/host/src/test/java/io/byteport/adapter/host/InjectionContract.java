package io.byteport.adapter.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Data that would like to be code, through every input that takes a text, however it travels. */
abstract class InjectionContract {
  @TempDir Path folder;

  abstract Rig rig();

  static Stream<String> hostile() {
    return Stream.of(
        "'; touch OWNED; '",
        "\"; touch OWNED; \"",
        "$(touch OWNED)",
        "`touch OWNED`",
        "a\ntouch OWNED\n",
        "a; touch OWNED",
        "a && touch OWNED",
        "a | tee OWNED",
        "> OWNED",
        "-delete",
        "--help",
        "-exec",
        "\u001b]0;title\u0007\u001b[2J",
        "%s%n\\0\\x41",
        "*",
        "{}",
        "\\",
        "\u00a0\u202e\u00e4\ud83d\ude00",
        "\r",
        "a\0b",
        "x".repeat(1 << 20));
  }

  /** Hostile data that would leave a file in the folder if somebody obeyed it. */
  private String armed(String data) {
    return data.replace("OWNED", folder.resolve("owned").toString());
  }

  private void assertNotObeyed() {
    assertThat(folder.resolve("owned")).doesNotExist();
    assertThat(Path.of("/OWNED")).doesNotExist();
  }

  /** A program that prints its arguments as hexadecimal, a line each. */
  private static final String HEX =
      "for a in \"$@\"; do printf %s \"$a\" | od -An -v -tx1 | tr -d ' \\n'; echo; done";

  @ParameterizedTest
  @MethodSource("hostile")
  void an_argument_arrives_as_data_or_is_refused(String hostile) throws Exception {
    String data = armed(hostile);
    List<String> argv = List.of("sh", "-c", HEX, "hex", data, "--", data);
    if (data.indexOf('\0') >= 0 || data.length() > 100_000) {
      assertThatThrownBy(() -> rig().change("shell.run", "argv", argv))
          .isInstanceOfSatisfying(
              ActionException.class,
              failure -> assertThat(failure.effect()).isEqualTo(Effect.NONE));
    } else {
      StructValue output = rig().change("shell.run", "argv", argv).output();
      assertThat(
              Rig.text(output, "stdout")
                  .lines()
                  .map(line -> new String(HexFormat.of().parseHex(line), StandardCharsets.UTF_8))
                  .toList())
          .containsExactly(data, "--", data);
    }
    assertNotObeyed();
  }

  @Test
  void no_other_input_is_obeyed() {
    everywhere().forEach(this::throughEveryInput);
  }

  /** What is tried through every input; of what travels far, the worst. */
  List<String> everywhere() {
    return hostile().toList();
  }

  private void throughEveryInput(String hostile) {
    String data = armed(hostile);
    Object process =
        java.util.Map.of("host", "localhost", "pid", 999_999_999, "startedAt", Instant.EPOCH);
    attempt(() -> rig().read("host.filesystem", "path", data));
    attempt(() -> rig().read("host.filesystem", "path", "/" + data));
    attempt(() -> rig().read("host.largestDirectories", "path", folder + "/" + data));
    attempt(() -> rig().read("host.which", "names", List.of(data)));
    attempt(() -> rig().read("host.unit", "unit", data));
    attempt(() -> rig().read("host.journal", "unit", data, "since", Duration.ofHours(1)));
    attempt(() -> rig().read("proc.cgroupMemory", "unit", data));
    attempt(() -> rig().read("host.findProcess", "names", List.of(data)));
    attempt(() -> rig().read("host.kernelLog", "matching", data));
    attempt(
        () ->
            rig()
                .read(
                    "host.lastDeploy",
                    "unit",
                    "x",
                    "pattern",
                    data,
                    "within",
                    Duration.ofHours(1)));
    for (String action : List.of("host.deleteFiles", "host.compressFiles")) {
      attempt(
          () ->
              rig()
                  .change(
                      action,
                      "roots",
                      List.of(folder + "/" + data),
                      "olderThan",
                      Duration.ofDays(9000)));
    }
    attempt(
        () ->
            rig()
                .change(
                    "host.backupFiles",
                    "files",
                    List.of(folder + "/" + data),
                    "roots",
                    List.of(folder.toString()),
                    "root",
                    folder.toString(),
                    "as",
                    data));
    attempt(() -> rig().change("host.restoreFiles", "backup", folder + "/" + data));
    attempt(() -> rig().prepare("host.growFilesystem", "path", "/" + data));
    attempt(() -> rig().prepare("host.restartUnit", "unit", data));
    attempt(() -> rig().prepare("proc.saveHeap", "process", process, "into", folder + "/" + data));
    attempt(() -> rig().prepare("shell.run", "argv", List.of(data)));
    assertNotObeyed();
  }

  private interface Attempt {
    Object make() throws ActionException, InterruptedException;
  }

  /** Whether it finds something, or fails in its own words, is another matter. */
  private static void attempt(Attempt attempt) {
    try {
      attempt.make();
    } catch (ActionException e) {
      assertThat(e.effect()).isEqualTo(Effect.NONE);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void files_of_hostile_names_are_deleted_and_nothing_else_happens() throws Exception {
    Path root = Files.createDirectory(folder.toRealPath().resolve("root"));
    long made = 0;
    for (String hostile : hostile().toList()) {
      String name = hostile.replace('/', '_');
      if (name.indexOf('\0') < 0 && name.length() < 200) {
        Process touch =
            new ProcessBuilder("touch", "-d", "30 days ago", "--", root + "/" + name).start();
        assertThat(touch.waitFor()).isZero();
        made++;
      }
    }
    Rig.Done done =
        rig()
            .change(
                "host.deleteFiles",
                "roots",
                List.of(root.toString()),
                "olderThan",
                Duration.ofDays(7));
    assertThat(done.number("files")).isEqualTo(made);
    try (Stream<Path> left = Files.list(root)) {
      assertThat(left).isEmpty();
    }
    assertNotObeyed();
  }

  @Test
  void what_a_file_says_is_told_as_it_is() throws Exception {
    String text = "\u001b[31mred\u001b[0m $(id) `id` \"'; rm -rf / # \u00e4\n";
    Path file = Files.writeString(folder.resolve("log"), text);
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    Rig.Done done = rig().change("shell.run", "argv", List.of("cat", "--", file.toString()));
    assertThat(done.output().get("stdout")).isEqualTo(Value.of(text));
  }
}
