package io.byteport.dsl.diagnostic;

import io.byteport.dsl.source.Position;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Prints findings for people: what and where, with the line and a caret under the place. Lines and
 * columns count from 1, columns in code points. Control characters of a text never reach the
 * terminal. Immutable.
 */
public final class DiagnosticPrinter {
  private static final String RESET = "\u001b[0m";
  private static final String BOLD = "\u001b[1m";
  private static final String RED = "\u001b[1;31m";
  private static final String YELLOW = "\u001b[1;33m";
  private static final String CYAN = "\u001b[1;36m";
  private static final String BLUE = "\u001b[1;34m";

  private final boolean colour;

  /**
   * @param colour whether to print ANSI colours; the caller knows whether a terminal reads it
   */
  public DiagnosticPrinter(boolean colour) {
    this.colour = colour;
  }

  /**
   * Findings in the given order with an empty line between them; every line ends with a line feed.
   */
  public String print(List<Diagnostic> diagnostics) {
    return diagnostics.stream().map(this::print).collect(Collectors.joining("\n"));
  }

  /** One finding; every line ends with a line feed. */
  public String print(Diagnostic diagnostic) {
    int gutter = gutter(diagnostic);
    StringBuilder out = new StringBuilder();
    String severity = severity(diagnostic.severity());
    out.append(paint(severity, word(diagnostic.severity()) + "[" + diagnostic.code().id() + "]"))
        .append(paint(BOLD, ": " + Display.clean(diagnostic.message())))
        .append('\n');
    place(out, gutter, "-->", diagnostic.file(), diagnostic.span());
    snippet(out, gutter, diagnostic.file(), diagnostic.span(), '^', "", severity);
    for (Related related : diagnostic.related()) {
      place(out, gutter, ":::", related.file(), related.span());
      snippet(
          out,
          gutter,
          related.file(),
          related.span(),
          '-',
          " " + Display.clean(related.message()),
          BLUE);
    }
    if (diagnostic.hint() != null) {
      out.append(paint(BLUE, " ".repeat(gutter) + " = ")).append(paint(BOLD, "hint"));
      out.append(": ").append(Display.clean(diagnostic.hint())).append('\n');
    }
    return out.toString();
  }

  private void place(StringBuilder out, int gutter, String arrow, SourceFile file, Span span) {
    out.append(paint(BLUE, " ".repeat(gutter) + arrow + " ")).append(Display.clean(file.name()));
    if (file.length() == 0) {
      out.append('\n');
      return;
    }
    Position start = file.position(span.start());
    out.append(':').append(start.line() + 1).append(':').append(start.column() + 1).append('\n');
  }

  private void snippet(
      StringBuilder out,
      int gutter,
      SourceFile file,
      Span span,
      char mark,
      String label,
      String paint) {
    if (file.length() == 0) {
      return;
    }
    Position start = file.position(span.start());
    Position end = file.position(span.end());
    out.append(bar(gutter, "")).append('\n');
    if (start.line() == end.line()) {
      line(out, gutter, file, start.line(), start.column(), end.column(), mark, label, paint);
      return;
    }
    line(out, gutter, file, start.line(), start.column(), Integer.MAX_VALUE, mark, "", paint);
    if (end.line() > start.line() + 1) {
      out.append(paint(BLUE, "...")).append('\n');
    }
    int indent = indentation(file.line(end.line()));
    line(
        out,
        gutter,
        file,
        end.line(),
        Math.min(indent, end.column()),
        end.column(),
        mark,
        label,
        paint);
  }

  private void line(
      StringBuilder out,
      int gutter,
      SourceFile file,
      int line,
      int from,
      int to,
      char mark,
      String label,
      String paint) {
    Display display = Display.of(file, line, from, to);
    out.append(bar(gutter, String.valueOf(line + 1)))
        .append(display.text().isEmpty() ? "" : " " + display.text())
        .append('\n');
    String marks = String.valueOf(mark).repeat(display.width());
    out.append(bar(gutter, "")).append(' ').append(" ".repeat(display.offset()));
    out.append(paint(paint, marks + label)).append('\n');
  }

  private String bar(int gutter, String number) {
    return paint(BLUE, " ".repeat(gutter - number.length()) + number + " |");
  }

  private static int gutter(Diagnostic diagnostic) {
    int last = lastLine(diagnostic.file(), diagnostic.span());
    for (Related related : diagnostic.related()) {
      last = Math.max(last, lastLine(related.file(), related.span()));
    }
    return String.valueOf(last).length();
  }

  private static int lastLine(SourceFile file, Span span) {
    return file.position(span.end()).line() + 1;
  }

  private static int indentation(String line) {
    return line.length() - line.stripLeading().length();
  }

  private static String word(Severity severity) {
    return switch (severity) {
      case ERROR -> "error";
      case WARNING -> "warning";
      case INFO -> "info";
    };
  }

  private static String severity(Severity severity) {
    return switch (severity) {
      case ERROR -> RED;
      case WARNING -> YELLOW;
      case INFO -> CYAN;
    };
  }

  private String paint(String code, String text) {
    return colour && !text.isEmpty() ? code + text + RESET : text;
  }
}
