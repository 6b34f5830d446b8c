package io.byteport.dsl.yaml;

import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;

/** The nodes of a text that comes to stand behind others. */
public final class Moved {
  private Moved() {}

  /**
   * The same map where everything stands further on.
   *
   * @param by how many code points
   */
  public static YamlMapping by(YamlMapping mapping, int by) {
    return new YamlMapping(
        mapping.entries().stream()
            .map(entry -> new Entry(scalar(entry.key(), by), node(entry.value(), by)))
            .toList(),
        mapping.flow(),
        span(mapping.span(), by));
  }

  private static YamlNode node(YamlNode node, int by) {
    return switch (node) {
      case YamlScalar scalar -> scalar(scalar, by);
      case YamlSequence list ->
          new YamlSequence(
              list.items().stream().map(item -> node(item, by)).toList(),
              list.flow(),
              span(list.span(), by));
      case YamlMapping mapping -> by(mapping, by);
    };
  }

  private static YamlScalar scalar(YamlScalar scalar, int by) {
    return new YamlScalar(
        scalar.text(),
        scalar.value(),
        scalar.style(),
        scalar.map().shifted(by),
        span(scalar.span(), by));
  }

  private static Span span(Span span, int by) {
    return new Span(span.start() + by, span.end() + by);
  }
}
