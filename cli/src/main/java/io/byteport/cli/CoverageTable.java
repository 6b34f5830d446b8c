package io.byteport.cli;

import io.byteport.cli.Terminal.Style;
import io.byteport.cli.coverage.CoveredLines;
import io.byteport.engine.coverage.Coverage;
import io.byteport.engine.coverage.Point;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Prints coverage for a person: how much of each kind, and what exactly is missing. */
final class CoverageTable {
  private final Terminal terminal;
  private final PrintWriter out;

  CoverageTable(Terminal terminal, PrintWriter out) {
    this.terminal = terminal;
    this.out = out;
  }

  void print(List<Coverage> coverages) {
    coverages.forEach(this::print);
    out.flush();
  }

  /** Cut, not rounded, so that only all is a hundred. */
  static String percent(Coverage one) {
    return String.format(Locale.ROOT, "%.1f %%", Math.floor(one.percent() * 10) / 10);
  }

  private void print(Coverage one) {
    out.println();
    out.println(
        "coverage of "
            + terminal.styled(Style.BOLD, one.runbook().id())
            + "  "
            + terminal.styled(Style.FAINT, one.runbook().source().name()));
    for (Point.Kind kind : Point.Kind.values()) {
      if (one.total(kind) > 0) {
        row(kind.title(), one.reached(kind), one.total(kind), "");
      }
    }
    row("all", one.reached(), one.total(), "  " + percent(one));
    if (!one.missing().isEmpty()) {
      out.println("  not reached:");
    }
    for (Point point : one.missing()) {
      out.println(
          "    "
              + CoveredLines.file(one, point).name()
              + ":"
              + CoveredLines.line(one, point)
              + "  "
              + point.kind().title()
              + "  "
              + terminal.styled(Style.RED, point.toString()));
    }
  }

  private void row(String title, int reached, int total, String rest) {
    String counts = String.format(Locale.ROOT, "%4d of %-4d", reached, total);
    out.println(
        String.format(Locale.ROOT, "  %-13s", title)
            + terminal.styled(reached == total ? Style.GREEN : Style.RED, counts)
            + rest);
  }
}
