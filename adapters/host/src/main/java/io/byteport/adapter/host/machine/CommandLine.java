package io.byteport.adapter.host.machine;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The line that a POSIX shell takes apart into exactly the words that it was made of (POSIX.1-2017,
 * Shell Command Language, 2.2.2 Single-Quotes).
 */
public final class CommandLine {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+:,./-]+");
  private static final Pattern PLAIN_LATER = Pattern.compile("[A-Za-z0-9_@%+:,./=-]+");
  private static final Set<String> RESERVED =
      Set.of(
          "if",
          "then",
          "else",
          "elif",
          "fi",
          "do",
          "done",
          "case",
          "esac",
          "while",
          "until",
          "for",
          "in",
          "function",
          "select",
          "time",
          "coproc");

  private CommandLine() {}

  /**
   * @param words none may contain NUL, which no program can be given
   */
  public static String of(List<String> words) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      boolean plain =
          i == 0
              ? PLAIN.matcher(word).matches() && !RESERVED.contains(word)
              : PLAIN_LATER.matcher(word).matches();
      line.append(i == 0 ? "" : " ").append(plain ? word : quote(word));
    }
    return line.toString();
  }

  /** One word in single quotes. */
  static String quote(String word) {
    if (word.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a word with NUL cannot be given to a program");
    }
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
