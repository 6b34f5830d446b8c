package io.byteport.dsl.check;

import io.byteport.dsl.source.Position;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The lines of one entry of a map in block style, with the comments right above it. The last entry
 * of a map takes the key of the map along. Nothing else of the file is touched.
 */
final class EntryRemoval {
  private static final Pattern ANCHOR = Pattern.compile("(^|[\\s:-])&[^\\s,\\]}]");

  private final SourceFile file;

  private EntryRemoval(SourceFile file) {
    this.file = file;
  }

  /**
   * What to delete, whole lines, or empty where the entry does not stand on lines of its own or
   * holds an anchor that others may refer to.
   *
   * @param key of the entry
   */
  static Optional<Span> of(SourceFile file, Span key) {
    return new EntryRemoval(file).lines(file.position(key.start()));
  }

  private Optional<Span> lines(Position key) {
    int first = key.line();
    int indent = key.column();
    if (indent(first) != indent || line(first).startsWith("- ", indent)) {
      return Optional.empty();
    }
    int after = end(first, indent);
    int parent = parent(first, indent);
    if (parent >= 0 && alone(parent, first, after, indent)) {
      return line(parent).strip().endsWith(":")
          ? lines(new Position(parent, indent(parent)))
          : Optional.empty();
    }
    while (first > 0 && isComment(first - 1) && indent(first - 1) == indent) {
      first--;
    }
    for (int at = first; at < after; at++) {
      if (ANCHOR.matcher(line(at)).find()) {
        return Optional.empty();
      }
    }
    int blank = first;
    while (blank > 0 && line(blank - 1).isBlank()) {
      blank--;
    }
    boolean separated = indent == 0 && blank < first; // a section goes with the gap above it
    return Optional.of(
        new Span(
            start(separated ? blank : first),
            after < file.lineCount() ? start(after) : file.length()));
  }

  private int start(int line) {
    return file.offset(new Position(line, 0));
  }

  private String line(int line) {
    return file.line(line);
  }

  private int indent(int line) {
    String text = line(line);
    int indent = 0;
    while (indent < text.length() && text.charAt(indent) == ' ') {
      indent++;
    }
    return indent;
  }

  private boolean isComment(int line) {
    return line(line).stripLeading().startsWith("#");
  }

  private boolean says(int line) {
    return !line(line).isBlank() && !isComment(line);
  }

  /** The line after the last one of the entry. */
  private int end(int first, int indent) {
    int end = first + 1;
    for (int at = first + 1; at < file.lineCount(); at++) {
      boolean inside =
          indent(at) > indent || (indent(at) == indent && line(at).startsWith("- ", indent));
      if (says(at) && !inside) {
        break;
      }
      if (inside && !line(at).isBlank()) {
        end = at + 1;
      }
    }
    return end;
  }

  /** The line of the key that holds the entry, or -1 at the top. */
  private int parent(int first, int indent) {
    for (int at = first - 1; at >= 0; at--) {
      if (says(at) && indent(at) < indent) {
        return at;
      }
    }
    return -1;
  }

  /** Whether a map holds no other entry. */
  private boolean alone(int parent, int first, int after, int indent) {
    for (int at = parent + 1; at < first; at++) {
      if (says(at)) {
        return false;
      }
    }
    for (int at = after; at < file.lineCount(); at++) {
      if (says(at)) {
        return indent(at) < indent;
      }
    }
    return true;
  }
}
