package io.byteport.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * A table of Markdown on a terminal: columns side by side without lines, as wide as their longest
 * cell; where that is too wide, the widest are broken.
 */
final class MarkdownTable {
  private static final int NARROWEST = 8;
  private static final int GAP = 2;
  private static final Pattern BAR = Pattern.compile("(?<!\\\\)\\|");
  private static final Pattern RULE = Pattern.compile("\\|[-:| ]+\\|");

  private final List<List<String>> rows = new ArrayList<>();

  static boolean isRow(String line) {
    return line.startsWith("|");
  }

  void add(String line) {
    if (!RULE.matcher(line).matches()) {
      String inner = line.substring(1, line.lastIndexOf('|'));
      rows.add(
          Arrays.stream(BAR.split(inner, -1))
              .map(cell -> cell.strip().replace("\\|", "|").replace("`", ""))
              .toList());
    }
  }

  /**
   * The lines, each ended by a line feed.
   *
   * @param heading styles a line of the first row
   * @param styled styles a line of any other
   */
  String show(int width, UnaryOperator<String> heading, UnaryOperator<String> styled) {
    StringBuilder out = new StringBuilder();
    int[] widths = widths(width);
    for (int i = 0; i < rows.size(); i++) {
      for (String line : lines(rows.get(i), widths)) {
        out.append((i == 0 ? heading : styled).apply(line)).append('\n');
      }
    }
    return out.toString();
  }

  private int[] widths(int width) {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    while (Arrays.stream(widths).sum() + GAP * (columns - 1) > width) {
      int widest = 0;
      for (int i = 1; i < columns; i++) {
        widest = widths[i] > widths[widest] ? i : widest;
      }
      if (widths[widest] <= NARROWEST) {
        break;
      }
      widths[widest]--;
    }
    return widths;
  }

  private static List<String> lines(List<String> row, int[] widths) {
    List<List<String>> cells = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      cells.add(Wrap.at(widths[i], row.get(i)).lines().toList());
    }
    int height = cells.stream().mapToInt(List::size).max().orElse(0);
    List<String> lines = new ArrayList<>();
    for (int y = 0; y < height; y++) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < cells.size(); i++) {
        String cell = y < cells.get(i).size() ? cells.get(i).get(y) : "";
        line.append(cell).append(" ".repeat(Math.max(0, widths[i] - cell.length()) + GAP));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
