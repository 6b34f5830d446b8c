package io.byteport.dsl.expr;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.expr.Expr.ArithmeticOperator;
import io.byteport.dsl.expr.Expr.ComparisonOperator;
import io.byteport.dsl.expr.Expr.LogicalOperator;
import io.byteport.dsl.expr.Token.Kind;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.SourceMap;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads an expression. From the loosest to the tightest binding: {@code or}; {@code and}; {@code
 * not}; the comparisons {@code == != < <= > >= in contains ~=}, which do not chain; {@code + -};
 * {@code * /}; unary {@code -} and {@code !}; {@code .field}, {@code [index]} and calls. {@code ||}
 * and {@code &&} are read as {@code or} and {@code and}.
 *
 * <p>What the language does not have is refused with the first error found and a hint at what to
 * write instead; the rest of the text is not looked at, so an error never causes another. A tree is
 * always returned, with {@link Expr.Invalid} where reading stopped.
 */
public final class ExprParser {
  /** Longest expression, in code points. */
  public static final int MAX_LENGTH = 4_000;

  /** Deepest nesting of the tree. */
  public static final int MAX_DEPTH = 100;

  private static final int MAX_BRACKETS = 50;

  private final SourceFile file;
  private final SourceMap map;
  private final List<Token> tokens;
  private int next;
  private int brackets;
  private @Nullable Diagnostic error;

  private ExprParser(SourceFile file, SourceMap map, List<Token> tokens) {
    this.file = file;
    this.map = map;
    this.tokens = tokens;
  }

  /**
   * Reads an expression.
   *
   * @param text the expression as a value, without quotes or escapes of the file's format
   * @param map where each code point of {@code text} stands in {@code file}
   * @return always a tree; with at most one error
   */
  public static Checked<Expr> parse(SourceFile file, String text, SourceMap map) {
    int length = text.codePointCount(0, text.length());
    if (length > MAX_LENGTH) {
      return refused(
          file,
          DiagnosticCode.EXPR_TOO_COMPLEX,
          map.span(0, length),
          "expected at most %d characters in an expression, found %d".formatted(MAX_LENGTH, length),
          "give parts of it names, as facts of their own");
    }
    ExprParser parser = new ExprParser(file, map, new ArrayList<>(Lexer.tokens(text)));
    if (parser.peek().kind() == Kind.END) {
      return refused(
          file,
          DiagnosticCode.EXPR_SYNTAX,
          map.span(0, length),
          "expected an expression, found nothing",
          null);
    }
    Expr expr = parser.whole();
    return new Checked<>(expr, parser.error == null ? List.of() : List.of(parser.error));
  }

  private static Checked<Expr> refused(
      SourceFile file, DiagnosticCode code, Span span, String message, @Nullable String hint) {
    return new Checked<>(
        new Expr.Invalid(span), List.of(Diagnostic.of(code, file, span, message, hint)));
  }

  private Expr whole() {
    Expr expr = or();
    Token rest = peek();
    if (rest.kind() != Kind.END) {
      return afterOperand(rest);
    }
    if (error == null && deeperThan(expr, MAX_DEPTH)) {
      return tooDeep(expr.span());
    }
    return expr;
  }

  private Expr tooDeep(Span span) {
    return fail(
        DiagnosticCode.EXPR_TOO_COMPLEX,
        span,
        "expected an expression with at most " + MAX_DEPTH + " levels, found a deeper one",
        "give parts of it names, as facts of their own");
  }

  // ── operators, loosest first ──────────────────────────────────────────────────────────────────

  private Expr or() {
    int start = peek().start();
    Expr left = and();
    while (accept("or", "||")) {
      Span operator = previousSpan();
      Expr right = and();
      left = new Expr.Logical(LogicalOperator.OR, left, right, operator, from(start));
    }
    return left;
  }

  private Expr and() {
    int start = peek().start();
    Expr left = not();
    while (accept("and", "&&")) {
      Span operator = previousSpan();
      Expr right = not();
      left = new Expr.Logical(LogicalOperator.AND, left, right, operator, from(start));
    }
    return left;
  }

  private Expr not() {
    int start = peek().start();
    if (!peek().isName("not")) {
      return comparison();
    }
    advance();
    return nested(() -> new Expr.Not(not(), from(start)));
  }

