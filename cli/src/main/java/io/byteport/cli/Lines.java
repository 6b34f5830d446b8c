package io.byteport.cli;

import io.byteport.cli.Terminal.Style;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints indented lines that stay within the width of a terminal. Not safe for several threads. */
final class Lines {
  /** So much of a line is left for words at least, however deep it stands. */
  private static final int LEAST = 24;

  private final Terminal terminal;

  Lines(Terminal terminal) {
    this.terminal = terminal;
  }

  Terminal terminal() {
    return terminal;
  }

  void blank() {
    terminal.out().println();
  }

  void title(String text) {
    blank();
    terminal.out().println(terminal.styled(Style.BOLD, text));
  }

  /** Text that is broken where it is too long, its other lines as far in as its first. */
  void text(int indent, @Nullable Style style, String text) {
    entry(indent, "", null, text, style);
  }

  /**
   * A mark or a name, and text that hangs beside it.
   *
   * @param label as it is padded, the text's column is {@code indent} and its length
   */
  void entry(
      int indent, String label, @Nullable Style labelStyle, String text, @Nullable Style style) {
    int column = indent + label.length();
    List<String> lines = wrapped(text, column);
    for (int i = 0; i < lines.size(); i++) {
      String before = i == 0 ? " ".repeat(indent) + styled(labelStyle, label) : " ".repeat(column);
      terminal.out().println((before + styled(style, lines.get(i))).stripTrailing());
    }
  }

  /**
   * The same with something fainter behind it, on a line of its own where it does not fit.
   *
   * @param detail empty for none
   */
  void entry(int indent, String label, @Nullable Style labelStyle, String text, String detail) {
    int column = indent + label.length();
    if (detail.isEmpty()) {
      entry(indent, label, labelStyle, text, (Style) null);
    } else if (column + text.length() + 2 + detail.length() <= terminal.width()) {
      terminal
          .out()
          .println(
              " ".repeat(indent)
                  + styled(labelStyle, label)
                  + text
                  + "  "
                  + styled(Style.FAINT, detail));
    } else {
      entry(indent, label, labelStyle, text, (Style) null);
      text(column + 2, Style.FAINT, detail);
    }
  }

  /**
   * A label that may hold styles of its own, and text in a column behind it. Text that holds styles
   * is not broken.
   *
   * @param gap blanks between them
   */
  void hanging(int indent, String label, int gap, String text) {
    String first = " ".repeat(indent) + label + " ".repeat(gap);
    int column = first.length() - invisible(label);
    List<String> wrapped = invisible(text) > 0 ? List.of(text) : wrapped(text, column);
    terminal.out().println((first + wrapped.getFirst()).stripTrailing());
    wrapped.stream()
        .skip(1)
        .forEach(line -> terminal.out().println((" ".repeat(column) + line).stripTrailing()));
  }

  private static int invisible(String text) {
    return text.length() - text.replaceAll("\u001b\\[[0-9;]*m", "").length();
  }

  /** A command that somebody may paste: never broken. */
  void command(int indent, String command) {
    command
        .lines()
        .forEach(
            line ->
                terminal
                    .out()
                    .println(" ".repeat(indent) + terminal.styled(Style.CYAN, "$ ") + line));
  }

  private List<String> wrapped(String text, int column) {
    int width = Math.max(LEAST, terminal.width() - column);
    List<String> lines = new ArrayList<>();
    for (String paragraph : text.split("\n", -1)) {
      lines.addAll(Wrap.at(width, paragraph).lines().toList());
    }
    return lines.isEmpty() ? List.of("") : lines;
  }

  private String styled(@Nullable Style style, String text) {
    return style == null ? text : terminal.styled(style, text);
  }
}
