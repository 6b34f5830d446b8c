package io.byteport.adapter.sql.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Statements without the data in them: every string and number is a question mark, comments are
 * gone. So they can stand in a journal or a mail. Linear in the length of the statement, of which
 * the first {@value #LONGEST_STATEMENT} characters are looked at.
 */
public final class Fingerprint {
  private static final int LONGEST_STATEMENT = 10_000;

  /** Characters of {@link #shown}. */
  public static final int LONGEST_SHOWN = 1_000;

  /** Characters of {@link #of}. */
  public static final int LONGEST = 500;

  private static final String DATA = "?";

  /** Words before a parenthesis that is not that of a call. */
  private static final Set<String> NO_CALL =
      Set.of(
          "in", "values", "and", "or", "not", "as", "on", "from", "where", "select", "exists",
          "union", "all", "having", "when", "then", "else", "case", "by", "join", "using", "with");

  private Fingerprint() {}

  /** The statement in its own layout, for people to read. */
  public static String shown(String sql, Dialect dialect) {
    StringBuilder text = new StringBuilder();
    for (Token token : Lexer.read(capped(sql), dialect)) {
      text.append(
          switch (token.kind()) {
            case WORD, QUOTED_NAME, SYMBOL, SPACE, PARAMETER -> token.text();
            case LITERAL -> DATA;
            case COMMENT -> " ";
            case UNREADABLE -> DATA + "…";
          });
      if (text.length() > LONGEST_SHOWN) {
        break;
      }
    }
    return cut(plain(text.toString()), LONGEST_SHOWN);
  }

  /**
   * The statement in one spelling, lists of data shortened to one, so that statements that differ
   * in nothing but their data are the same.
   */
  public static String of(String sql, Dialect dialect) {
    List<String> parts = new ArrayList<>();
    for (Token token : Lexer.read(capped(sql), dialect)) {
      switch (token.kind()) {
        case WORD -> parts.add(token.text().toLowerCase(Locale.ROOT));
        case QUOTED_NAME, SYMBOL -> parts.add(token.text());
        case LITERAL, PARAMETER -> parts.add(DATA);
        case UNREADABLE -> parts.add(DATA + "…");
        case COMMENT, SPACE -> {
          continue;
        }
      }
      shorten(parts);
    }
    if (!parts.isEmpty() && parts.getLast().equals(";")) {
      parts.removeLast();
    }
    return cut(plain(joined(parts)), LONGEST);
  }

  /** Makes {@code ?, ?} and {@code (?), (?)} at the end one. */
  private static void shorten(List<String> parts) {
    if (endsWith(parts, DATA, ",", DATA)) {
      parts.subList(parts.size() - 2, parts.size()).clear();
    } else if (endsWith(parts, "(", DATA, ")", ",", "(", DATA, ")")) {
      parts.subList(parts.size() - 4, parts.size()).clear();
    }
  }

  private static boolean endsWith(List<String> parts, String... end) {
    return parts.size() >= end.length
        && parts.subList(parts.size() - end.length, parts.size()).equals(List.of(end));
  }

  private static String joined(List<String> parts) {
    StringBuilder text = new StringBuilder();
    String before = "(";
    for (String part : parts) {
      boolean call = part.equals("(") && isName(before) && !NO_CALL.contains(before);
      boolean tight = ",;).]".contains(part) || "(.[".contains(before) || call || part.equals("[");
      boolean operator = isOperator(before) && isOperator(part);
      if (!tight && !operator) {
        text.append(' ');
      }
      text.append(part);
      before = part;
    }
    return text.toString();
  }

  private static boolean isName(String part) {
    char c = part.charAt(part.length() - 1);
    return Character.isLetterOrDigit(c) || c == '_' || c == '"' || c == '`';
  }

  private static boolean isOperator(String part) {
    return part.length() == 1 && "+-*/<>=~!@#%^&|:".contains(part);
  }

  /** Without control characters, since it is printed on terminals. */
  private static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> plain.appendCodePoint(Character.isISOControl(c) && c != '\n' ? ' ' : c));
    return plain.toString().strip();
  }

  private static String capped(String sql) {
    return sql.length() <= LONGEST_STATEMENT ? sql : sql.substring(0, LONGEST_STATEMENT);
  }

  private static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(longest - 2)) ? longest - 2 : longest - 1;
    return text.substring(0, end) + "…";
  }
}
