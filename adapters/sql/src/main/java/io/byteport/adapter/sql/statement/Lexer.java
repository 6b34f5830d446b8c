package io.byteport.adapter.sql.statement;

import io.byteport.adapter.sql.statement.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a statement into its pieces, in linear time. Where the end of a literal depends on a setting
 * of the server (a backslash before a quote), or the text ends within one, the rest is unreadable:
 * better to know less than to take data for a name.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-syntax-lexical.html">PostgreSQL's
 *     lexical structure</a>
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/language-structure.html">MySQL's language
 *     structure</a>
 */
final class Lexer {
  private final String sql;
  private final Dialect dialect;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(String sql, Dialect dialect) {
    this.sql = sql;
    this.dialect = dialect;
  }

  /** All of a text, in order; the texts of the tokens are that text again. */
  static List<Token> read(String sql, Dialect dialect) {
    Lexer lexer = new Lexer(sql, dialect);
    while (lexer.at < sql.length()) {
      int start = lexer.at;
      Kind kind = lexer.next();
      if (kind == Kind.UNREADABLE) {
        lexer.at = sql.length();
      }
      lexer.tokens.add(new Token(kind, sql.substring(start, lexer.at)));
    }
    return List.copyOf(lexer.tokens);
  }

  private Kind next() {
    char c = sql.charAt(at);
    if (isSpace(c)) {
      while (at < sql.length() && isSpace(sql.charAt(at))) {
        at++;
      }
      return Kind.SPACE;
    }
    if (beginsLineComment()) {
      while (at < sql.length() && sql.charAt(at) != '\n' && sql.charAt(at) != '\r') {
        at++;
      }
      return Kind.COMMENT;
    }
    if (sql.startsWith("/*", at)) {
      return blockComment();
    }
    return switch (c) {
      case '\'' -> string('\'', false);
      case '"' -> dialect == Dialect.MYSQL ? string('"', false) : quotedName('"');
      case '`' -> dialect == Dialect.MYSQL ? quotedName('`') : symbol();
      case '$' -> dollar();
      default -> {
        if (isDigit(c) || (c == '.' && isDigit(peek(1)))) {
          yield number();
        }
        yield isNameStart(c) ? word() : symbol();
      }
    };
  }

  private boolean beginsLineComment() {
    if (dialect == Dialect.MYSQL) {
      return sql.charAt(at) == '#'
          || (sql.startsWith("--", at) && (at + 2 == sql.length() || sql.charAt(at + 2) <= ' '));
    }
    return sql.startsWith("--", at);
  }

  private Kind blockComment() {
    int depth = 1;
    at += 2;
    while (at < sql.length()) {
      if (sql.startsWith("*/", at)) {
        at += 2;
        depth--;
        if (depth == 0) {
          return Kind.COMMENT;
        }
      } else if (dialect == Dialect.POSTGRES && sql.startsWith("/*", at)) {
        at += 2;
        depth++;
      } else {
        at++;
      }
    }
    return Kind.UNREADABLE;
  }

  /**
   * A string, the opening quote of which comes next.
   *
   * @param escapes whether a backslash certainly escapes what follows it
   */
  private Kind string(char quote, boolean escapes) {
    at++;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (c == '\\') {
        int run = at;
        while (run < sql.length() && sql.charAt(run) == '\\') {
          run++;
        }
        boolean odd = (run - at) % 2 == 1;
        if (odd && run < sql.length() && sql.charAt(run) == quote && !escapes) {
          return Kind.UNREADABLE;
        }
        at = odd && escapes ? run + 1 : run;
      } else if (c == quote) {
        at++;
        if (at >= sql.length() || sql.charAt(at) != quote) {
          return Kind.LITERAL;
        }
        at++;
      } else {
        at++;
      }
    }
    return Kind.UNREADABLE;
  }

  private Kind quotedName(char quote) {
    at++;
    while (at < sql.length()) {
      if (sql.charAt(at) == quote) {
        at++;
        if (at >= sql.length() || sql.charAt(at) != quote) {
          return Kind.QUOTED_NAME;
        }
      }
      at++;
    }
    return Kind.UNREADABLE;
  }

  private Kind dollar() {
    if (isDigit(peek(1))) {
      at++;
      while (at < sql.length() && isDigit(sql.charAt(at))) {
        at++;
      }
      return Kind.PARAMETER;
    }
    if (dialect == Dialect.MYSQL) {
      return word();
    }
    int end = at + 1;
    while (end < sql.length() && isNamePart(sql.charAt(end)) && sql.charAt(end) != '$') {
      end++;
    }
    if (end == sql.length()) {
      return Kind.UNREADABLE; // perhaps the beginning of a quote
    }
    if (sql.charAt(end) != '$') {
      return symbol();
    }
    String tag = sql.substring(at, end + 1);
    int close = sql.indexOf(tag, end + 1);
    if (close < 0) {
      return Kind.UNREADABLE;
    }
    at = close + tag.length();
    return Kind.LITERAL;
  }

  private Kind number() {
    while (at < sql.length()) {
      char c = sql.charAt(at);
      boolean sign =
          (c == '+' || c == '-') && Character.toLowerCase(sql.charAt(at - 1)) == 'e' && at > 0;
      if (!isNamePart(c) && c != '.' && !(sign && isDigit(peek(1)))) {
        break;
      }
      at++;
    }
    return Kind.LITERAL;
  }

  private Kind word() {
    char first = Character.toLowerCase(sql.charAt(at));
    char second = peek(1);
    if (second == '\'' && "ebxn".indexOf(first) >= 0) {
      at++;
      return string('\'', first == 'e' && dialect == Dialect.POSTGRES);
    }
    if (first == 'u' && second == '&' && (peek(2) == '\'' || peek(2) == '"')) {
      char quote = peek(2);
      at += 2;
      return quote == '"' && dialect == Dialect.POSTGRES ? quotedName('"') : string(quote, false);
    }
    at++;
    while (at < sql.length() && isNamePart(sql.charAt(at))) {
      at++;
    }
    return Kind.WORD;
  }

  private Kind symbol() {
    at += Character.charCount(sql.codePointAt(at));
    return Kind.SYMBOL;
  }

  private char peek(int ahead) {
    return at + ahead < sql.length() ? sql.charAt(at + ahead) : '\0';
  }

  private static boolean isSpace(char c) {
    return c <= ' ';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNameStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c > 127;
  }

  private static boolean isNamePart(char c) {
    return isNameStart(c) || isDigit(c) || c == '$';
  }
}
