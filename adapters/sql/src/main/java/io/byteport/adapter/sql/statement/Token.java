package io.byteport.adapter.sql.statement;

/**
 * A piece of a statement.
 *
 * @param text as it is written
 */
record Token(Kind kind, String text) {

  enum Kind {
    /** A keyword or a name. */
    WORD,
    /** A name in quotes. */
    QUOTED_NAME,
    /** A string or a number. */
    LITERAL,
    /** {@code $1}. */
    PARAMETER,
    /** One character of anything else. */
    SYMBOL,
    COMMENT,
    SPACE,
    /** The rest of a text of which nobody can say where its literals end. */
    UNREADABLE
  }

  boolean is(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  boolean isWord(String word) {
    return kind == Kind.WORD && text.equalsIgnoreCase(word);
  }

  boolean isBlank() {
    return kind == Kind.SPACE || kind == Kind.COMMENT;
  }
}
