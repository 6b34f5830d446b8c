package io.byteport.cli;

import io.byteport.cli.report.CheckstyleReport;
import io.byteport.cli.report.GitHubReport;
import io.byteport.cli.report.GitLabReport;
import io.byteport.cli.report.JUnitReport;
import io.byteport.cli.report.JsonReport;
import io.byteport.cli.report.ReportFormat;
import io.byteport.cli.report.ReportWriter;
import io.byteport.cli.report.SarifReport;
import io.byteport.cli.report.TextReport;
import io.byteport.dsl.check.RunbookLoader;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.settings.FailLevel;
import io.byteport.dsl.workspace.FileReport;
import io.byteport.dsl.workspace.Fixer;
import io.byteport.dsl.workspace.Fixer.Change;
import io.byteport.dsl.workspace.Fixer.Fixed;
import io.byteport.dsl.workspace.Inspector;
import io.byteport.dsl.workspace.LibraryFiles;
import io.byteport.dsl.workspace.Report;
import io.byteport.dsl.workspace.RunbookLookup;
import io.byteport.dsl.workspace.Selector;
import io.byteport.dsl.workspace.Selector.Selection;
import io.byteport.dsl.workspace.SettingsFiles;
import io.byteport.dsl.yaml.SourceReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One pass of {@code validate}: choose, check, mend, print. */
final class Validation {
  private static final Path NAMELESS = Path.of("<stdin>");

  private final ValidateOptions options;
  private final RunbookLoader loader;
  private final Terminal terminal;
  private final SettingsFiles settings;

  Validation(ValidateOptions options, RunbookLoader loader, Terminal terminal) {
    this.options = options;
    this.loader = loader;
    this.terminal = terminal;
    this.settings =
        options.noConfig
            ? SettingsFiles.none()
            : options.config == null ? SettingsFiles.nearest() : SettingsFiles.only(options.config);
  }

  /**
   * @return the exit status
   * @throws UsageException if there is nothing to check
   */
  int pass() throws IOException {
    Inspector inspector = inspector();
    int status;
    if (options.fix || options.diff) {
      Fixed fixed = new Fixer(inspector, options.unsafeFixes).fix();
      status = options.diff ? diff(fixed) : write(inspector, fixed);
    } else {
      Report report = inspector.inspect();
      print(report, terminal.out(), FindingSummary.line(inspector.count(), report));
      status = status(report);
    }
    terminal.out().flush();
    terminal.err().flush();
    return status;
  }

  private Inspector inspector() throws IOException {
    List<String> paths =
        options.paths.stream().filter(path -> !path.equals(ValidateOptions.STDIN)).toList();
    boolean onlyStdin = options.readsStdin() && paths.isEmpty();
    Selection selection =
        onlyStdin
            ? new Selection(List.of(), List.of())
            : new Selector(settings, !options.noGitignore).select(paths);
    Map<Path, byte[]> given = options.readsStdin() ? Map.of(stdin(), readStdin()) : Map.of();
    Inspector inspector =
        new Inspector(
            new RunbookLookup(loader, Library::runbooks),
            new LibraryFiles(Library::shared),
            settings,
            selection,
            given);
    if (inspector.count() == 0 && selection.unreadable().isEmpty()) {
      throw new UsageException(
          "nothing to check in "
              + (paths.isEmpty() ? "the current folder" : String.join(", ", paths))
              + ": no YAML file there has an apiVersion of byteport.io");
    }
    return inspector;
  }

  private Path stdin() {
    return Objects.requireNonNullElse(options.stdinFilename, NAMELESS);
  }

  private static byte[] readStdin() throws IOException {
    return System.in.readNBytes(SourceReader.MAX_BYTES + 1);
  }

  /** What would change goes to standard output, everything else beside it. */
  private int diff(Fixed fixed) {
    fixed.changes().forEach(change -> terminal.out().print(change.diff()));
    if (!options.quiet) {
      terminal.err().println(fixes(fixed, "fix") + ", then " + left(fixed));
    }
    return fixed.changes().isEmpty() ? status(fixed.left()) : ExitStatus.FINDINGS;
  }

  private int write(Inspector inspector, Fixed fixed) throws IOException {
    boolean toOut = options.readsStdin();
    List<IOException> failures = new ArrayList<>();
    for (Change change : fixed.changes()) {
      try {
        if (!toOut || !change.path().equals(stdin())) {
          change.write();
        }
      } catch (IOException failed) {
        failures.add(failed);
      }
    }
    if (toOut) {
      terminal.out().print(inspector.whole(stdin()));
    }
    print(
        fixed.left(),
        toOut ? terminal.err() : terminal.out(),
        FindingSummary.count(inspector.count(), "file")
            + " checked, "
            + fixes(fixed, "fix applied")
            + ", "
            + left(fixed));
    for (IOException failed : failures) {
      terminal.err().println("byteport: not fixed: " + failed.getMessage());
    }
    return failures.isEmpty() ? status(fixed.left()) : ExitStatus.USAGE;
  }

  private static String fixes(Fixed fixed, String what) {
    String number = what.replaceFirst("fix", fixed.applied() == 1 ? "fix" : "fixes");
    return fixed.applied() == 0
        ? "nothing to fix"
        : fixed.applied()
            + " "
            + number
            + " in "
            + FindingSummary.count(fixed.changes().size(), "file");
  }

  private static String left(Fixed fixed) {
    String severities = FindingSummary.severities(fixed.left());
    return fixed.left().findings().findAny().isPresent() ? severities + " left" : severities;
  }

  private void print(Report report, PrintWriter out, String summary) {
    Report shown = first(report, options.maxFindings);
    writer().write(shown, out);
    boolean text = options.output == ReportFormat.text;
    if (options.statistics) {
      FindingSummary.statistics(report).forEach((text ? out : terminal.err())::println);
    }
    if (!text || options.quiet) {
      return;
    }
    out.println(summary);
    long all = report.findings().count();
    if (all > options.maxFindings) {
      out.println("showing the first " + options.maxFindings + " of " + all + " findings");
    }
    String fixable = FindingSummary.fixable(report);
    if (!options.fix && !fixable.isEmpty()) {
      out.println(fixable);
    }
  }

  private ReportWriter writer() {
    return switch (options.output) {
      case text -> new TextReport(terminal.colour());
      case json -> new JsonReport();
      case sarif -> new SarifReport(Main.version(), Path.of(""), this::status);
      case github -> new GitHubReport(Path.of(""));
      case gitlab -> new GitLabReport(Path.of(""));
      case junit -> new JUnitReport();
      case checkstyle -> new CheckstyleReport();
    };
  }

  /** The same files with no more than some of their findings. */
  private static Report first(Report report, int most) {
    List<FileReport> files = new ArrayList<>();
    int left = most;
    for (FileReport file : report.files()) {
      List<Diagnostic> findings =
          file.findings().subList(0, Math.min(left, file.findings().size()));
      left -= findings.size();
      files.add(new FileReport(file.file(), findings));
    }
    return new Report(files);
  }

  /** Each file's findings count by what is set for its folder. */
  private int status(Report report) {
    for (FileReport file : report.files()) {
      Path folder = Path.of(file.file().name()).toAbsolutePath().normalize().getParent();
      FailLevel set = folder == null ? null : settings.in(folder).failLevel();
      FailLevel level =
          options.failLevel != null
              ? options.failLevel
              : Objects.requireNonNullElse(set, FailLevel.ERROR);
      if (file.findings().stream().anyMatch(one -> level.isReachedBy(one.severity()))) {
        return ExitStatus.FINDINGS;
      }
    }
    return ExitStatus.OK;
  }
}
