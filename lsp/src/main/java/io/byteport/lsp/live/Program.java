package io.byteport.lsp.live;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The program itself, run in a process of its own. Safe for use by several threads. */
public interface Program {

  /** A program that was run to its end. */
  record Ended(int status, String out, String err) {}

  /**
   * Runs a command.
   *
   * @param arguments as on a command line, without the program's name
   * @param folder in which it is run
   * @param input what it reads on its standard input
   * @param limit after which it is killed
   * @return how it ended; fails with an {@link java.io.IOException} where it cannot be started,
   *     with a {@link java.util.concurrent.TimeoutException} where it took too long. Cancelling it
   *     kills the process
   */
  CompletableFuture<Ended> run(List<String> arguments, Path folder, String input, Duration limit);
}
