package io.byteport.dsl.expr;

import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.expr.Token.Kind;
import io.byteport.dsl.expr.Token.Problem;
import io.byteport.dsl.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * Reads one text in quotes. A backslash may stand before a backslash, a quote, one of {@code n r
 * t}, or before {@code u} and four hexadecimal digits. Control characters, halves of surrogate
 * pairs and characters that reverse the direction of writing are refused however they are written,
 * and so is what looks like interpolation.
 */
final class TextLiteral {
  private final int[] text;
  private final int start;
  private final StringBuilder value = new StringBuilder();
  private int at;
  private @Nullable Token problem;

  TextLiteral(int[] text, int start) {
    this.text = text;
    this.start = start;
    this.at = start + 1;
  }

  /** The literal, or a problem. */
  Token read() {
    while (at < text.length && text[at] != text[start]) {
      character();
      if (problem != null) {
        return problem;
      }
    }
    if (at >= text.length) {
      return problem(
          DiagnosticCode.EXPR_SYNTAX,
          start,
          text.length,
          "expected a closing quote, found the end",
          null);
    }
    return new Token(
        Kind.LITERAL, slice(start, at + 1), Value.of(value.toString()), null, start, at + 1);
  }

  private void character() {
    int c = text[at];
    if (c == '\\') {
      escape();
      return;
    }
    if ((c == '$' || c == '@' || c == '#') && at + 1 < text.length && text[at + 1] == '{') {
      problem =
          problem(
              DiagnosticCode.EXPR_NOT_ALLOWED,
              at,
              at + 2,
              "Text inside an expression is not interpolated, found `" + slice(at, at + 2) + "`",
              "write `join([a, b], \"\")`, or `"
                  + (char) c
                  + "` and `{` apart, as in `["
                  + (char) c
                  + "]{`, in a pattern");
      return;
    }
    append(c, at, at + 1);
    at++;
  }

  private void escape() {
    int c = at + 1 < text.length ? text[at + 1] : -1;
    int plain =
        switch (c) {
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          case '\\', '"', '\'' -> c;
          default -> -1;
        };
    if (plain >= 0) {
      value.appendCodePoint(plain);
      at += 2;
    } else if (c == 'u') {
      unicode();
    } else {
      int end = Math.min(at + 2, text.length);
      problem =
          problem(
              DiagnosticCode.EXPR_SYNTAX,
              at,
              end,
              "expected one of \\\\ \\\" \\' \\n \\r \\t \\uXXXX, found `" + slice(at, end) + "`",
              "write `\\\\` for a backslash, in a pattern too");
    }
  }

  private void unicode() {
    int end = Math.min(at + 6, text.length);
    String digits = slice(Math.min(at + 2, end), end);
    if (!digits.matches("[0-9A-Fa-f]{4}")) {
      problem =
          problem(
              DiagnosticCode.EXPR_SYNTAX,
              at,
              end,
              "expected four hexadecimal digits after `\\u`, found `" + digits + "`",
              null);
      return;
    }
    append(Integer.parseInt(digits, 16), at, end);
    at = end;
  }

  private void append(int c, int from, int to) {
    boolean control = Character.isISOControl(c) && c != '\t' && c != '\n' && c != '\r';
    boolean half = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    boolean direction = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    if (control || half || direction) {
      problem =
          problem(
              DiagnosticCode.EXPR_SYNTAX,
              from,
              to,
              "Text in an expression cannot hold U+%04X".formatted(c),
              "leave the invisible character out");
      return;
    }
    value.appendCodePoint(c);
  }

  private Token problem(
      DiagnosticCode code, int from, int to, String message, @Nullable String hint) {
    return new Token(
        Kind.PROBLEM, slice(from, to), null, new Problem(code, message, hint), from, to);
  }

  private String slice(int from, int to) {
    return new String(text, from, to - from);
  }
}
