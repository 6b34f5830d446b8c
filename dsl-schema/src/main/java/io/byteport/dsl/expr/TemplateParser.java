package io.byteport.dsl.expr;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.source.CodePoints;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.SourceMap;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads text with {@code ${expressions}} in it. {@code $${} is a literal <code>${</code>; any other dollar sign stands for itself. A brace
 * inside a quoted text of the expression does not end it.
 */
public final class TemplateParser {
  /** How many expressions a text may hold. */
  public static final int MAX_HOLES = 200;

  private final SourceFile file;
  private final SourceMap map;
  private final int[] points;
  private final List<Template.Part> parts = new ArrayList<>();
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final StringBuilder literal = new StringBuilder();
  private int holes;

  private TemplateParser(SourceFile file, String text, SourceMap map) {
    this.file = file;
    this.map = map;
    this.points = CodePoints.of(text);
  }

  /**
   * Reads a template.
   *
   * @param text the whole text as a value
   * @param map where each code point of {@code text} stands in {@code file}
   * @return always a template; every broken hole has one error
   */
  public static Checked<Template> parse(SourceFile file, String text, SourceMap map) {
    TemplateParser parser = new TemplateParser(file, text, map);
    parser.run();
    Template template = new Template(parser.parts, map.span(0, parser.points.length));
    return new Checked<>(template, parser.diagnostics);
  }

  private void run() {
    int at = 0;
    while (at < points.length) {
      if (isAt(at, "$${")) {
        literal.append("${");
        at += 3;
      } else if (isAt(at, "${")) {
        at = hole(at);
      } else {
        literal.appendCodePoint(points[at++]);
      }
    }
    endLiteral();
  }

  private void endLiteral() {
    if (!literal.isEmpty()) {
      parts.add(new Template.Text(literal.toString()));
      literal.setLength(0);
    }
  }

  private int hole(int open) {
    if (++holes > MAX_HOLES) {
      diagnostics.add(
          Diagnostic.of(
              DiagnosticCode.EXPR_TOO_COMPLEX,
              file,
              map.span(open, open + 2),
              "expected at most " + MAX_HOLES + " expressions in one text, found more",
              "split the text"));
      return points.length;
    }
    int close = close(open + 2);
    if (close < 0) {
      diagnostics.add(
          Diagnostic.of(
              DiagnosticCode.EXPR_TEMPLATE,
              file,
              map.span(open, open + 2),
              "expected `}` after `${`, found the end of the text",
              "write `$${` for a dollar sign and a brace"));
      return points.length;
    }
    endLiteral();
    String expression = new String(points, open + 2, close - open - 2);
    if (expression.isBlank()) {
      diagnostics.add(
          Diagnostic.of(
              DiagnosticCode.EXPR_TEMPLATE,
              file,
              map.span(open, close + 1),
              "expected an expression between `${` and `}`, found nothing",
              "write `$${}` for the characters themselves"));
      return close + 1;
    }
    Checked<Expr> expr = ExprParser.parse(file, expression, map.slice(open + 2, close));
    diagnostics.addAll(expr.diagnostics());
    expr.value().ifPresent(e -> parts.add(new Template.Hole(e, map.span(open, close + 1))));
    return close + 1;
  }

  /** The closing brace that belongs to a hole, or -1. */
  private int close(int from) {
    int quote = 0;
    for (int i = from; i < points.length; i++) {
      int c = points[i];
      if (quote != 0) {
        if (c == '\\') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '}') {
        return i;
      }
    }
    return quote == 0 ? -1 : firstBrace(from);
  }

  /**
   * Where a quote is left open, the nearest brace, so that the expression's own error names the
   * quote.
   */
  private int firstBrace(int from) {
    for (int i = from; i < points.length; i++) {
      if (points[i] == '}') {
        return i;
      }
    }
    return -1;
  }

  private boolean isAt(int at, String symbol) {
    for (int i = 0; i < symbol.length(); i++) {
      if (at + i >= points.length || points[at + i] != symbol.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
