package io.byteport.engine.run;

import java.util.regex.Pattern;

/** Quotes for a POSIX shell (POSIX.1-2017, 2.2.2), for people who paste. */
final class ShellWords {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private ShellWords() {}

  static String quote(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
