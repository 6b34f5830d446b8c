package io.byteport.dsl.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Git itself, in one folder, without anybody's configuration. */
final class Git {
  private final Path folder;

  Git(Path folder) {
    this.folder = folder;
  }

  /** Skips the test where there is no git. */
  static void assumeInstalled() throws InterruptedException {
    boolean installed;
    try {
      installed = new ProcessBuilder("git", "--version").start().waitFor() == 0;
    } catch (IOException missing) {
      installed = false;
    }
    Assumptions.assumeTrue(installed, "git is not installed");
  }

  void init() throws IOException, InterruptedException {
    assertThat(run("", "init", "-q").status()).isZero();
  }

  record Result(int status, String out) {}

  /** Runs git with a text as its standard input. */
  Result run(String input, String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-c", "core.excludesFile=/dev/null"));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
    builder.environment().remove("GIT_DIR");
    Process process = builder.redirectErrorStream(true).start();
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), out);
  }
}
