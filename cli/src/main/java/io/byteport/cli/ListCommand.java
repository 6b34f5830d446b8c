package io.byteport.cli;

import io.byteport.cli.Terminal.Style;
import io.byteport.cli.json.RunbookJson;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.check.RunbookLoader;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.source.SourceFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Names the runbooks that come with BytePort. */
@Command(
    name = "list",
    description = "List the runbooks that come with BytePort.",
    footerHeading = "%nExamples:%n",
    footer = {"  byteport list", "  byteport list -o json"})
final class ListCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Override
  public Integer call() throws IOException {
    RunbookLoader loader = Language.load().loader();
    List<Runbook> runbooks = new ArrayList<>();
    for (SourceFile file : Library.runbooks()) {
      loader.load(file).value().map(CheckedRunbook::runbook).ifPresent(runbooks::add);
    }
    Terminal terminal = common.terminal();
    if (common.output() == Output.json) {
      Json.write(terminal.out(), runbooks.stream().map(RunbookJson::summary).toList());
      return ExitStatus.OK;
    }
    int width =
        runbooks.stream().mapToInt(book -> book.metadata().id().name().length()).max().orElse(0);
    for (Runbook book : runbooks) {
      Runbook.Metadata about = book.metadata();
      terminal
          .out()
          .println(
              terminal.styled(Style.BOLD, String.format("%-" + width + "s", about.id().name()))
                  + String.format(
                      "  %-11s %-9s %-8s %s",
                      about.category(), about.severity(), about.status(), about.title()));
      terminal
          .out()
          .println(
              terminal.styled(
                  Style.FAINT,
                  " ".repeat(width)
                      + "  signals: "
                      + String.join(", ", book.detectors().keySet())));
    }
    terminal.out().flush();
    return ExitStatus.OK;
  }
}
