package io.byteport.dsl.expr;

import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.expr.Token.Kind;
import io.byteport.dsl.expr.Token.Problem;
import io.byteport.dsl.source.CodePoints;
import io.byteport.dsl.value.ForeignUnits;
import io.byteport.dsl.value.Quantities;
import io.byteport.dsl.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Splits an expression into words. It reads on until the first character that has no place in an
 * expression; that one becomes a last word that says why.
 */
final class Lexer {
  /** The symbols of the language, longer ones first. */
  private static final List<String> SYMBOLS =
      List.of(
          "==", "!=", "<=", ">=", "~=", "&&", "||", "<", ">", "+", "-", "*", "/", "!", "(", ")",
          "[", "]", ",", ".", "$");

  /** What other languages write, and what to write instead; looked up before {@link #SYMBOLS}. */
  private static final List<Map.Entry<String, String>> FOREIGN =
      List.of(
          Map.entry("===", "write `==`"),
          Map.entry("!==", "write `!=`"),
          Map.entry("=~", "write `text ~= pattern`"),
          Map.entry("!~", "write `not (text ~= pattern)`"),
          Map.entry(
              "=>",
              "write `>=` to compare; there are no lambdas, list functions take a condition over"
                  + " `$`"),
          Map.entry("->", "there are no lambdas; list functions take a condition over `$`"),
          Map.entry("<>", "write `!=`"),
          Map.entry("<<", "there are no bit operators"),
          Map.entry(">>", "there are no bit operators"),
          Map.entry("//", "there are no comments inside an expression; YAML's `#` stands after it"),
          Map.entry("/*", "there are no comments inside an expression; YAML's `#` stands after it"),
          Map.entry("**", "write `pow(a, b)`"),
          Map.entry("++", "nothing can be changed by an expression"),
          Map.entry(
              "--",
              "nothing can be changed by an expression; write `a - (-b)` to subtract a negative"
                  + " number"),
          Map.entry("+=", "nothing can be changed by an expression"),
          Map.entry("-=", "nothing can be changed by an expression"),
          Map.entry("*=", "nothing can be changed by an expression"),
          Map.entry("/=", "nothing can be changed by an expression"),
          Map.entry("?.", "a field of null is null, so `.` is enough"),
          Map.entry("?", "use a choice: a list of `value` and `when`"),
          Map.entry("..", "there are no ranges; compare with `>=` and `<=`"),
          Map.entry(":", "use a choice, a list of `value` and `when`, or `coalesce(a, b)`"),
          Map.entry("=", "write `==` to compare; nothing can be assigned"),
          Map.entry("&", "write `and`"),
          Map.entry("|", "write `or`"),
          Map.entry("~", "write `text ~= pattern`"),
          Map.entry("^", "write `pow(a, b)`"),
          Map.entry(
              "%", "a percent stands right behind its number, as in `80%`; there is no remainder"),
          Map.entry(";", "an expression is one value, without statements"),
          Map.entry(
              "{",
              "there are no maps and no blocks in an expression; `${...}` belongs around it, not"
                  + " inside"),
          Map.entry("}", "there are no maps and no blocks in an expression"),
          Map.entry("@", "there are no annotations and no interpolation in an expression"),
          Map.entry(
              "#", "a comment needs a space before `#` and an expression without quotes around it"),
          Map.entry("`", "put text into double quotes"),
          Map.entry("\\", "put text into double quotes"));

  private static final String UNITS =
      "durations end in ms, s, m, h, d; sizes in Ki, Mi, Gi, Ti, Pi, k, M, G, T, P, B; percents in"
          + " %";
  private static final int MAX_DIGITS = 30;

  private final int[] text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(int[] text) {
    this.text = text;
  }

  /** The words of a text; the last is {@link Kind#END} or {@link Kind#PROBLEM}. */
  static List<Token> tokens(String text) {
    Lexer lexer = new Lexer(CodePoints.of(text));
    lexer.run();
    return List.copyOf(lexer.tokens);
  }

  private void run() {
    while (true) {
      while (at < text.length && isSpace(text[at])) {
        at++;
      }
      if (at == text.length) {
        tokens.add(new Token(Kind.END, "", null, null, at, at));
        return;
      }
      Token token = next();
      tokens.add(token);
      if (token.kind() == Kind.PROBLEM) {
        return;
      }
      at = token.end();
    }
  }

