package io.byteport.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import picocli.CommandLine;

/**
 * Runs harmless commands in one JVM and forgets what they print. The launcher starts it once after
 * a build and records which classes were needed, so that the commands themselves start fast.
 */
final class Rehearsal {
  private static final List<List<String>> COMMANDS =
      List.of(List.of("--help"), List.of("--version"));

  private Rehearsal() {}

  public static void main(String[] args) {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    for (List<String> command : COMMANDS) {
      new CommandLine(new Main())
          .setOut(nowhere)
          .setErr(nowhere)
          .execute(command.toArray(String[]::new));
    }
  }
}
