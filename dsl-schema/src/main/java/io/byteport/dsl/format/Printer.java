package io.byteport.dsl.format;

import io.byteport.dsl.format.Piece.Alias;
import io.byteport.dsl.format.Piece.Collection;
import io.byteport.dsl.format.Piece.Document;
import io.byteport.dsl.format.Piece.Entry;
import io.byteport.dsl.format.Piece.Leaf;
import io.byteport.dsl.format.Piece.Line;
import io.byteport.dsl.schema.Shape;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes a document: two spaces for each level, list items indented below their key, one blank line
 * between sections, comments where they were. Used once, by one thread.
 */
final class Printer {
  /** How wide a map or list on one line may make its line, in code points. */
  static final int WIDTH = 120;

  private static final int STEP = 2;
  private static final Set<String> OPENING = Set.of("apiVersion", "kind", "metadata", "runbook");

  private final ScalarText scalars;
  private final FlowLine flow;
  private final Lines lines = new Lines();

  private Printer(SourceFile file) {
    this.scalars = new ScalarText(file);
    this.flow = new FlowLine(scalars);
  }

  static String print(SourceFile file, Document document, Shape shape) {
    Printer printer = new Printer(file);
    for (String line : document.head()) {
      if (line.isEmpty()) {
        printer.lines.blank();
      } else {
        printer.lines.add(line);
        printer.lines.end();
      }
    }
    printer.sections(document.root(), shape);
    return printer.lines.toString();
  }

  private void sections(Collection root, Shape shape) {
    List<Entry> entries = FieldOrder.sorted(root.entries(), shape);
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (i > 0 && !OPENING.contains(name(entry))) {
        lines.blank();
      }
      above(entry, 0, i > 0);
      keyed(entry, 0, shape);
    }
    tail(root, 0);
  }

  private void block(Collection collection, int indent, Shape shape) {
    if (collection.isMap()) {
      map(collection, indent, shape, false);
    } else {
      list(collection, indent, shape);
    }
  }

  /**
   * @param begun whether the first line is begun already, by the dash of a list item
   */
  private void map(Collection map, int indent, Shape shape, boolean begun) {
    List<Entry> entries = FieldOrder.sorted(map.entries(), shape);
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (i > 0 || !begun) {
        above(entry, indent, i > 0);
      }
      keyed(entry, i == 0 && begun ? 0 : indent, shape);
    }
    tail(map, indent);
  }

  private void keyed(Entry entry, int indent, Shape shape) {
    lines.add(" ".repeat(indent));
    int column = lines.width();
    String name = name(entry);
    lines.add((entry.key() == null ? "" : scalars.key(entry.key(), false)) + ":");
    value(entry, column, column + STEP, shape.field(name));
  }

  private void list(Collection list, int indent, Shape shape) {
    Shape items = shape.item();
    for (int i = 0; i < list.entries().size(); i++) {
      Entry item = list.entries().get(i);
      Optional<Entry> hoisted = first(item, items);
      above(item, indent, i > 0);
      hoisted.ifPresent(entry -> entry.above().forEach(line -> comment(line.text(), indent)));
      lines.add(" ".repeat(indent) + "-");
      if (hoisted.isPresent()) {
        lines.add(" ");
        map((Collection) item.value(), indent + STEP, items, true);
      } else {
        value(item, indent, indent + STEP, items);
      }
    }
    tail(list, indent);
  }

  /** The entry that stands on the same line as the dash of a list item, if one does. */
  private Optional<Entry> first(Entry item, Shape shape) {
    return item.value() instanceof Collection map
            && map.isMap()
            && map.anchor() == null
            && item.beside() == null
            && oneLine(map, shape, Integer.MAX_VALUE).isEmpty()
            && !map.entries().isEmpty()
        ? Optional.of(FieldOrder.sorted(map.entries(), shape).getFirst())
        : Optional.empty();
  }

  /**
   * Writes a value after its key or dash, which stand on the current line.
   *
   * @param column where the key or the dash stands
   * @param indent where the value's own lines begin
   */
  private void value(Entry entry, int column, int indent, Shape shape) {
    Piece value = entry.value();
    Remark beside = entry.beside();
    int remark = beside == null ? 0 : beside.column() + column - entry.column();
    if (value.anchor() != null) {
      lines.add(" &" + value.anchor());
    }
    switch (value) {
      case Alias alias -> {
        lines.add(" *" + alias.name());
        lines.end(beside, remark);
      }
      case Leaf leaf -> leaf(leaf.scalar(), beside, remark, indent, shape);
      case Collection collection -> {
        Optional<String> line = oneLine(collection, shape, WIDTH - lines.width() - 1);
        line.ifPresent(text -> lines.add(" " + text));
        lines.end(beside, remark);
        if (line.isEmpty()) {
          block(collection, indent, shape);
        }
      }
    }
  }

  private Optional<String> oneLine(Collection collection, Shape shape, int width) {
    Collection bare =
        new Collection(
            collection.isMap(), collection.entries(), collection.layout(), collection.tail(), null);
    return flow.of(bare, shape)
        .filter(
            line ->
                collection.entries().isEmpty() || line.codePointCount(0, line.length()) <= width);
  }

  private void leaf(
      YamlScalar scalar, @Nullable Remark beside, int column, int indent, Shape shape) {
    Text text = scalars.of(scalar, shape.notation(), false);
    if (!text.first().isEmpty()) {
      lines.add(" " + text.first());
    }
    boolean block = text.first().startsWith("|") || text.first().startsWith(">");
    if (text.isOneLine() || block) {
      lines.end(beside, column);
    } else {
      lines.end();
    }
    for (int i = 0; i < text.rest().size(); i++) {
      String line = text.rest().get(i);
      lines.add(line.isEmpty() ? "" : " ".repeat(indent) + line);
      if (block) {
        lines.endExactly();
      } else if (i < text.rest().size() - 1) {
        lines.end();
      } else {
        lines.end(beside, column);
      }
    }
    if (text.keeps()) {
      lines.keep();
    }
  }

  private void above(Entry entry, int indent, boolean notFirst) {
    List<Line> above = entry.above();
    for (int i = 0; i < above.size(); i++) {
      if (above.get(i).afterBlank() && (notFirst || i > 0)) {
        lines.blank();
      }
      comment(above.get(i).text(), indent);
    }
    if (entry.afterBlank() && (notFirst || !above.isEmpty())) {
      lines.blank();
    }
  }

  private void tail(Collection collection, int indent) {
    for (Line line : collection.tail()) {
      if (line.afterBlank()) {
        lines.blank();
      }
      comment(line.text(), indent);
    }
  }

  private void comment(String text, int indent) {
    lines.add(" ".repeat(indent) + text);
    lines.end();
  }

  private static String name(Entry entry) {
    return entry.key() == null ? "" : entry.key().text();
  }
}
