package io.byteport.cli;

import io.byteport.cli.coverage.CoveragePage;
import io.byteport.cli.coverage.Lcov;
import io.byteport.engine.coverage.Coverage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What is told of the runbooks' coverage, and how much of it there must be. */
final class CoverageOptions {
  private static final String OPTION = "--coverage";
  private static final String PAGE = "index.html";

  /** How it may be written. */
  enum Form {
    table,
    lcov,
    html
  }

  @Option(
      names = OPTION,
      arity = "0..1",
      paramLabel = "FORM[:FILE]",
      parameterConsumer = OnlyForms.class,
      description = {
        "Tell what of the runbooks the cases have reached: `table` (the default), `lcov[:FILE]`"
            + " (default lcov.info), `html[:FOLDER|FILE]` (default coverage/index.html).",
        "May be given several times."
      })
  private List<String> forms = List.of();

  @Option(
      names = "--coverage-threshold",
      paramLabel = "PERCENT",
      description = "Fail where less than this is reached of any runbook, from 0 to 100.")
  private @Nullable Double threshold;

  /** Takes the next word only where it is a form, so that a path may follow. */
  static final class OnlyForms implements IParameterConsumer {
    @Override
    public void consumeParameters(Stack<String> args, ArgSpec argSpec, CommandSpec commandSpec) {
      List<String> before = argSpec.getValue();
      List<String> forms = new ArrayList<>(before == null ? List.<String>of() : before);
      boolean form = !args.isEmpty() && args.peek().matches("(table|lcov|html)(:.*)?");
      forms.add(form ? args.pop() : Form.table.name());
      argSpec.setValue(forms);
    }
  }

  boolean isAskedFor() {
    return !forms.isEmpty() || threshold != null;
  }

  /**
   * @throws UsageException if what was given makes no sense
   */
  void check() {
    targets();
    if (threshold != null && !(threshold >= 0 && threshold <= 100)) {
      throw new UsageException(
          "--coverage-threshold: expected a percentage from 0 to 100, found " + threshold);
    }
  }

  private List<OutputTarget<Form>> targets() {
    List<OutputTarget<Form>> targets = new ArrayList<>();
    for (String form : forms) {
      OutputTarget<Form> target = OutputTarget.of(OPTION, Form.class, form);
      if (target.format() == Form.table && target.file() != null) {
        throw new UsageException(OPTION + ": the table goes to the terminal");
      }
      targets.add(target);
    }
    return targets;
  }

  /** What all cases together have reached, runbook by runbook, in the order of their tests. */
  static List<Coverage> of(List<TestedFile> tested) {
    Map<String, Coverage> coverages = new LinkedHashMap<>();
    for (TestedFile file : tested) {
      if (file.runbook() != null) {
        String source = file.runbook().source().name();
        coverages.putIfAbsent(source, Coverage.none(file.runbook()));
        for (TestedCase one : file.cases()) {
          if (one.result() != null) {
            coverages.merge(source, one.result().coverage(), Coverage::plus);
          }
        }
      }
    }
    return List.copyOf(coverages.values());
  }

  /**
   * Writes whatever was asked for.
   *
   * @return whether there is enough of it
   */
  boolean write(List<Coverage> coverages, Terminal terminal, PrintWriter people)
      throws IOException {
    for (OutputTarget<Form> target : targets()) {
      switch (target.format()) {
        case table -> new CoverageTable(terminal, people).print(coverages);
        case lcov -> {
          Path file = target.file() == null ? Path.of("lcov.info") : target.file();
          try (PrintWriter out = open(file)) {
            Lcov.write(coverages, out);
          }
        }
        case html -> {
          try (PrintWriter out = open(page(target.file()))) {
            CoveragePage.write(coverages, out);
          }
        }
      }
    }
    boolean enough = true;
    double needed = threshold == null ? 0 : threshold;
    for (Coverage one : coverages) {
      if (one.percent() < needed) {
        enough = false;
        terminal
            .err()
            .printf(
                Locale.ROOT,
                "byteport: %s is covered to %s, %s %% are needed%n",
                one.runbook().id(),
                CoverageTable.percent(one),
                new java.math.BigDecimal(needed).stripTrailingZeros().toPlainString());
      }
    }
    terminal.err().flush();
    return enough;
  }

  private static Path page(@Nullable Path given) {
    if (given == null) {
      return Path.of("coverage", PAGE);
    }
    String name = String.valueOf(given.getFileName());
    return name.endsWith(".html") || name.endsWith(".htm") ? given : given.resolve(PAGE);
  }

  static PrintWriter open(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    return new PrintWriter(Files.newBufferedWriter(file));
  }
}
