package io.byteport.sim.host;

import java.util.ArrayList;
import java.util.List;

/** A line as a shell takes it apart: words, single quotes and a backslash before one character. */
final class CommandLine {
  private CommandLine() {}

  /**
   * @throws IllegalArgumentException for what would need a whole shell
   */
  static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean begun = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\'') {
        int end = line.indexOf('\'', i + 1);
        if (end < 0) {
          throw new IllegalArgumentException("a quote has no end");
        }
        word.append(line, i + 1, end);
        i = end;
        begun = true;
      } else if (c == '\\' && i + 1 < line.length()) {
        word.append(line.charAt(++i));
        begun = true;
      } else if (c == ' ') {
        if (begun) {
          words.add(word.toString());
        }
        word.setLength(0);
        begun = false;
      } else if ("\"$`|&;<>()*?[#~\n".indexOf(c) >= 0) {
        throw new IllegalArgumentException("`" + c + "` stands outside of quotes");
      } else {
        word.append(c);
        begun = true;
      }
    }
    if (begun) {
      words.add(word.toString());
    }
    return words;
  }
}
