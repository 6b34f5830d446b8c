package io.byteport.cli;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.check.RunbookLoader;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.yaml.SourceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Checks runbooks completely, without running anything. */
@Command(
    name = "validate",
    description = {
      "Check runbooks: syntax, shape, names, types, data flow.",
      "Exit status 0 without errors, 1 with errors, 2 if a path does not exist."
    })
final class ValidateCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "Files, and folders in which every *.yaml of kind Runbook counts.")
  private List<Path> paths = List.of();

  @Override
  public Integer call() throws IOException {
    Set<Path> files = new LinkedHashSet<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        files.addAll(runbooksIn(path));
      } else if (Files.exists(path)) {
        files.add(path);
      } else {
        throw new UsageException("no such file or folder: " + path);
      }
    }
    RunbookLoader loader = Language.load(System.getenv()).loader();
    List<Diagnostic> diagnostics = new ArrayList<>();
    for (Path file : files) {
      diagnostics.addAll(check(loader, file));
    }
    long errors = diagnostics.stream().filter(Diagnostic::isError).count();
    Terminal terminal = common.terminal();
    if (common.output() == Output.json) {
      Json.write(terminal.out(), DiagnosticJson.of(diagnostics));
    } else {
      terminal.out().print(Language.print(diagnostics, terminal.colour()));
      terminal
          .out()
          .println(
              count(files.size(), "file")
                  + " checked, "
                  + (diagnostics.isEmpty()
                      ? "nothing to complain about"
                      : count(errors, "error")
                          + ", "
                          + count(diagnostics.size() - errors, "warning")));
    }
    terminal.out().flush();
    return errors == 0 ? ExitStatus.OK : ExitStatus.FINDINGS;
  }

  private static List<Diagnostic> check(RunbookLoader loader, Path file) {
    Checked<SourceFile> read = SourceReader.read(file);
    if (read.valueOrNull() == null) {
      return read.diagnostics();
    }
    Checked<CheckedRunbook> checked = loader.load(read.valueOrNull());
    return checked.diagnostics();
  }

  /**
   * Files of other kinds are passed over in a folder; a file whose kind cannot be told is checked.
   */
  private static List<Path> runbooksIn(Path folder) throws IOException {
    return Folders.yamlFiles(folder).stream().filter(ValidateCommand::mayBeRunbook).toList();
  }

  private static boolean mayBeRunbook(Path path) {
    Checked<SourceFile> read = SourceReader.read(path);
    return read.value()
        .map(
            file ->
                file.text().contains("apiVersion: byteport.io/")
                    && file.text().lines().anyMatch(line -> line.strip().equals("kind: Runbook")))
        .orElse(true);
  }

  private static String count(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}
