package io.byteport.cli;

import io.byteport.cli.gallery.SheetReader;
import io.byteport.dsl.check.CheckedRunbook;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows one runbook: what it listens to, how it decides, what it may do, what holds it back. */
@Command(
    name = "show",
    description = "Show a runbook: signals, parameters, rules, actions, guardrails.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  byteport show my_runbook",
      "  byteport show my.yaml -o json",
      "  byteport show my_runbook --source > my.yaml"
    })
final class ShowCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(names = "--source", description = "Print the YAML itself.")
  private boolean source;

  @Parameters(paramLabel = "RUNBOOK", description = "The id of a runbook, or a file.")
  private String runbook = "";

  @Override
  public Integer call() throws IOException {
    CheckedRunbook checked = Language.load().find(runbook);
    Terminal terminal = common.terminal();
    if (source) {
      terminal.out().print(checked.source().text());
      terminal.out().flush();
      return ExitStatus.OK;
    }
    if (common.output() == Output.json) {
      Json.write(terminal.out(), RunbookJson.of(checked));
    } else {
      new RunbookPage(terminal, SheetReader.of(checked, CaseNames.of(checked, Library.tests()))).print();
    }
    return ExitStatus.OK;
  }
}
