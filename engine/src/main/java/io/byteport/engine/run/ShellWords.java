package io.byteport.engine.run;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Quotes for a POSIX shell (POSIX.1-2017, 2.2.2), for people who paste. */
final class ShellWords {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private ShellWords() {}

  /** A program and its arguments as one line that a shell reads as exactly these. */
  static String line(List<String> command) {
    return command.stream().map(ShellWords::quote).collect(Collectors.joining(" "));
  }

  static String quote(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
