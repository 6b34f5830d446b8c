package io.byteport.cli.coverage;

import io.byteport.dsl.source.SourceFile;
import io.byteport.engine.coverage.Coverage;
import io.byteport.engine.coverage.Point;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/**
 * Coverage as one page that needs nothing else: the text of each runbook, its lines coloured by
 * what was reached of them, and beside each what that is. Light or dark as the reader's system is.
 */
public final class CoveragePage {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; --ink: #1c2128; --soft: #656d76; --paper: #ffffff;
        --panel: #f6f8fa; --line: #d0d7de; --yes: #1a7f37; --yes-bg: #dafbe1; --some: #9a6700;
        --some-bg: #fff8c5; --no: #cf222e; --no-bg: #ffebe9; }
      @media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #8d96a0;
        --paper: #0d1117; --panel: #161b22; --line: #30363d; --yes: #3fb950; --yes-bg: #12261e;
        --some: #d29922; --some-bg: #2b2310; --no: #f85149; --no-bg: #2d1517; } }
      * { box-sizing: border-box; }
      body { margin: 0 auto; padding: 2rem 1.5rem 4rem; max-width: 90rem; color: var(--ink);
        background: var(--paper); font: 15px/1.5 system-ui, sans-serif; }
      h1 { font-size: 1.5rem; margin: 0 0 1rem; }
      h2 { font-size: 1.15rem; margin: 2.5rem 0 .25rem; }
      a { color: inherit; }
      p, .soft { color: var(--soft); margin: 0 0 .75rem; }
      table.sum { border-collapse: collapse; font-variant-numeric: tabular-nums; }
      table.sum th, table.sum td { text-align: right; padding: .3rem .8rem;
        border-bottom: 1px solid var(--line); }
      table.sum th:first-child, table.sum td:first-child { text-align: left; padding-left: 0; }
      table.sum th { color: var(--soft); font-weight: 500; }
      .bar { display: inline-block; width: 6rem; height: .55rem; border-radius: .3rem;
        background: var(--no-bg); overflow: hidden; vertical-align: middle; }
      .bar i { display: block; height: 100%; background: var(--yes); }
      .all { color: var(--yes); } .few { color: var(--no); }
      ul.kinds { list-style: none; display: flex; flex-wrap: wrap; gap: .4rem 1.4rem; padding: 0;
        margin: 0 0 1rem; }
      .scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: .5rem; }
      table.code { border-collapse: collapse; width: 100%;
        font: 12.5px/1.55 ui-monospace, "SFMono-Regular", "DejaVu Sans Mono", monospace; }
      table.code td { padding: 0 .7rem; vertical-align: top; }
      td.no { color: var(--soft); text-align: right; user-select: none; width: 1%;
        border-right: 3px solid transparent; }
      td.no a { text-decoration: none; }
      td.text { white-space: pre-wrap; overflow-wrap: anywhere; }
      td.points { width: 34%; padding-top: .1rem; }
      tr.covered { background: var(--yes-bg); } tr.covered td.no { border-color: var(--yes); }
      tr.partly { background: var(--some-bg); } tr.partly td.no { border-color: var(--some); }
      tr.missed { background: var(--no-bg); } tr.missed td.no { border-color: var(--no); }
      tr:target { outline: 2px solid var(--some); outline-offset: -2px; }
      .point { display: inline-block; margin: 0 .3rem .1rem 0; padding: 0 .4rem; font-size: 11px;
        border-radius: .6rem; border: 1px solid currentColor; white-space: nowrap; }
      .yes { color: var(--yes); } .never { color: var(--no); font-weight: 600; }
      .extra { color: var(--soft); border-style: dashed; }
      li a { overflow-wrap: anywhere; }
      """;

  private final PrintWriter out;

  private CoveragePage(PrintWriter out) {
    this.out = out;
  }

  /** Writes the page, neither closing nor flushing. */
  public static void write(List<Coverage> coverages, PrintWriter out) {
    new CoveragePage(out).page(coverages);
  }

  private void page(List<Coverage> coverages) {
    out.println("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">");
    out.println("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    out.println("<title>Coverage of runbooks</title>\n<style>\n" + STYLE + "</style>\n</head>");
    out.println("<body>\n<h1>Coverage of runbooks</h1>");
    summary(coverages);
    coverages.forEach(this::runbook);
    out.println("</body>\n</html>");
  }

  private void summary(List<Coverage> coverages) {
    out.println("<table class=\"sum\"><tr><th>runbook<th>reached<th>of<th>percent<th></tr>");
    for (Coverage one : coverages) {
      String id = escaped(one.runbook().id());
      out.println(
          "<tr><td><a href=\"#%s\">%s</a><td>%d<td>%d<td class=\"%s\">%s<td>%s</tr>"
              .formatted(
                  id,
                  id,
                  one.reached(),
                  one.total(),
                  one.missing().isEmpty() ? "all" : "few",
                  percent(one),
                  bar(one)));
    }
    out.println("</table>");
  }

  private static String bar(Coverage one) {
    return String.format(
        Locale.ROOT, "<span class=\"bar\"><i style=\"width: %.1f%%\"></i></span>", one.percent());
  }

  /** Cut, not rounded, so that only all is a hundred. */
  static String percent(Coverage one) {
    return String.format(Locale.ROOT, "%.1f %%", Math.floor(one.percent() * 10) / 10);
  }

  private void runbook(Coverage one) {
    String id = escaped(one.runbook().id());
    SourceFile file = CoveredLines.files(one).getFirst();
    out.println("<h2 id=\"" + id + "\">" + id + "</h2>");
    out.println("<p>" + escaped(file.name()) + "</p>\n<ul class=\"kinds\">");
    for (Point.Kind kind : Point.Kind.values()) {
      if (one.total(kind) > 0) {
        boolean all = one.reached(kind) == one.total(kind);
        out.println(
            "<li>%s <strong class=\"%s\">%d/%d</strong></li>"
                .formatted(kind.title(), all ? "all" : "few", one.reached(kind), one.total(kind)));
      }
    }
    out.println("</ul>");
    missing(one);
    for (SourceFile each : CoveredLines.files(one)) {
      if (each != file) {
        out.println("<p>" + escaped(each.name()) + "</p>");
      }
      text(one, each, anchor(one, each));
    }
  }

  /** What the lines of a file begin with in links: the runbook's id, and a number for a library. */
  private static String anchor(Coverage one, SourceFile file) {
    int index = CoveredLines.files(one).indexOf(file);
    return escaped(one.runbook().id()) + (index == 0 ? "" : "-" + index);
  }

  private void text(Coverage one, SourceFile file, String id) {
    out.println("<div class=\"scroll\"><table class=\"code\">");
    CoveredLines lines = new CoveredLines(one, file);
    for (int line = 1; line <= file.lineCount(); line++) {
      if (line < file.lineCount() || !file.line(line - 1).isEmpty()) {
        line(one, lines, id, line, file.line(line - 1));
      }
    }
    out.println("</table></div>");
  }

  private void missing(Coverage one) {
    if (one.missing().isEmpty()) {
      return;
    }
    out.println("<details open><summary>Not reached: " + one.missing().size() + "</summary><ul>");
    for (Point point : one.missing()) {
      int line = CoveredLines.line(one, point);
      out.println(
          "<li><a href=\"#%s-%d\">line %d</a> %s <strong>%s</strong></li>"
              .formatted(
                  anchor(one, CoveredLines.file(one, point)),
                  line,
                  line,
                  point.kind().title(),
                  escaped(point.toString())));
    }
    out.println("</ul></details>");
  }

  private void line(Coverage one, CoveredLines lines, String id, int line, String text) {
    CoveredLines.State state = lines.state(line);
    StringBuilder points = new StringBuilder();
    for (Point point : lines.lines().getOrDefault(line, List.of())) {
      points.append(point(one, point));
    }
    out.println(
        "<tr id=\"%s-%d\" class=\"%s\"><td class=\"no\"><a href=\"#%s-%d\">%d</a><td class=\"text\">%s<td class=\"points\">%s</tr>"
            .formatted(
                id,
                line,
                state.name().toLowerCase(Locale.ROOT),
                id,
                line,
                line,
                escaped(text),
                points));
  }

  private static String point(Coverage one, Point point) {
    int hits = one.hits().getOrDefault(point, 0);
    String look = !point.counts() ? "extra" : hits > 0 ? "yes" : "never";
    String title =
        point.kind().title()
            + ", "
            + point
            + ": "
            + (hits == 0 ? "in no case" : hits == 1 ? "in 1 case" : "in " + hits + " cases")
            + (point.counts() ? "" : "; does not count");
    return "<span class=\"point %s\" title=\"%s\">%s %s%s</span>"
        .formatted(
            look,
            escaped(title),
            escaped(point.branch()),
            hits > 0 ? "✓" : "✗",
            hits > 1 ? " " + hits : "");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
