package io.byteport.dsl.yaml;

import io.byteport.dsl.source.SourceMap;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.value.Value;
import java.util.List;
import java.util.Optional;

/**
 * A YAML node with its place in the file. Aliases are resolved: an aliased node stands where its
 * anchor stands.
 */
public sealed interface YamlNode {

  /** From the first to the last character of the node, quotes included. */
  Span span();

  /**
   * A scalar.
   *
   * @param text the value as text, escapes and folding resolved
   * @param value what YAML 1.2's core schema makes of it: null, boolean, number or text; quoted and
   *     block scalars are text
   * @param map where each code point of {@code text} stands in the file
   */
  record YamlScalar(String text, Value value, Style style, SourceMap map, Span span)
      implements YamlNode {}

  record YamlSequence(List<YamlNode> items, boolean flow, Span span) implements YamlNode {
    public YamlSequence {
      items = List.copyOf(items);
    }
  }

  /** A map in file order; each key stands once. */
  record YamlMapping(List<Entry> entries, boolean flow, Span span) implements YamlNode {
    public YamlMapping {
      entries = List.copyOf(entries);
    }

    public Optional<Entry> entry(String key) {
      for (Entry entry : entries) {
        if (entry.key().text().equals(key)) {
          return Optional.of(entry);
        }
      }
      return Optional.empty();
    }

    public Optional<YamlNode> get(String key) {
      return entry(key).map(Entry::value);
    }
  }

  record Entry(YamlScalar key, YamlNode value) {}

  /** How a scalar is written. */
  enum Style {
    PLAIN,
    SINGLE_QUOTED,
    DOUBLE_QUOTED,
    LITERAL,
    FOLDED
  }
}
