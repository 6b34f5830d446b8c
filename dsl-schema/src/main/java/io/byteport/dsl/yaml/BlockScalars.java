package io.byteport.dsl.yaml;

import io.byteport.dsl.source.SourceFile;
import java.util.ArrayList;
import java.util.List;

/** Reads literal and folded scalars from the file's text (YAML 1.2.2, section 8.1). */
final class BlockScalars {
  private final SourceFile file;
  private final boolean folded;
  private final List<Line> lines = new ArrayList<>();
  private int headerEnd;
  private int explicitIndent;
  private char chomping = ' ';

  /** A line of the body; {@code end} is where its break begins, {@code next} where the next line does. */
  private record Line(int start, int end, int next) {}

  private BlockScalars(SourceFile file, int start, int end, boolean folded) {
    this.file = file;
    this.folded = folded;
    int at = header(start + 1);
    while (at < end) {
      int lineEnd = Math.min(end, lineEnd(at));
      int next = Math.min(end, lineEnd + Lines.breakLength(file, lineEnd));
      lines.add(new Line(at, lineEnd, next));
      at = next;
    }
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
    if (scalar.explicitIndent == 0) {
      return scalar.body(scalar.detectedIndent());
    }
    int widest = scalar.widestIndent();
    MappedText text = scalar.body(scalar.explicitIndent);
    for (int indent = scalar.explicitIndent + 1; indent <= widest && !text.text().equals(value); indent++) {
      text = scalar.body(indent);
    }
    return text;
  }

  /** Where the header of a block scalar ends, its comment and line break left out. */
  static int headerEnd(SourceFile file, int start) {
    return new BlockScalars(file, start, start, false).headerEnd;
  }

  private int header(int from) {
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
    int end = lineEnd(at);
    return end + Lines.breakLength(file, end);
  }

  private int lineEnd(int from) {
    int at = from;
    while (file.codePoint(at) != -1 && file.codePoint(at) != '\n' && file.codePoint(at) != '\r') {
      at++;
    }
    return at;
  }

  private int spaces(Line line) {
    int count = 0;
    while (line.start() + count < line.end() && file.codePoint(line.start() + count) == ' ') {
      count++;
    }
    return count;
  }

  private int detectedIndent() {
    int indent = 1;
    for (Line line : lines) {
      indent = Math.max(indent, spaces(line));
      if (line.start() + spaces(line) < line.end()) {
        break;
      }
    }
    return indent;
  }

  private int widestIndent() {
    return lines.stream().mapToInt(this::spaces).max().orElse(0);
  }

  private MappedText body(int indent) {
    MappedText text = new MappedText();
    Line content = null;
    List<Line> empty = new ArrayList<>();
    for (Line line : lines) {
      int start = line.start() + Math.min(indent, spaces(line));
      if (start == line.end()) {
        empty.add(line);
        continue;
      }
      if (content == null) {
        empty.forEach(each -> addBreak(text, each));
      } else if (folded && startsWithText(content, indent) && startsWithText(line, indent)) {
        fold(text, content, empty);
      } else {
        addBreak(text, content);
        empty.forEach(each -> addBreak(text, each));
      }
      empty.clear();
      content = line;
      for (int at = start; at < line.end(); at++) {
        text.add(file.codePoint(at), at, at + 1);
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

  private void fold(MappedText text, Line content, List<Line> empty) {
    if (empty.isEmpty()) {
      text.add(' ', content.end(), content.next());
    }
    empty.forEach(each -> addBreak(text, each));
  }

  private boolean startsWithText(Line line, int indent) {
    int c = file.codePoint(line.start() + indent);
    return c != ' ' && c != '\t';
  }

  /** The last line of a file may lack its break; it counts nevertheless. */
  private static void addBreak(MappedText text, Line line) {
    text.add('\n', line.end(), line.next());
  }
}
