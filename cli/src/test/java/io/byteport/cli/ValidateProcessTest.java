package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own shows: its current folder, and how it ends. */
@Timeout(120)
class ValidateProcessTest {
  @TempDir private Path folder;
  private final java.util.ArrayList<Process> started = new java.util.ArrayList<>();

  private Process start(String... options) throws IOException {
    return start(Map.of(), options);
  }

  private Process start(Map<String, String> environment, String... options) throws IOException {
    List<String> arguments = new java.util.ArrayList<>(List.of("validate"));
    arguments.addAll(List.of(options));
    ProcessBuilder builder =
        ClusterProcess.java("io.byteport.cli.Main", arguments)
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    started.add(process);
    return process;
  }

  @Test
  @Tag("slow")
  void variables_that_do_not_fit_their_parameters_are_told_where_they_are_named() throws Exception {
    Files.writeString(folder.resolve("x.yaml"), PlantedFaultsTest.original());
    Process sound = start(Map.of("OOM_LIMIT_BUMP_CEILING_MULTIPLIER", "1.5"), "x.yaml");
    assertThat(sound.waitFor()).isEqualTo(ExitStatus.OK);
    for (String value : List.of("5", "double")) {
      Process process = start(Map.of("OOM_LIMIT_BUMP_CEILING_MULTIPLIER", value), "x.yaml");
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).isEqualTo(ExitStatus.FINDINGS);
      assertThat(out)
          .contains("BP-PARAM-001", "x.yaml:28:10", "`" + value + "`")
          .contains("1 error");
    }
  }

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  @Tag("slow")
  void without_a_path_the_current_folder_is_checked_and_names_are_short() throws Exception {
    String sound = Library.runbooks().getFirst().text();
    Files.createDirectories(folder.resolve("a"));
    Files.writeString(folder.resolve("a/x.yaml"), sound.replace("shipped", "shiped"));
    Process process = start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isEqualTo(ExitStatus.FINDINGS);
    assertThat(out).contains("--> a/x.yaml:");
  }

  @Test
  @Tag("slow")
  void watching_checks_again_after_a_change_and_ends_with_the_status_of_the_last_pass()
      throws Exception {
    String sound = Library.runbooks().getFirst().text();
    Path file = Files.writeString(folder.resolve("x.yaml"), sound);
    Process process = start("--watch");
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(until(out, "watching")).contains("nothing to complain about");
      Files.writeString(file, sound.replace("shipped", "shiped"));
      assertThat(until(out, "watching")).contains("1 error").doesNotContain("\u001b");
      process.destroy(); // as Ctrl-C does
      assertThat(process.waitFor()).isEqualTo(ExitStatus.FINDINGS);
    }
  }

  private static String until(BufferedReader out, String word) throws IOException {
    StringBuilder read = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      read.append(line).append('\n');
      if (line.contains(word)) {
        return read.toString();
      }
    }
    throw new AssertionError("it ended: " + read);
  }
}
