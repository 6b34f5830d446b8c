package io.byteport.dsl.schema;

import io.byteport.dsl.value.Value.BooleanValue;
import io.byteport.dsl.value.Value.NullValue;
import io.byteport.dsl.value.Value.NumberValue;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** YAML nodes as JSON, for the validator. Keys are their text; whole numbers are integers. */
final class JsonNodes {
  private static final double LARGEST_EXACT = 9_007_199_254_740_992.0;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonNodes() {}

  static JsonNode of(YamlNode node) {
    return switch (node) {
      case YamlScalar scalar -> of(scalar);
      case YamlSequence sequence -> {
        ArrayNode array = NODES.arrayNode();
        sequence.items().forEach(item -> array.add(of(item)));
        yield array;
      }
      case YamlMapping mapping -> {
        ObjectNode object = NODES.objectNode();
        mapping.entries().forEach(entry -> object.set(entry.key().text(), of(entry.value())));
        yield object;
      }
    };
  }

  private static JsonNode of(YamlScalar scalar) {
    return switch (scalar.value()) {
      case NullValue nothing -> NODES.nullNode();
      case BooleanValue truth -> NODES.booleanNode(truth.value());
      case NumberValue number -> of(number.value());
      default -> NODES.stringNode(scalar.text());
    };
  }

  private static JsonNode of(double number) {
    boolean whole = number == Math.rint(number) && Math.abs(number) <= LARGEST_EXACT;
    return whole ? NODES.numberNode((long) number) : NODES.numberNode(number);
  }
}
