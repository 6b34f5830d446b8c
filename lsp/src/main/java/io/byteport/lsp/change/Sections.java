package io.byteport.lsp.change;

import io.byteport.dsl.schema.DocumentKind;
import io.byteport.dsl.schema.Shape;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import java.util.List;
import java.util.Optional;

/**
 * Adds entries to the sections of a document in block style; what is not there yet is made, a new
 * section where the language has it. Pure.
 */
final class Sections {
  private static final int STEP = 2;

  private final SourceFile text;
  private final YamlMapping root;
  private final List<String> order;

  Sections(SourceFile text, YamlMapping root, DocumentKind kind) {
    this.text = text;
    this.root = root;
    this.order = Shape.of(kind).fields();
  }

  /** What stands at the end of a path of keys. */
  Optional<YamlNode> at(List<String> path) {
    Optional<YamlNode> node = Optional.of(root);
    for (String key : path) {
      node =
          node.filter(YamlMapping.class::isInstance)
              .flatMap(found -> ((YamlMapping) found).get(key));
    }
    return node;
  }

  /**
   * Adds entries to a map.
   *
   * @param path of the keys that lead to it
   * @param entries as they are written at the left margin, without a line break at the end
   * @return empty where something of another kind stands in the way, or a map on one line
   */
  Optional<Change> add(List<String> path, String entries) {
    YamlMapping map = root;
    for (int i = 0; i < path.size(); i++) {
      Entry entry = map.entry(path.get(i)).orElse(null);
      if (entry == null) {
        return make(map, i, path, entries);
      }
      if (isNothing(entry.value())) {
        String below = nested(path.subList(i + 1, path.size()), entries);
        int indent = column(entry.key().span().start()) + STEP;
        return Optional.of(
            new Change(
                new Span(entry.key().span().end(), entry.value().span().end()),
                ":\n" + indented(below, indent)));
      }
      if (!(entry.value() instanceof YamlMapping inner) || inner.flow()) {
        return Optional.empty();
      }
      map = inner;
    }
    return Optional.of(append(map, entries));
  }

  private Optional<Change> make(YamlMapping map, int depth, List<String> path, String entries) {
    String made = nested(path.subList(depth, path.size()), entries);
    return Optional.of(depth == 0 ? section(path.getFirst(), made) : append(map, made));
  }

  /** {@code key:} with what is below it, for each key. */
  private static String nested(List<String> keys, String entries) {
    String made = entries;
    for (String key : keys.reversed()) {
      made = key + ":\n" + indented(made, STEP);
    }
    return made;
  }

  private static boolean isNothing(YamlNode value) {
    return switch (value) {
      case YamlScalar scalar -> scalar.value().isNull();
      case YamlMapping mapping -> mapping.entries().isEmpty();
      case YamlSequence sequence -> sequence.items().isEmpty();
    };
  }

  /** A new section before the first one that comes later, else at the end. */
  private Change section(String name, String made) {
    int place = order.indexOf(name);
    for (Entry entry : root.entries()) {
      if (order.indexOf(entry.key().text()) > place) {
        int start = aboveRemarks(text.position(entry.key().span().start()).line());
        return Change.insert(text.lineSpan(start).start(), made + "\n\n");
      }
    }
    Change last = append(root, made);
    return new Change(last.span(), "\n" + last.text());
  }

  /** The first of the lines of remarks that stand directly above a line. */
  private int aboveRemarks(int line) {
    int first = line;
    while (first > 0 && text.line(first - 1).startsWith("#")) {
      first--;
    }
    return first;
  }

  private Change append(YamlMapping map, String entries) {
    int indent =
        map.entries().isEmpty() ? 0 : column(map.entries().getFirst().key().span().start());
    return Change.insert(endOfLine(map), "\n" + indented(entries, indent));
  }

  /** Adds an item to a list in block style; the list need not be there. */
  Optional<Change> item(String section, String item) {
    Optional<Entry> entry = root.entry(section);
    if (entry.isEmpty()) {
      return Optional.of(section(section, section + ":\n" + indented(dashed(item), STEP)));
    }
    if (isNothing(entry.get().value())) {
      return Optional.of(
          new Change(
              new Span(entry.get().key().span().end(), entry.get().value().span().end()),
              ":\n" + indented(dashed(item), STEP)));
    }
    if (!(entry.get().value() instanceof YamlSequence list) || list.flow()) {
      return Optional.empty();
    }
    int line = text.position(list.items().getFirst().span().start()).line();
    int indent = text.line(line).indexOf('-');
    return indent < 0
        ? Optional.empty()
        : Optional.of(Change.insert(endOfLine(list), "\n\n" + indented(dashed(item), indent)));
  }

  private static String dashed(String item) {
    return "- " + indented(item, STEP).stripLeading();
  }

  /** The end of the line on which the last character of a node stands. */
  private int endOfLine(YamlNode node) {
    int end = Math.min(node.span().end(), text.length());
    while (end > 0 && Character.isWhitespace(text.codePoint(end - 1))) {
      end--;
    }
    return text.lineSpan(text.position(end).line()).end();
  }

  private int column(int offset) {
    return text.position(offset).column();
  }

  private static String indented(String lines, int by) {
    return lines
        .lines()
        .map(line -> line.isEmpty() ? line : " ".repeat(by) + line)
        .reduce((one, other) -> one + "\n" + other)
        .orElse("");
  }
}
