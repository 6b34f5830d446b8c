package io.byteport.dsl.workspace;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes the difference of two texts as {@code git apply} and {@code patch -p1} read it. */
final class UnifiedDiff {
  private static final int CONTEXT = 3;
  private static final String NO_NEWLINE = "\\ No newline at end of file\n";

  private final List<LineEdit> edits;
  private final StringBuilder out = new StringBuilder();

  private UnifiedDiff(List<LineEdit> edits) {
    this.edits = edits;
  }

  /** Empty where the texts are equal; lines end at LF, so that a CR is part of its line. */
  static String of(String name, String before, String after) {
    if (before.equals(after)) {
      return "";
    }
    List<LineEdit> edits = LineEdit.between(lines(before), lines(after));
    return new UnifiedDiff(edits).print(name.startsWith("/") ? name.substring(1) : name);
  }

  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      lines.add(text.substring(start, end + 1));
      start = end + 1;
    }
    if (start < text.length()) {
      lines.add(text.substring(start));
    }
    return lines;
  }

  private String print(String name) {
    out.append("--- ").append(quoted("a/" + name)).append('\n');
    out.append("+++ ").append(quoted("b/" + name)).append('\n');
    int at = 0;
    while (at < edits.size()) {
      int change = nextChange(at);
      if (change == edits.size()) {
        break;
      }
      int start = Math.max(at, change - CONTEXT);
      int end = change;
      for (int next = change; next < edits.size() && next - end <= 2 * CONTEXT; ) {
        end = next + 1;
        next = nextChange(end);
      }
      int stop = Math.min(edits.size(), end + CONTEXT);
      hunk(start, stop);
      at = stop;
    }
    return out.toString();
  }

  private int nextChange(int from) {
    int at = from;
    while (at < edits.size() && edits.get(at).kind() == LineEdit.Kind.KEPT) {
      at++;
    }
    return at;
  }

  private void hunk(int start, int stop) {
    out.append("@@ -").append(range(start, stop, LineEdit.Kind.ADDED));
    out.append(" +").append(range(start, stop, LineEdit.Kind.REMOVED)).append(" @@\n");
    for (LineEdit edit : edits.subList(start, stop)) {
      out.append(
              switch (edit.kind()) {
                case KEPT -> ' ';
                case REMOVED -> '-';
                case ADDED -> '+';
              })
          .append(edit.line());
      if (!edit.line().endsWith("\n")) {
        out.append('\n').append(NO_NEWLINE);
      }
    }
  }

  /** First line and number of lines on one side; an empty side stands after the line before it. */
  private String range(int start, int stop, LineEdit.Kind otherSide) {
    long before = count(0, start, otherSide);
    long lines = count(start, stop, otherSide);
    return (lines == 0 ? before : before + 1) + (lines == 1 ? "" : "," + lines);
  }

  private long count(int start, int stop, LineEdit.Kind otherSide) {
    return edits.subList(start, stop).stream().filter(edit -> edit.kind() != otherSide).count();
  }

  /** A name with a line break, a quote or the like is written as git writes it. */
  private static String quoted(String name) {
    boolean plain = name.chars().allMatch(c -> c >= ' ' && c != '"' && c != '\\' && c != 127);
    if (plain) {
      return name.indexOf(' ') >= 0 ? name + "\t" : name;
    }
    StringBuilder quoted = new StringBuilder("\"");
    for (int c : name.chars().toArray()) {
      switch (c) {
        case '"', '\\' -> quoted.append('\\').append((char) c);
        case '\n' -> quoted.append("\\n");
        case '\t' -> quoted.append("\\t");
        case '\r' -> quoted.append("\\r");
        default -> {
          if (c < ' ' || c == 127) {
            quoted.append(String.format(Locale.ROOT, "\\%03o", c));
          } else {
            quoted.append((char) c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }
}
