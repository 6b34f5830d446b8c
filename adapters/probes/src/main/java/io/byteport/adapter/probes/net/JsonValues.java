package io.byteport.adapter.probes.net;

import io.byteport.dsl.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** JSON of others as values of the language: what it says is data, whatever its keys are. */
public final class JsonValues {
  private static final int LONGEST_TEXT = 64 * 1024;
  private static final int LONGEST_KEY = 500;

  private JsonValues() {}

  /** A number that no double holds becomes a text. */
  public static Value of(JsonNode node) {
    if (node.isObject()) {
      Map<String, Value> fields = new LinkedHashMap<>();
      node.properties()
          .forEach(
              field ->
                  fields.put(PlainText.line(field.getKey(), LONGEST_KEY), of(field.getValue())));
      return Value.of(fields);
    }
    if (node.isArray()) {
      List<Value> items = new ArrayList<>();
      node.forEach(item -> items.add(of(item)));
      return Value.of(items);
    }
    if (node.isNumber()) {
      double number = node.doubleValue();
      return Double.isFinite(number) ? Value.of(number) : Value.of(node.toString());
    }
    if (node.isBoolean()) {
      return Value.of(node.booleanValue());
    }
    return node.isString()
        ? Value.of(PlainText.lines(node.stringValue(), LONGEST_TEXT))
        : Value.NULL;
  }
}
