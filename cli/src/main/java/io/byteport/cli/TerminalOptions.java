package io.byteport.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command prints, and in which colours. */
final class TerminalOptions {
  @Option(
      names = "--color",
      paramLabel = "WHEN",
      description =
          "Colours: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}, which is on a terminal;"
              + " NO_COLOR and CLICOLOR_FORCE are heeded.",
      defaultValue = "auto")
  private Colour colour = Colour.auto;

  private @Nullable Terminal terminal;

  Terminal terminal() {
    Terminal made = terminal;
    if (made == null) {
      made = Terminal.ofProcess(colour);
      terminal = made;
    }
    return made;
  }
}
