package io.byteport.dsl.yaml;

/** Tells whether a text closes every quote and bracket that it opens, as an expression would. */
final class Balance {
  private final StringBuilder open = new StringBuilder();
  private int quote;
  private boolean wordBefore;
  private boolean escaped;

  static boolean isClosed(String text) {
    Balance balance = new Balance();
    text.codePoints().forEach(balance::take);
    return balance.isClosed();
  }

  boolean isClosed() {
    return quote == 0 && open.isEmpty();
  }

  boolean inQuotes() {
    return quote != 0;
  }

  void take(int c) {
    if (quote != 0) {
      inside(c);
    } else if (c == '"' || (c == '\'' && !wordBefore)) {
      quote = c;
    } else if (c == '(' || c == '[' || c == '{') {
      open.append(c == '(' ? ')' : c == '[' ? ']' : '}');
    } else if (!open.isEmpty() && open.charAt(open.length() - 1) == c) {
      open.setLength(open.length() - 1);
    }
    wordBefore = Character.isLetterOrDigit(c);
  }

  private void inside(int c) {
    if (escaped) {
      escaped = false;
    } else if (c == '\\') {
      escaped = true;
    } else if (c == quote) {
      quote = 0;
    }
  }
}
