package io.byteport.dsl.format;

import io.byteport.dsl.format.Piece.Alias;
import io.byteport.dsl.format.Piece.Collection;
import io.byteport.dsl.format.Piece.Document;
import io.byteport.dsl.format.Piece.Entry;
import io.byteport.dsl.format.Piece.Layout;
import io.byteport.dsl.format.Piece.Leaf;
import io.byteport.dsl.format.Piece.Line;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Gives every comment, blank line, anchor and alias of a document to the node that it belongs to. A
 * comment above an entry is that entry's; one after the last entry of a section that is indented
 * like its entries ends the section. Used once, by one thread.
 */
final class PieceReader {
  private final SourceFile file;
  private final List<Remark> remarks;
  private int next;
  private int at;

  private PieceReader(SourceFile file, List<Remark> remarks) {
    this.file = file;
    this.remarks = remarks;
  }

  /**
   * @param file a text with line feeds only
   * @param root its nodes, read without errors
   */
  static Document read(SourceFile file, YamlMapping root) {
    return new PieceReader(file, Remarks.of(file, root)).document(root);
  }

  private Document document(YamlMapping root) {
    List<String> head = new ArrayList<>(markers(root.span().start()));
    Collection whole = collection(root, -1, null);
    List<Line> tail = new ArrayList<>(whole.tail());
    tail.addAll(above(file.length()));
    List<Entry> entries = new ArrayList<>(whole.entries());
    if (!entries.isEmpty()) {
      entries.set(0, headed(entries.getFirst(), head));
    }
    return new Document(head, new Collection(true, entries, whole.layout(), tail, whole.anchor()));
  }

  /** The lines up to the mark {@code ---}, their comments included. */
  private List<String> markers(int start) {
    int last = -1;
    int firstLine = file.position(start).line();
    for (int line = 0; line < firstLine; line++) {
      String text = file.line(line);
      if (text.equals("---") || text.startsWith("--- ")) {
        last = line;
      }
    }
    int end = last;
    while (next < remarks.size() && file.position(remarks.get(next).offset()).line() <= end) {
      next++;
    }
    return IntStream.rangeClosed(0, end).mapToObj(line -> file.line(line).stripTrailing()).toList();
  }

  /** Moves comments above the first entry that a blank line sets apart from it to the head. */
  private static Entry headed(Entry first, List<String> head) {
    List<Line> above = first.above();
    int split = above.size();
    boolean apart = first.afterBlank();
    while (split > 0 && !apart) {
      split--;
      apart = split > 0 && above.get(split).afterBlank();
    }
    for (Line line : above.subList(0, split)) {
      if (line.afterBlank() && !head.isEmpty()) {
        head.add("");
      }
      head.add(line.text());
    }
    if (split > 0) {
      head.add("");
    }
    return new Entry(
        above.subList(split, above.size()),
        false,
        first.key(),
        first.column(),
        first.value(),
        first.beside());
  }

  private Piece piece(YamlNode node, int parentColumn) {
    if (node.span().start() < at) {
      return alias();
    }
    String anchor = anchor(node.span().start());
    return switch (node) {
      case YamlScalar scalar -> {
        at = scalar.span().end();
        yield new Leaf(scalar, anchor);
      }
      case YamlMapping mapping -> collection(mapping, parentColumn, anchor);
      case YamlSequence sequence -> collection(sequence, parentColumn, anchor);
    };
  }

  private Piece alias() {
    int start = at;
    while (file.codePoint(start) != '*' && start < file.length()) {
      start++;
    }
    at = wordEnd(start + 1);
    return new Alias(file.text(new Span(start + 1, at)), new Span(start, at));
  }

  /** The name after an {@code &} between here and the start of a node. */
  private @Nullable String anchor(int start) {
    for (int i = at; i < start; i++) {
      if (file.codePoint(i) == '#' && isBlank(file.codePoint(i - 1))) {
        while (i < start && file.codePoint(i) != '\n') {
          i++;
        }
      } else if (file.codePoint(i) == '&') {
        int end = wordEnd(i + 1);
        return file.text(new Span(i + 1, end));
      }
    }
    return null;
  }

  private int wordEnd(int start) {
    int end = start;
    while (end < file.length()
        && !isBlank(file.codePoint(end))
        && ",[]{}".indexOf(file.codePoint(end)) < 0) {
      end++;
    }
    return end;
  }

  private static boolean isBlank(int c) {
    return c == ' ' || c == '\t' || c == '\n' || c == -1;
  }

