package io.byteport.dsl.expr;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.expr.Token.Kind;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.SourceMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lays out the text of an expression: {@code and}, {@code or} and {@code not} as words, one space
 * around operators, no parentheses without use. Literals stay as they are written, and so do line
 * breaks with the indentation after them. Unlike {@link ExprPrinter} it works on the author's
 * words, so that {@code 24h} does not become {@code 1d}.
 */
public final class ExprLayout {
  private static final Set<String> WORDS = Set.of("and", "or", "not", "in", "contains");
  private static final Set<String> BINARY =
      Set.of("==", "!=", "<=", ">=", "~=", "&&", "||", "<", ">", "+", "-", "*", "/");

  private final int[] points;
  private final List<Token> tokens;
  private final Grouping grouping;
  private final StringBuilder out = new StringBuilder();

  private ExprLayout(int[] points, List<Token> tokens, Grouping grouping) {
    this.points = points;
    this.tokens = tokens;
    this.grouping = grouping;
  }

  /**
   * The laid out text; the text itself where it is no expression. What is returned always means the
   * same.
   */
  public static String of(String text) {
    Optional<Expr> before = parsed(text);
    if (before.isEmpty()) {
      return text;
    }
    List<Token> tokens = Lexer.tokens(text);
    String laidOut =
        new ExprLayout(text.codePoints().toArray(), tokens, Grouping.of(before.get(), tokens))
            .run();
    boolean same = parsed(laidOut).filter(after -> SameMeaning.of(before.get(), after)).isPresent();
    return same ? laidOut : text;
  }

  /** The tree of a text without errors. */
  static Optional<Expr> parsed(String text) {
    int length = text.codePointCount(0, text.length());
    Checked<Expr> parsed =
        ExprParser.parse(new SourceFile("expression", text), text, SourceMap.straight(0, length));
    return parsed.hasErrors() ? Optional.empty() : parsed.value();
  }

  private String run() {
    Token before = null;
    int previous = -1;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.kind() == Kind.END || grouping.isDropped(i)) {
        continue;
      }
      if (before != null) {
        separate(previous, before, i, token);
      }
      out.append("(".repeat(grouping.opened(i)));
      out.append(word(token));
      out.append(")".repeat(grouping.closed(i)));
      before = token;
      previous = i;
    }
    return out.toString();
  }

  private static String word(Token token) {
    return switch (token.text()) {
      case "&&" -> token.kind() == Kind.SYMBOL ? "and" : token.text();
      case "||" -> token.kind() == Kind.SYMBOL ? "or" : token.text();
      case "!" -> token.kind() == Kind.SYMBOL ? "not" : token.text();
      default -> token.text();
    };
  }

  /** A line break where the author has one, else a space or nothing. */
  private void separate(int leftIndex, Token left, int rightIndex, Token right) {
    int newline = -1;
    for (int at = left.end(); at < right.start(); at++) {
      if (points[at] == '\n') {
        newline = at;
      }
    }
    if (newline >= 0) {
      int indentation = 0;
      while (newline + 1 + indentation < right.start()
          && points[newline + 1 + indentation] == ' ') {
        indentation++;
      }
      out.append('\n').append(" ".repeat(indentation));
    } else if (isApart(leftIndex, left, rightIndex, right)) {
      out.append(' ');
    }
  }

  private boolean isApart(int leftIndex, Token left, int rightIndex, Token right) {
    if (right.is(",") || right.is(")") || right.is("]") || right.is(".")) {
      return false;
    }
    if (left.is("(") || left.is("[") || left.is(".")) {
      return false;
    }
    if (left.is("-") && isSign(leftIndex)) {
      return false;
    }
    if (right.is("(") || right.is("[")) {
      return !endsOperand(rightIndex - 1);
    }
    return true;
  }

  /** Whether a minus belongs to what follows it alone. */
  private boolean isSign(int index) {
    return !endsOperand(index - 1);
  }

  /** Whether an operand ends with this token, so that a bracket after it is a call or an index. */
  private boolean endsOperand(int index) {
    return index >= 0 && endsOperand(tokens.get(index));
  }

  static boolean endsOperand(Token token) {
    return switch (token.kind()) {
      case NAME -> !WORDS.contains(token.text());
      case LITERAL -> true;
      case SYMBOL ->
          !BINARY.contains(token.text())
              && !token.is("(")
              && !token.is("[")
              && !token.is(",")
              && !token.is(".")
              && !token.is("!");
      case PROBLEM, END -> false;
    };
  }
}
