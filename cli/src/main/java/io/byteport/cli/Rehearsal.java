package io.byteport.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs harmless commands in one JVM and forgets what they print. The launcher starts it once after
 * a build and records which classes were needed, so that the commands themselves start fast. Only
 * the short ones: every class of the record is loaded at every start, and what a run or a demo
 * needs would make the others wait.
 */
final class Rehearsal {
  private Rehearsal() {}

  public static void main(String[] args) throws IOException {
    Main.withoutLogging();
    System.setOut(nowhere());
    System.setErr(nowhere());
    Path state = Files.createTempDirectory("byteport-rehearsal");
    try {
      Path runbook = state.resolve("runbook.yaml");
      Files.writeString(runbook, Library.runbooks().getFirst().text());
      for (List<String> command : commands(runbook)) {
        String[] words = command.toArray(String[]::new);
        Main.commandLine(words).execute(words);
      }
    } finally {
      Folders.empty(state);
      Files.delete(state);
    }
  }

  private static List<List<String>> commands(Path runbook) {
    return List.of(
        List.of("--help"),
        List.of("--version"),
        List.of("list"),
        List.of("validate", runbook.toString()));
  }

  private static PrintStream nowhere() {
    return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
  }
}
