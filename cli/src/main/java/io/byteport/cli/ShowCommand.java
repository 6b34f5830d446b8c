package io.byteport.cli;

import io.byteport.cli.gallery.Mermaid;
import io.byteport.cli.gallery.SheetReader;
import io.byteport.cli.json.RunbookJson;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.include.Libraries;
import io.byteport.dsl.source.SourceFile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
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
      "  byteport show my_runbook --source > my.yaml",
      "  byteport show my.yaml --flow"
    })
final class ShowCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(names = "--source", description = "Print the YAML itself.")
  private boolean source;

  @Option(names = "--flow", description = "Print the flow as a diagram, in the words of Mermaid.")
  private boolean flow;

  @Mixin private UnsavedOption unsaved = new UnsavedOption();

  @Parameters(
      paramLabel = "RUNBOOK",
      description =
          "The id of a runbook, or a file; or of a library that runbooks include, which is printed"
              + " as it is.")
  private String runbook = "";

  @Override
  public Integer call() throws IOException {
    Terminal terminal = common.terminal();
    Optional<SourceFile> shared =
        Library.shared().stream()
            .filter(file -> file.name().endsWith("/" + runbook + Libraries.SUFFIX))
            .findFirst();
    if (shared.isPresent()) {
      return print(terminal, shared.get());
    }
    CheckedRunbook checked = Language.load(unsaved.read()).find(runbook);
    if (source) {
      return print(terminal, checked.sources().own());
    }
    if (flow) {
      terminal.out().print(Mermaid.of(SheetReader.of(checked, List.of())));
      terminal.out().flush();
      return ExitStatus.OK;
    }
    if (common.output() == Output.json) {
      Json.write(terminal.out(), RunbookJson.of(checked));
    } else {
      new RunbookPage(terminal, SheetReader.of(checked, CaseNames.of(checked, Library.tests())))
          .print();
    }
    return ExitStatus.OK;
  }

  private static int print(Terminal terminal, SourceFile file) {
    terminal.out().print(file.text());
    terminal.out().flush();
    return ExitStatus.OK;
  }
}
