package io.byteport.dsl.format;

import io.byteport.dsl.format.Piece.Alias;
import io.byteport.dsl.format.Piece.Collection;
import io.byteport.dsl.format.Piece.Entry;
import io.byteport.dsl.format.Piece.Layout;
import io.byteport.dsl.format.Piece.Leaf;
import io.byteport.dsl.schema.Shape;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes maps and lists on one line, in braces and brackets: those that the author wrote so, that
 * hold neither interpolations nor comments.
 */
final class FlowLine {
  private final ScalarText scalars;

  FlowLine(ScalarText scalars) {
    this.scalars = scalars;
  }

  /** The line, or empty where the piece has to stand on lines of its own. */
  Optional<String> of(Collection collection, Shape shape) {
    boolean empty = collection.entries().isEmpty() && collection.tail().isEmpty();
    return empty || (collection.layout() == Layout.ONE_LINE && suits(collection))
        ? Optional.of(written(collection, shape))
        : Optional.empty();
  }

  private static boolean suits(Piece piece) {
    return switch (piece) {
      case Leaf leaf -> !leaf.scalar().text().contains("${");
      case Alias alias -> true;
      case Collection collection ->
          collection.tail().isEmpty()
              && collection.entries().stream()
                  .allMatch(entry -> !entry.hasComments() && suits(entry.value()));
    };
  }

  private String written(Piece piece, Shape shape) {
    String anchor = piece.anchor() == null ? "" : "&" + piece.anchor() + " ";
    return anchor
        + switch (piece) {
          case Leaf leaf -> scalars.of(leaf.scalar(), shape.notation(), true).first();
          case Alias alias -> "*" + alias.name();
          case Collection collection ->
              collection.isMap() ? map(collection, shape) : list(collection, shape);
        };
  }

  private String map(Collection map, Shape shape) {
    List<Entry> entries = FieldOrder.sorted(map.entries(), shape);
    return entries.isEmpty()
        ? "{}"
        : entries.stream()
            .map(entry -> pair(entry, shape))
            .collect(Collectors.joining(", ", "{ ", " }"));
  }

  private String pair(Entry entry, Shape shape) {
    YamlScalar key = java.util.Objects.requireNonNull(entry.key());
    return scalars.key(key, true) + ": " + written(entry.value(), shape.field(key.text()));
  }

  private String list(Collection list, Shape shape) {
    return list.entries().stream()
        .map(item -> written(item.value(), shape.item()))
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