  private Expr comparison() {
    int start = peek().start();
    Expr left = sum();
    Token operator = peek();
    if (!isComparison(operator)) {
      return left;
    }
    advance();
    Span operatorSpan = previousSpan();
    Expr right = sum();
    Token chained = peek();
    if (isComparison(chained)) {
      return fail(
          DiagnosticCode.EXPR_SYNTAX,
          span(chained),
          "Comparisons do not chain, found a second operator `" + chained.text() + "`",
          "write `a < b and b < c`, or put one comparison into parentheses");
    }
    return comparison(operator.text(), left, right, operatorSpan, from(start));
  }

  private static Expr comparison(
      String operator, Expr left, Expr right, Span operatorSpan, Span span) {
    return switch (operator) {
      case "in" -> new Expr.Membership(left, right, false, operatorSpan, span);
      case "contains" -> new Expr.Membership(right, left, true, operatorSpan, span);
      case "~=" -> new Expr.Match(left, right, operatorSpan, span);
      default ->
          new Expr.Comparison(
              ComparisonOperator.of(operator).orElseThrow(), left, right, operatorSpan, span);
    };
  }

  private static boolean isComparison(Token token) {
    return switch (token.kind()) {
      case NAME -> token.text().equals("in") || token.text().equals("contains");
      case SYMBOL -> token.text().equals("~=") || ComparisonOperator.of(token.text()).isPresent();
      case LITERAL, PROBLEM, END -> false;
    };
  }

  private Expr sum() {
    int start = peek().start();
    Expr left = product();
    while (accept("+", "-")) {
      ArithmeticOperator operator =
          tokens.get(next - 1).is("+") ? ArithmeticOperator.ADD : ArithmeticOperator.SUBTRACT;
      Span operatorSpan = previousSpan();
      Expr right = product();
      left = new Expr.Arithmetic(operator, left, right, operatorSpan, from(start));
    }
    return left;
  }

  private Expr product() {
    int start = peek().start();
    Expr left = unary();
    while (accept("*", "/")) {
      ArithmeticOperator operator =
          tokens.get(next - 1).is("*") ? ArithmeticOperator.MULTIPLY : ArithmeticOperator.DIVIDE;
      Span operatorSpan = previousSpan();
      Expr right = unary();
      left = new Expr.Arithmetic(operator, left, right, operatorSpan, from(start));
    }
    return left;
  }

  private Expr unary() {
    int start = peek().start();
    if (accept("-", "-")) {
      return nested(() -> new Expr.Negate(unary(), from(start)));
    }
    if (accept("!", "!")) {
      return nested(() -> new Expr.Not(unary(), from(start)));
    }
    return postfix();
  }

  // ── operands ──────────────────────────────────────────────────────────────────────────────────

  private Expr postfix() {
    int start = peek().start();
    Expr expr = primary();
    while (true) {
      if (accept(".", ".")) {
        Token name = peek();
        if (name.kind() != Kind.NAME) {
          fail(name, "a field after `.`", null);
          return new Expr.Field(expr, "", previousSpan(), from(start));
        }
        advance();
        if (peek().is("(")) {
          return methodCall(name);
        }
        expr = new Expr.Field(expr, name.text(), span(name), from(start));
      } else if (accept("[", "[")) {
        Expr target = expr;
        expr = nested(() -> new Expr.Index(target, closed(or(), "]"), from(start)));
      } else {
        return expr;
      }
    }
  }

  private Expr methodCall(Token name) {
    boolean known = !Functions.named(name.text()).isEmpty();
    return fail(
        DiagnosticCode.EXPR_NOT_ALLOWED,
        span(name),
        "Values have no methods, found a call of `" + name.text() + "`",
        known
            ? "write `" + name.text() + "(value, ...)`"
            : "call a function of the library with the value as its argument");
  }

  private Expr primary() {
    Token token = peek();
    return switch (token.kind()) {
      case LITERAL -> literal(token);
      case NAME -> name(token);
      case SYMBOL ->
          switch (token.text()) {
            case "(" -> {
              advance();
              yield nested(() -> closed(or(), ")"));
            }
            case "[" -> list(token);
            case "$" -> {
              advance();
              yield new Expr.Element(span(token));
            }
            default -> fail(token, "a value", null);
          };
      case PROBLEM, END -> fail(token, "a value", null);
    };
  }

  private Expr literal(Token token) {
    advance();
    Value value = token.value();
    return value == null ? new Expr.Invalid(span(token)) : new Expr.Literal(value, span(token));
  }

  private Expr name(Token token) {
    return switch (token.text()) {
      case "true", "false" -> word(token, Value.of(token.text().equals("true")));
      case "null" -> word(token, Value.NULL);
      case "in", "contains", "and", "or" -> fail(token, "a value", null);
      case "not" ->
          fail(token, "a value", "put the negated part into parentheses, as in `a == (not b)`");
      default -> {
        advance();
        yield peek().is("(") ? call(token) : new Expr.Name(token.text(), span(token));
      }
    };
  }