  private Token next() {
    int c = text[at];
    if (isNameStart(c)) {
      int end = at + 1;
      while (end < text.length && isNamePart(text[end])) {
        end++;
      }
      return new Token(Kind.NAME, slice(at, end), null, null, at, end);
    }
    if (isDigit(c)) {
      return number();
    }
    if (c == '"' || c == '\'') {
      return new TextLiteral(text, at).read();
    }
    if (standsAlone(c)) {
      return new Token(Kind.SYMBOL, Character.toString(c), null, null, at, at + 1);
    }
    for (Map.Entry<String, String> foreign : FOREIGN) {
      if (startsWith(foreign.getKey())
          && (foreign.getKey().length() > 1 || !startsWithSymbolOfTwo())) {
        return problem(
            DiagnosticCode.EXPR_NOT_ALLOWED,
            at + foreign.getKey().length(),
            "expressions have no `" + foreign.getKey() + "`",
            foreign.getValue());
      }
    }
    for (String symbol : SYMBOLS) {
      if (startsWith(symbol)) {
        return new Token(Kind.SYMBOL, symbol, null, null, at, at + symbol.length());
      }
    }
    return stray(c);
  }

  /** Whether a character is a symbol whatever follows: the frequent ones, known at once. */
  private boolean standsAlone(int c) {
    return switch (c) {
      case '(', ')', '[', ']', ',', '$' -> true;
      case '.' -> at + 1 < text.length && text[at + 1] != '.';
      default -> false;
    };
  }

  private boolean startsWithSymbolOfTwo() {
    return SYMBOLS.stream().anyMatch(symbol -> symbol.length() == 2 && startsWith(symbol));
  }

  private Token stray(int c) {
    String name = c < 32 || c == 127 ? "" : "`" + Character.toString(c) + "` ";
    String hint =
        switch (c) {
          case '\u201C', '\u201D', '\u201E', '\u2018', '\u2019' -> "put text into straight quotes";
          case '\u2264' -> "write `<=`";
          case '\u2265' -> "write `>=`";
          case '\u2260' -> "write `!=`";
          case '\u00D7', '\u00F7', '\u2212' -> "write `*`, `/` or `-`";
          default ->
              Character.isLetterOrDigit(c)
                  ? "names and numbers are written in ASCII; this character only looks familiar"
                  : "text stands in double quotes";
        };
    return problem(
        DiagnosticCode.EXPR_SYNTAX,
        at + 1,
        "expected a name, a value or an operator, found %s(U+%04X)".formatted(name, c),
        hint);
  }

  private Token number() {
    int end = at;
    while (end < text.length && isNumberPart(end)) {
      end++;
    }
    if (end < text.length && text[end] == '%') {
      end++;
    }
    String word = slice(at, end);
    Optional<? extends Value> value = value(word);
    if (value.isPresent()) {
      return new Token(Kind.LITERAL, word, value.get(), null, at, end);
    }
    boolean tooLarge = word.chars().allMatch(c -> c == '.' || isDigit(c)) && !word.endsWith(".");
    return problem(
        DiagnosticCode.EXPR_BAD_QUANTITY,
        end,
        tooLarge
            ? "expected a number up to 2^53, found `" + word + "`"
            : "expected a number, duration, size or percent, found `" + word + "`",
        tooLarge
            ? null
            : ForeignUnits.meant(word).map(m -> "did you mean `" + m + "`?").orElse(UNITS));
  }

  private boolean isNumberPart(int index) {
    return isNamePart(text[index])
        || (text[index] == '.' && index + 1 < text.length && isDigit(text[index + 1]));
  }

  private static Optional<? extends Value> value(String word) {
    if (word.length() > MAX_DIGITS) {
      return Optional.empty();
    }
    if (isPlainNumber(word)) {
      double number = Double.parseDouble(word);
      return number > 1L << 53 ? Optional.empty() : Optional.of(Value.of(number));
    }
    return Quantities.duration(word)
        .<Value>map(Value::of)
        .or(() -> Quantities.size(word).map(Value::of))
        .or(() -> Quantities.percent(word).map(Value::of));
  }

  /** Digits with at most one point, which stands between two of them. */
  private static boolean isPlainNumber(String word) {
    int points = 0;
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) == '.') {
        points++;
      } else if (!isDigit(word.charAt(i))) {
        return false;
      }
    }
    return points == 0 || (points == 1 && !word.endsWith("."));
  }

  private Token problem(DiagnosticCode code, int end, String message, @Nullable String hint) {
    return new Token(Kind.PROBLEM, slice(at, end), null, new Problem(code, message, hint), at, end);
  }

  private boolean startsWith(String symbol) {
    if (at + symbol.length() > text.length) {
      return false;
    }
    for (int i = 0; i < symbol.length(); i++) {
      if (text[at + i] != symbol.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private String slice(int start, int end) {
    return new String(text, start, end - start);
  }

  private static boolean isSpace(int c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNameStart(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private static boolean isNamePart(int c) {
    return isNameStart(c) || isDigit(c);
  }
}
