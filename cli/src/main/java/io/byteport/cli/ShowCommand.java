package io.byteport.cli;

import io.byteport.cli.gallery.SheetReader;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.test.RunbookTestLoader;
import io.byteport.dsl.yaml.SourceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
      new RunbookPage(terminal, SheetReader.of(checked, tests(checked))).print();
    }
    return ExitStatus.OK;
  }

  /** The cases that lie beside the runbook, or come with it. */
  private List<String> tests(CheckedRunbook checked) throws IOException {
    List<SourceFile> files = new ArrayList<>();
    Path path = Path.of(runbook).toAbsolutePath();
    if (Files.isRegularFile(path) && path.getParent() != null) {
      try (Stream<Path> beside = Files.list(path.getParent())) {
        for (Path file : beside.filter(Library::isTest).sorted().toList()) {
          SourceReader.read(file).value().ifPresent(files::add);
        }
      }
    } else {
      files.addAll(Library.tests());
    }
    List<String> names = new ArrayList<>();
    for (SourceFile file : files) {
      if (RunbookTestLoader.runbook(file)
          .filter(id -> id.name().equals(checked.id()))
          .isPresent()) {
        RunbookTestLoader.load(file, checked)
            .value()
            .ifPresent(test -> test.cases().forEach(one -> names.add(one.name())));
      }
    }
    return names;
  }
}
