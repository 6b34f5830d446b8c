package io.byteport.cli;

import io.byteport.cli.Terminal.Style;
import io.byteport.dsl.source.SourceFile;
import io.byteport.engine.sim.CaseResult;
import io.byteport.engine.sim.CaseResult.Mismatch;
import java.io.PrintWriter;
import java.util.List;

/**
 * Prints what came of tests for a person: a line for each case, and all there is to say of a failed
 * one.
 */
final class TestReport {
  private static final String INDENT = "      ";

  private final Terminal terminal;
  private final PrintWriter out;

  TestReport(Terminal terminal) {
    this.terminal = terminal;
    this.out = terminal.out();
  }

  void print(List<TestedFile> tested) {
    tested.forEach(this::print);
    long cases = tested.stream().mapToLong(file -> file.results().size()).sum();
    long failed = tested.stream().mapToLong(TestedFile::failures).sum();
    long broken = tested.stream().filter(file -> !file.holds() && file.results().isEmpty()).count();
    String summary =
        count(cases, "case")
            + " in "
            + count(tested.size(), "file")
            + (failed == 0 ? "" : ", " + failed + " failed")
            + (broken == 0 ? "" : ", " + count(broken, "file") + " could not be played");
    boolean clean = failed == 0 && broken == 0 && cases > 0;
    out.println(
        terminal.styled(clean ? Style.GREEN : Style.RED, summary + (clean ? ", all hold" : "")));
    out.flush();
  }

  private void print(TestedFile tested) {
    out.println(
        terminal.styled(Style.BOLD, tested.runbook().isEmpty() ? "?" : tested.runbook())
            + "  "
            + terminal.styled(Style.FAINT, tested.file().name()));
    if (!tested.findings().isEmpty()) {
      out.print(Language.print(tested.findings(), terminal.colour()));
    }
    tested.results().forEach(result -> print(tested.file(), result));
    out.println();
  }

  private void print(SourceFile file, CaseResult result) {
    String mark =
        result.holds() ? terminal.styled(Style.GREEN, "✓") : terminal.styled(Style.RED, "✗");
    out.println("  " + mark + " " + result.testCase().name());
    for (Mismatch misfit : result.mismatches()) {
      out.println(
          INDENT
              + terminal.styled(Style.RED, misfit.what())
              + ": expected "
              + misfit.expected()
              + ", found "
              + misfit.found().replace("\n", "\n" + INDENT + "  ")
              + "  "
              + terminal.styled(
                  Style.FAINT, file.name() + ":" + TestCommand.line(file, misfit.span())));
    }
    if (!result.holds() && !result.ending().isEmpty()) {
      out.println(INDENT + "ended " + result.ending());
      result.explanation().lines().forEach(line -> out.println(INDENT + "  " + line));
    }
  }

  private static String count(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}
