package io.byteport.cli;

import io.byteport.cli.report.CheckstyleReport;
import io.byteport.cli.report.FileReport;
import io.byteport.cli.report.GitHubReport;
import io.byteport.cli.report.GitLabReport;
import io.byteport.cli.report.JUnitReport;
import io.byteport.cli.report.Report;
import io.byteport.cli.report.ReportFormat;
import io.byteport.cli.report.SarifReport;
import io.byteport.dsl.check.RunbookLoader;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.Severity;
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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks runbooks completely, without running anything. */
@Command(
    name = "validate",
    description = {
      "Check runbooks: syntax, shape, names, types, data flow.",
      "Exit status 0 without errors, 1 with errors, 2 if a path does not exist."
    })
final class ValidateCommand implements Callable<Integer> {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "How to print: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.",
      defaultValue = "text")
  private ReportFormat output = ReportFormat.text;

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
    RunbookLoader loader = Language.load().loader();
    List<FileReport> checked = new ArrayList<>();
    for (Path file : files) {
      checked.add(check(loader, file));
    }
    Report report = new Report(checked);
    Terminal terminal = Terminal.ofProcess();
    switch (output) {
      case text -> print(report, terminal);
      case json -> Json.write(terminal.out(), DiagnosticJson.of(report.findings().toList()));
      case sarif ->
          new SarifReport(Main.version(), Path.of(""), ValidateCommand::status)
              .write(report, terminal.out());
      case github -> new GitHubReport(Path.of("")).write(report, terminal.out());
      case gitlab -> new GitLabReport(Path.of("")).write(report, terminal.out());
      case junit -> new JUnitReport().write(report, terminal.out());
      case checkstyle -> new CheckstyleReport().write(report, terminal.out());
    }
    terminal.out().flush();
    return status(report);
  }

  private static int status(Report report) {
    return report.count(Severity.ERROR) == 0 ? ExitStatus.OK : ExitStatus.FINDINGS;
  }

  private static void print(Report report, Terminal terminal) {
    List<Diagnostic> diagnostics = report.findings().toList();
    long errors = report.count(Severity.ERROR);
    terminal.out().print(Language.print(diagnostics, terminal.colour()));
    terminal
        .out()
        .println(
            count(report.files().size(), "file")
                + " checked, "
                + (diagnostics.isEmpty()
                    ? "nothing to complain about"
                    : count(errors, "error")
                        + ", "
                        + count(diagnostics.size() - errors, "warning")));
  }

  private static FileReport check(RunbookLoader loader, Path path) {
    Checked<SourceFile> read = SourceReader.read(path);
    SourceFile file = read.valueOrNull();
    return file == null
        ? new FileReport(new SourceFile(path.toString(), ""), read.diagnostics())
        : new FileReport(file, loader.load(file).diagnostics());
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