  private Expr word(Token token, Value value) {
    advance();
    return new Expr.Literal(value, span(token));
  }

  private Expr call(Token name) {
    advance();
    return nested(
        () -> {
          List<Expr> arguments = items(")");
          return new Expr.Call(name.text(), span(name), arguments, from(name.start()));
        });
  }

  private Expr list(Token open) {
    advance();
    return nested(
        () -> {
          List<Expr> items = items("]");
          return new Expr.ListLiteral(items, from(open.start()));
        });
  }

  private List<Expr> items(String close) {
    List<Expr> items = new ArrayList<>();
    if (accept(close, close)) {
      return items;
    }
    while (true) {
      items.add(or());
      if (accept(",", ",")) {
        continue;
      }
      int last = items.size() - 1;
      items.set(last, closed(items.get(last), close));
      return items;
    }
  }

  private Expr closed(Expr expr, String close) {
    if (!accept(close, close)) {
      Token token = peek();
      if (token.kind() == Kind.END) {
        return fail(token, "`" + close + "`", null);
      }
      return afterOperand(token);
    }
    return expr;
  }

  // ── errors ────────────────────────────────────────────────────────────────────────────────────

  /** A word that stands where only an operator or a closing bracket may. */
  private Expr afterOperand(Token token) {
    Token before = next > 0 ? tokens.get(next - 1) : token;
    for (Token word : List.of(token, before)) {
      Optional<String> hint =
          word.kind() == Kind.NAME ? ForeignWords.hint(word.text()) : Optional.empty();
      if (hint.isPresent()) {
        return fail(
            DiagnosticCode.EXPR_NOT_ALLOWED,
            span(word),
            word.isName("not")
                ? "expected an operator, found `not`"
                : "expressions have no `" + word.text() + "`",
            hint.get());
      }
    }
    String hint = token.kind() == Kind.NAME ? "text stands in double quotes" : null;
    return fail(token, "an operator", hint);
  }

  private Expr fail(Token found, String expected, @Nullable String hint) {
    Token.Problem problem = found.problem();
    if (problem != null) {
      return fail(problem.code(), span(found), problem.message(), problem.hint());
    }
    return fail(
        DiagnosticCode.EXPR_SYNTAX,
        span(found),
        "expected " + expected + ", found " + found.described(),
        hint);
  }

  /** Keeps the first error and goes to the end, where nothing more is found. */
  private Expr fail(DiagnosticCode code, Span span, String message, @Nullable String hint) {
    if (error == null) {
      Diagnostic found = Diagnostic.of(code, file, span, message, hint);
      error = Spelling.fix(file.text(span), span, hint).map(found::withFix).orElse(found);
    }
    int end = map.length();
    next = tokens.size() - 1;
    if (tokens.get(next).kind() != Kind.END) {
      tokens.set(next, new Token(Kind.END, "", null, null, end, end));
    }
    return new Expr.Invalid(span);
  }

  private interface Part {
    Expr read();
  }

  private Expr nested(Part part) {
    if (brackets == MAX_BRACKETS) {
      return tooDeep(span(peek()));
    }
    brackets++;
    Expr expr = part.read();
    brackets--;
    return expr;
  }

  private static boolean deeperThan(Expr expr, int levels) {
    if (levels == 0) {
      return true;
    }
    for (Expr child : expr.children()) {
      if (deeperThan(child, levels - 1)) {
        return true;
      }
    }
    return false;
  }

  // ── words ─────────────────────────────────────────────────────────────────────────────────────

  private Token peek() {
    return tokens.get(next);
  }

  private void advance() {
    if (next < tokens.size() - 1) {
      next++;
    }
  }

  private boolean accept(String one, String other) {
    Token token = peek();
    boolean found =
        (token.kind() == Kind.NAME || token.kind() == Kind.SYMBOL)
            && (token.text().equals(one) || token.text().equals(other));
    if (found) {
      advance();
    }
    return found;
  }

  private Span previousSpan() {
    return span(tokens.get(next - 1));
  }

  private Span span(Token token) {
    return map.span(token.start(), token.end());
  }

  /** From a code point to the end of the last word that was read. */
  private Span from(int start) {
    int end = next > 0 ? tokens.get(next - 1).end() : start;
    return map.span(start, Math.max(start, end));
  }
}
