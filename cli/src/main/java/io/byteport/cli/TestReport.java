package io.byteport.cli;

import io.byteport.cli.Terminal.Style;
import io.byteport.dsl.source.SourceFile;
import io.byteport.engine.sim.CaseResult;
import io.byteport.engine.sim.CaseResult.Mismatch;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Prints what came of tests for a person: a line for each case, and all there is to say of a failed
 * one.
 */
final class TestReport {
  private static final String INDENT = "      ";

  /** What is faster is not worth a number. */
  private static final Duration SLOW = Duration.ofMillis(100);

  private static final int SLOWEST = 3;

  private final Terminal terminal;
  private final PrintWriter out;

  TestReport(Terminal terminal) {
    this.terminal = terminal;
    this.out = terminal.out();
  }

  void print(TestResults results) {
    results.files().stream()
        .filter(file -> !file.cases().isEmpty() || !file.findings().isEmpty())
        .forEach(this::print);
    slowest(results);
    String summary =
        count(results.played(), "case")
            + " in "
            + count(results.files().size(), "file")
            + (results.failures() == 0 ? "" : ", " + results.failures() + " failed")
            + (results.skipped() == 0 ? "" : ", " + results.skipped() + " skipped")
            + (results.left() == 0
                ? ""
                : ", "
                    + results.left()
                    + (results.focused() ? " hidden by focus" : " not selected"))
            + (results.broken() == 0
                ? ""
                : ", " + count(results.broken(), "file") + " could not be played")
            + (results.holds() && results.played() > 0 ? ", all hold" : "");
    Style style = !results.holds() ? Style.RED : results.focused() ? Style.YELLOW : Style.GREEN;
    out.println(
        terminal.styled(style, summary)
            + terminal.styled(Style.FAINT, ", " + seconds(results.took())));
    out.flush();
  }

  private void print(TestedFile tested) {
    out.println(
        terminal.styled(Style.BOLD, tested.name().isEmpty() ? "?" : tested.name())
            + "  "
            + terminal.styled(Style.FAINT, tested.file().name()));
    if (!tested.findings().isEmpty()) {
      out.print(Language.print(tested.findings(), terminal.colour()));
    }
    tested.cases().forEach(one -> print(tested.file(), one));
    out.println();
  }

  private void print(SourceFile file, TestedCase one) {
    if (one.result() == null) {
      out.println(
          "  "
              + terminal.styled(Style.YELLOW, "-")
              + " "
              + one.testCase().name()
              + terminal.styled(Style.FAINT, "  skipped: " + one.skipped()));
      return;
    }
    boolean holds = one.result().holds();
    out.println(
        "  "
            + (holds ? terminal.styled(Style.GREEN, "✓") : terminal.styled(Style.RED, "✗"))
            + " "
            + one.testCase().name()
            + (one.took().compareTo(SLOW) < 0
                ? ""
                : terminal.styled(Style.FAINT, "  " + one.took().toMillis() + " ms")));
    if (!holds) {
      failed(file, one.result());
    }
  }

  private void failed(SourceFile file, CaseResult result) {
    out.println(INDENT + faint(file.name() + ":" + line(file, result.testCase().place().start())));
    result.mismatches().forEach(misfit -> misfit(file, misfit));
    if (!result.ending().isEmpty()) {
      out.println(INDENT + "ended " + result.ending());
    }
    result.explanation().lines().forEach(line -> out.println(INDENT + "  " + line));
  }

  private void misfit(SourceFile file, Mismatch misfit) {
    String place = faint("  line " + line(file, misfit.span().start()));
    String what = INDENT + terminal.styled(Style.RED, misfit.what());
    boolean many = misfit.found().contains("\n") || misfit.expected().contains("\n");
    if (!many && misfit.expected().length() + misfit.found().length() <= 90) {
      out.println(what + ": expected " + misfit.expected() + ", found " + misfit.found() + place);
      return;
    }
    out.println(what + ": expected -, found +" + place);
    for (String line : Differences.of(lines(misfit.expected()), lines(misfit.found()))) {
      Style style =
          line.startsWith("-") ? Style.GREEN : line.startsWith("+") ? Style.RED : Style.FAINT;
      out.println(INDENT + "  " + terminal.styled(style, line));
    }
  }

  /** Long lists are easier to compare below each other. */
  private static List<String> lines(String text) {
    return text.contains("\n") ? text.lines().toList() : List.of(text.split(", ", -1));
  }

  private String faint(String text) {
    return terminal.styled(Style.FAINT, text);
  }

  static int line(SourceFile file, int offset) {
    return file.position(offset).line() + 1;
  }

  private void slowest(TestResults results) {
    List<TestedCase> slow =
        results.files().stream()
            .flatMap(file -> file.cases().stream())
            .filter(one -> one.took().compareTo(SLOW) >= 0)
            .sorted(Comparator.comparing(TestedCase::took).reversed())
            .limit(SLOWEST)
            .toList();
    if (!slow.isEmpty()) {
      out.println(faint("slowest:"));
      slow.forEach(
          one ->
              out.println(faint("  " + one.took().toMillis() + " ms  " + one.testCase().name())));
    }
  }

  private static String seconds(Duration took) {
    return String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
  }

  private static String count(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}
