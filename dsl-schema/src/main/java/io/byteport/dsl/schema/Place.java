package io.byteport.dsl.schema;

import com.networknt.schema.path.NodePath;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value in a document.
 *
 * @param node the value
 * @param key the key that it belongs to; null for the document and for list items
 * @param isRoot whether it is the document
 */
record Place(YamlNode node, @Nullable YamlScalar key, boolean isRoot) {

  static Place root(YamlNode root) {
    return new Place(root, null, true);
  }

  /** The value at a path below a document. */
  static Place at(YamlNode root, NodePath path) {
    Place place = root(root);
    for (int i = 0; i < path.getNameCount(); i++) {
      place = place.child(path.getElement(i));
    }
    return place;
  }

  private Place child(Object element) {
    return switch (node) {
      case YamlMapping mapping -> {
        Entry entry = mapping.entry(element.toString()).orElseThrow();
        yield new Place(entry.value(), entry.key(), false);
      }
      case YamlSequence sequence ->
          new Place(sequence.items().get(Integer.parseInt(element.toString())), null, false);
      case YamlScalar scalar -> throw new IllegalStateException("nothing stands below a scalar");
    };
  }

  /** How messages call it. */
  String name() {
    return key != null ? "`" + key.text() + "`" : isRoot ? "the document" : "this list item";
  }

  /** What to underline where the place as a whole is meant: its key, else its first key or dash. */
  Span head() {
    if (key != null) {
      return key.span();
    }
    return switch (node) {
      case YamlMapping mapping when !mapping.entries().isEmpty() ->
          mapping.entries().getFirst().key().span();
      case YamlSequence sequence when !sequence.flow() ->
          new Span(sequence.span().start(), sequence.span().start() + 1);
      default -> node.span();
    };
  }

  /** The key of one of its fields. */
  Optional<YamlScalar> keyOf(String field) {
    return node instanceof YamlMapping mapping
        ? mapping.entry(field).map(Entry::key)
        : Optional.empty();
  }

  boolean has(String field) {
    return keyOf(field).isPresent();
  }
}
