package io.byteport.cli;

import picocli.CommandLine.Option;

/** What every command takes. */
final class CommonOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "How to print: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.",
      defaultValue = "text")
  private Output output = Output.text;

  private final Terminal terminal = Terminal.ofProcess();

  Output output() {
    return output;
  }

  Terminal terminal() {
    return terminal;
  }
}
