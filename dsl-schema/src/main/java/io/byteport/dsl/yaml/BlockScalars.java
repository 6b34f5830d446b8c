package io.byteport.dsl.yaml;

import io.byteport.dsl.source.SourceFile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads literal and folded scalars from the file's text (YAML 1.2.2, section 8.1). */
final class BlockScalars {
  private final SourceFile file;
  private final boolean folded;
  private final int end;
  private int headerEnd;
  private int bodyStart;
  private int explicitIndent;
  private char chomping = ' ';

  /**
   * A line of the body.
   *
   * @param start its first code point behind the indentation
   * @param end where its break begins; its start where it is empty
   * @param next where the next line begins
   */
  private record Line(int start, int end, int next) {
    boolean isEmpty() {
      return start == end;
    }
  }

  private BlockScalars(SourceFile file, int start, int end, boolean folded) {
    this.file = file;
    this.folded = folded;
    this.end = end;
    header(start + 1);
  }

  /**
   * The value between two places.
   *
   * @param start the indicator, {@code |} or {@code >}
   * @param end where the scalar ends, line breaks after it included
   * @param value what the value is known to be; it decides what an explicit indentation counts from
   */
  static MappedText read(SourceFile file, int start, int end, boolean folded, String value) {
    BlockScalars scalar = new BlockScalars(file, start, end, folded);
    int widest = scalar.widestIndent();
    if (scalar.explicitIndent == 0) {
      return scalar.body(widest);
    }
    MappedText text = scalar.body(scalar.explicitIndent);
    for (int indent = scalar.explicitIndent + 1;
        indent <= widest && !text.text().equals(value);
        indent++) {
      text = scalar.body(indent);
    }
    return text;
  }

  /** Where the header of a block scalar ends, its comment and line break left out. */
  static int headerEnd(SourceFile file, int start) {
    return new BlockScalars(file, start, start, false).headerEnd;
  }

  private void header(int from) {
    int at = from;
    for (int i = 0; i < 2; i++) {
      int c = file.codePoint(at);
      if (c == '+' || c == '-') {
        chomping = (char) c;
        at++;
      } else if (c >= '1' && c <= '9') {
        explicitIndent = c - '0';
        at++;
      }
    }
    headerEnd = at;
    at = Lines.skipBlanks(file, at);
    if (Lines.breakLength(file, at) == 0) {
      at = Lines.end(file, at);
    }
    bodyStart = at + Lines.breakLength(file, at);
  }

  /** The number of spaces from a place on. */
  private int spaces(int from, int limit) {
    int count = 0;
    while (from + count < limit && file.codePoint(from + count) == ' ') {
      count++;
    }
    return count;
  }

  /** The indentation of the first line with text, or of an empty line before it that is wider. */
  private int widestIndent() {
    int indent = 1;
    int at = bodyStart;
    while (at < end) {
      int spaces = spaces(at, end);
      indent = Math.max(indent, spaces);
      int c = file.codePoint(at + spaces);
      if (at + spaces < end && c != '\n' && c != '\r') {
        break;
      }
      at = Math.min(end, at + spaces + Math.max(1, Lines.breakLength(file, at + spaces)));
    }
    return indent;
  }

  private MappedText body(int indent) {
    MappedText text = new MappedText();
    Line content = null;
    List<Line> empty = new ArrayList<>();
    int at = bodyStart;
    while (at < end) {
      Line line = line(at, indent, content);
      at = Math.max(line.next(), at + 1);
      if (line.isEmpty()) {
        empty.add(line);
        continue;
      }
      separate(text, content, empty, line);
      empty.clear();
      content = line;
      for (int i = line.start(); i < line.end(); i++) {
        text.add(file.codePoint(i), i, i + 1);
      }
    }
    if (content != null && chomping != '-') {
      addBreak(text, content);
    }
    if (chomping == '+') {
      empty.forEach(each -> addBreak(text, each));
    }
    return text;
  }

  private Line line(int from, int indent, @Nullable Line content) {
    int start = from + spaces(from, Math.min(end, from + indent));
    boolean nextLine = file.codePoint(start) == 0x85 && (content != null || explicitIndent > 0);
    int lineEnd = nextLine ? start : Math.min(end, Lines.end(file, start));
    return new Line(start, lineEnd, Math.min(end, lineEnd + Lines.breakLength(file, lineEnd)));
  }

  /** What stands in the value for the breaks between two lines with text. */
  private void separate(MappedText text, @Nullable Line content, List<Line> empty, Line next) {
    boolean joined = content != null && folded && startsWithText(content) && startsWithText(next);
    if (content != null && !joined) {
      addBreak(text, content);
    } else if (content != null && empty.isEmpty()) {
      text.add(' ', content.end(), content.next());
    }
    empty.forEach(each -> addBreak(text, each));
  }

  private boolean startsWithText(Line line) {
    int c = file.codePoint(line.start());
    return c != ' ' && c != '\t';
  }

  /** The last line of a file may lack its break; it counts nevertheless. */
  private static void addBreak(MappedText text, Line line) {
    text.add('\n', line.end(), line.next());
  }
}
