package io.byteport.cli;

import io.byteport.engine.journal.Evidence;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.RunId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Reads evidence of elsewhere into the journal. */
@Command(
    name = "import",
    description =
        "Read a file of evidence as a recorded run: it is shown and replayed like any other, but"
            + " marked as imported, never carried on, and counted by no limit.")
final class RunsImport implements Callable<Integer> {
  @Mixin private StateOptions state = new StateOptions();

  @Parameters(paramLabel = "FILE", description = "What `byteport runs export` has written.")
  private Path file = Path.of("");

  private final Terminal terminal = Terminal.ofProcess(Colour.auto);

  @Override
  public Integer call() throws IOException {
    List<JournalEntry> entries = RecordedFile.read(file);
    try (SqlRunStore store = state.open()) {
      RunId run = new Evidence(store).add(entries);
      terminal.out().println("imported run " + run + ", " + entries.size() + " entries");
      terminal.out().flush();
    }
    return ExitStatus.OK;
  }
}
