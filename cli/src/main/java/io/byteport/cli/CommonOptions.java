package io.byteport.cli;

import io.byteport.engine.journal.JournalCodec;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.run.RunListener;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every command takes. */
final class CommonOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "How to print: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.",
      defaultValue = "text")
  private Output output = Output.text;

  @Mixin private TerminalOptions screen = new TerminalOptions();

  Output output() {
    return output;
  }

  /** Prints a run's journal while it is written. */
  RunListener listener() {
    return listener(Redactor.SHAPES_ONLY);
  }

  /** As {@link #listener()}, without what the redactor knows to be secret. */
  RunListener listener(Redactor redactor) {
    if (output == Output.json) {
      JournalCodec codec = new JournalCodec(redactor);
      return (run, entry) -> {
        terminal().out().println(codec.write(entry));
        terminal().out().flush();
      };
    }
    Timeline timeline = new Timeline(terminal());
    return (run, entry) -> timeline.print(entry);
  }

  Terminal terminal() {
    return screen.terminal();
  }
}
