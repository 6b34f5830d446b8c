package io.byteport.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs harmless commands in one JVM, forgets what they print, and ends as they end. The launcher
 * starts it once after a build and records which classes were needed, so that the commands
 * themselves start fast. Only the one that is waited for most: every class of the record is loaded
 * at every start, and what a run, a demo or the help of all commands needs would make it wait. An
 * agent has a record of its own.
 */
final class Rehearsal {
  private Rehearsal() {}

  /**
   * Ends the process.
   *
   * @param args {@code agent} for what an agent needs; nothing for what short commands do
   */
  public static void main(String[] args) throws Exception {
    if (List.of(args).equals(List.of("agent"))) {
      System.setErr(nowhere());
      System.exit(AgentRehearsal.play());
    }
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
    System.exit(ExitStatus.OK);
  }

  private static List<List<String>> commands(Path runbook) {
    return List.of(List.of("--version"), List.of("validate", runbook.toString()));
  }

  static PrintStream nowhere() {
    return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
  }
}
