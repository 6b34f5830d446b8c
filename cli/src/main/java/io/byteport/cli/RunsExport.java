package io.byteport.cli;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.source.SourceFile;
import io.byteport.engine.evidence.Bundle;
import io.byteport.engine.journal.JournalCodec;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a recorded run down as evidence that can be played. */
@Command(
    name = "export",
    description = {
      "Write a run down as a file of evidence, without secrets. It is a test of the run's runbook"
          + " at the same time: `byteport test FILE` plays it.",
      "Exit status 1 where the file cannot tell all of the run's outcome; it says what."
    })
final class RunsExport implements Callable<Integer> {
  @Mixin private StateOptions state = new StateOptions();

  @Parameters(
      paramLabel = "ID",
      arity = "0..1",
      description = "The run, or the beginning of its id if that is enough. Default: the newest.")
  private @Nullable String id;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where to, such as `incident.test.yaml`. Default: standard output.")
  private @Nullable Path file;

  private final Terminal terminal = Terminal.ofProcess(Colour.auto);

  @Override
  public Integer call() throws IOException {
    List<JournalEntry> entries = new RecordedRuns(state).entries(id);
    if (!(entries.getFirst() instanceof Event.Opened opened)) {
      throw new UsageException("the journal of the run does not begin with an opening");
    }
    Checked<CheckedRunbook> runbook =
        Language.load()
            .loader()
            .load(new SourceFile(opened.runbook() + ".yaml", opened.runbookText()));
    CheckedRunbook checked = runbook.valueOrNull();
    if (checked == null) {
      throw new UsageException(
          "run "
              + opened.run()
              + " has no runbook that this version can read"
              + (opened.runbookText().isEmpty()
                  ? ""
                  : ": " + Language.print(runbook.diagnostics(), false).stripTrailing()));
    }
    Bundle bundle;
    try {
      bundle = Bundle.of(entries, checked, new JournalCodec(state.place().redactor()));
    } catch (IllegalArgumentException e) {
      throw new UsageException("run " + opened.run() + ": " + e.getMessage());
    }
    if (file == null) {
      terminal.out().print(bundle.text());
      terminal.out().flush();
    } else {
      Files.write(file, bundle.text().getBytes(StandardCharsets.UTF_8));
    }
    return told(bundle);
  }

  private int told(Bundle bundle) {
    for (String one : bundle.left()) {
      terminal.err().println("byteport: a test cannot tell " + one);
    }
    if (!bundle.findings().isEmpty()) {
      terminal.err().println("byteport: the file cannot be played");
      terminal.err().print(Language.print(bundle.findings(), false));
    }
    terminal.err().flush();
    return bundle.left().isEmpty() && bundle.findings().isEmpty()
        ? ExitStatus.OK
        : ExitStatus.FINDINGS;
  }
}
