package io.byteport.dsl.format;

import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node of a document as it is written: with its anchor, its comments and its blank lines. */
sealed interface Piece {

  /** The name behind {@code &}, or null where there is none. */
  @Nullable String anchor();

  record Leaf(YamlScalar scalar, @Nullable String anchor) implements Piece {}

  /** {@code *name}. */
  record Alias(String name, Span span) implements Piece {
    @Override
    public @Nullable String anchor() {
      return null;
    }
  }

  /**
   * A map or a list.
   *
   * @param layout how the author wrote it
   * @param tail comments after the last entry
   */
  record Collection(
      boolean isMap, List<Entry> entries, Layout layout, List<Line> tail, @Nullable String anchor)
      implements Piece {
    public Collection {
      entries = List.copyOf(entries);
      tail = List.copyOf(tail);
    }
  }

  /** Lines of their own, or brackets: on one line or on several. */
  enum Layout {
    BLOCK,
    ONE_LINE,
    LINES
  }

  /**
   * A key with its value, or a list item.
   *
   * @param above comments above it
   * @param afterBlank whether a blank line stands right above it
   * @param key null for list items
   * @param column where the key or the dash stood
   * @param beside a comment at the end of its first line, or of its value
   */
  record Entry(
      List<Line> above,
      boolean afterBlank,
      @Nullable YamlScalar key,
      int column,
      Piece value,
      @Nullable Remark beside) {
    public Entry {
      above = List.copyOf(above);
    }

    boolean hasComments() {
      return !above.isEmpty() || beside != null;
    }
  }

  /** A comment on a line of its own. */
  record Line(String text, boolean afterBlank) {}

  /**
   * A whole file.
   *
   * @param head lines before the first key that belong to the file: directives, the document's
   *     start, and comments with a blank line after them
   */
  record Document(List<String> head, Collection root) {
    public Document {
      head = List.copyOf(head);
    }
  }
}
