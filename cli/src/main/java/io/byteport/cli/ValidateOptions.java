package io.byteport.cli;

import io.byteport.cli.report.ReportFormat;
import io.byteport.dsl.settings.FailLevel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** What {@code validate} takes. Fields without {@code private} are set by picocli alone. */
final class ValidateOptions {
  static final String STDIN = "-";

  @Parameters(
      paramLabel = "PATH",
      arity = "0..*",
      description = {
        "Files, folders, patterns such as 'runbooks/**/*.yaml', or - for standard input. Default:"
            + " the current folder.",
        "A file that is named is always checked. In folders every YAML file of BytePort is, but"
            + " what git ignores, hidden files, and the folders target and node_modules. Links to"
            + " folders are not followed."
      })
  List<String> paths = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "How to print: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.",
      defaultValue = "text")
  ReportFormat output = ReportFormat.text;

  @Option(
      names = "--stdin-filename",
      paramLabel = "PATH",
      description = "Where the text of standard input would lie.")
  @Nullable Path stdinFilename;

  @Option(names = "--no-gitignore", description = "Check what git ignores, too.")
  boolean noGitignore;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "These settings, in place of the nearest byteport.yaml above each file.")
  @Nullable Path config;

  @Option(names = "--no-config", description = "No settings at all.")
  boolean noConfig;

  @Option(
      names = "--fail-level",
      paramLabel = "LEVEL",
      converter = Level.class,
      completionCandidates = Levels.class,
      description =
          "From which severity on a finding makes the exit status 1: ${COMPLETION-CANDIDATES}."
              + " Default: what the settings say, else error.")
  @Nullable FailLevel failLevel;

  @Option(names = "--fix", description = "Apply the fixes that keep the meaning.")
  boolean fix;

  @Option(
      names = "--unsafe-fixes",
      description = "With --fix or --diff: the fixes that are only likely to be right, too.")
  boolean unsafeFixes;

  @Option(
      names = "--diff",
      description = "Print what --fix would change as a unified diff; write nothing.")
  boolean diff;

  @Option(names = "--watch", description = "Check again whenever a file changes, until Ctrl-C.")
  boolean watch;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print findings and nothing else.")
  boolean quiet;

  @Option(
      names = "--max-findings",
      paramLabel = "N",
      description = "Print no more than N findings. The exit status counts all.")
  int maxFindings = Integer.MAX_VALUE;

  @Option(names = "--statistics", description = "Count the findings of each code.")
  boolean statistics;

  /** The words of fail levels, for help and completion. */
  static final class Levels implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(FailLevel.values()).map(FailLevel::word).iterator();
    }
  }

  /** A fail level from its word. */
  static final class Level implements ITypeConverter<FailLevel> {
    @Override
    public FailLevel convert(String word) {
      return FailLevel.of(word)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "expected one of " + String.join(", ", new Levels()) + ", found " + word));
    }
  }

  boolean readsStdin() {
    return paths.contains(STDIN);
  }

  /**
   * @throws UsageException if two options cannot be meant together
   */
  void check() {
    if (watch && (readsStdin() || diff)) {
      throw new UsageException(
          "--watch goes with files that are read again: leave out " + (diff ? "--diff" : STDIN));
    }
    if (unsafeFixes && !fix && !diff) {
      throw new UsageException("--unsafe-fixes says how to fix: add --fix or --diff");
    }
    if (stdinFilename != null && !readsStdin()) {
      throw new UsageException("--stdin-filename names standard input: add " + STDIN);
    }
    if (noConfig && config != null) {
      throw new UsageException("--config and --no-config exclude each other");
    }
    if (maxFindings < 0) {
      throw new UsageException("--max-findings takes a number from 0 on");
    }
  }
}