  private Collection collection(YamlNode node, int parentColumn, @Nullable String anchor) {
    boolean isMap = node instanceof YamlMapping;
    boolean flow =
        switch (node) {
          case YamlMapping mapping -> mapping.flow();
          case YamlSequence sequence -> sequence.flow();
          case YamlScalar scalar -> false;
        };
    List<Entry> entries = new ArrayList<>();
    if (node instanceof YamlMapping mapping) {
      mapping.entries().forEach(entry -> entries.add(entry(entry)));
    } else if (node instanceof YamlSequence sequence) {
      sequence.items().forEach(item -> entries.add(flow ? flowItem(item) : item(item)));
    }
    List<Line> tail = new ArrayList<>();
    if (flow) {
      tail.addAll(above(node.span().end()));
      at = node.span().end();
    } else {
      int column = column(node.span().start());
      while (ends(column, parentColumn)) {
        tail.add(line(remarks.get(next++)));
      }
    }
    Layout layout =
        !flow
            ? Layout.BLOCK
            : line(node.span().start()) == line(node.span().end()) ? Layout.ONE_LINE : Layout.LINES;
    return new Collection(isMap, entries, layout, tail, anchor);
  }

  private Entry entry(YamlNode.Entry entry) {
    YamlScalar key = entry.key();
    List<Line> above = new ArrayList<>(above(key.span().start()));
    boolean afterBlank = afterBlank(key.span().start());
    int column = column(key.span().start());
    at = afterColon(key.span().end());
    return valued(above, afterBlank, key, column, entry.value());
  }

  private Entry item(YamlNode item) {
    int dash = skip(at);
    List<Line> above = new ArrayList<>(above(dash));
    boolean afterBlank = afterBlank(dash);
    at = dash + 1;
    return valued(above, afterBlank, null, column(dash), item);
  }

  private Entry flowItem(YamlNode item) {
    int start = item.span().start() < at ? skip(at) : item.span().start();
    List<Line> above = new ArrayList<>(above(start));
    return valued(above, afterBlank(start), null, column(start), item);
  }

  private Entry valued(
      List<Line> above, boolean afterBlank, @Nullable YamlScalar key, int column, YamlNode value) {
    boolean block = value.span().start() >= at && isBlock(value);
    Remark beside = block ? beside() : null;
    if (!block && value.span().start() >= at) {
      above.addAll(above(value.span().start()));
    }
    Piece piece = piece(value, column);
    return new Entry(above, afterBlank, key, column, piece, block ? beside : beside());
  }

  private static boolean isBlock(YamlNode node) {
    return switch (node) {
      case YamlMapping mapping -> !mapping.flow();
      case YamlSequence sequence -> !sequence.flow();
      case YamlScalar scalar ->
          scalar.style() == YamlNode.Style.LITERAL || scalar.style() == YamlNode.Style.FOLDED;
    };
  }

  /** The comment that follows on this line, after an anchor, a comma or the sign of a block. */
  private @Nullable Remark beside() {
    if (next == remarks.size()) {
      return null;
    }
    Remark remark = remarks.get(next);
    if (remark.alone() || remark.offset() < at || line(remark.offset()) != line(at)) {
      return null;
    }
    String between = file.text(new Span(at, remark.offset())).strip();
    boolean follows =
        between.isEmpty() || between.equals(",") || between.matches("(&\\S+\\s*)?([|>][-+0-9]*)?");
    if (!follows) {
      return null;
    }
    next++;
    return remark;
  }

  /** Whether the next comment belongs to the end of a block that begins in a column. */
  private boolean ends(int column, int parentColumn) {
    if (next == remarks.size()) {
      return false;
    }
    Remark remark = remarks.get(next);
    return remark.alone()
        && remark.column() >= column
        && remark.column() > parentColumn
        && remark.offset() < skip(at);
  }

  private List<Line> above(int before) {
    List<Line> lines = new ArrayList<>();
    while (next < remarks.size() && remarks.get(next).offset() < before) {
      lines.add(line(remarks.get(next++)));
    }
    return lines;
  }

  private static Line line(Remark remark) {
    return new Line(remark.text(), remark.afterBlank());
  }

  private int line(int offset) {
    return file.position(offset).line();
  }

  private int column(int offset) {
    return file.position(offset).column();
  }

  private boolean afterBlank(int offset) {
    int line = line(offset);
    Span before = new Span(offset - column(offset), offset);
    return line > 0 && file.line(line - 1).isBlank() && file.text(before).isBlank();
  }

  private int afterColon(int offset) {
    int end = skip(offset);
    return file.codePoint(end) == ':' ? end + 1 : offset;
  }

  /** The first place from here on that is neither space nor comment. */
  private int skip(int from) {
    int offset = from;
    while (offset < file.length()) {
      int c = file.codePoint(offset);
      if (c == '#' && (offset == 0 || isBlank(file.codePoint(offset - 1)))) {
        while (offset < file.length() && file.codePoint(offset) != '\n') {
          offset++;
        }
      } else if (isBlank(c) || c == ',') {
        offset++;
      } else {
        return offset;
      }
    }
    return offset;
  }
}
