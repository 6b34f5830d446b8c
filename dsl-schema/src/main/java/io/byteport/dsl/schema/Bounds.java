package io.byteport.dsl.schema;

import io.byteport.dsl.value.Quantities;
import tools.jackson.databind.JsonNode;

/** The bounds of a number in words. */
final class Bounds {
  private Bounds() {}

  /** Such as {@code a number from 0.7 to 1}. */
  static String ofNumber(JsonNode schema) {
    String number =
        schema.path("type").toString().contains("integer") ? "a whole number" : "a number";
    boolean least = schema.has("minimum");
    boolean most = schema.has("maximum");
    String minimum = Quantities.number(schema.path("minimum").asDouble(0));
    String maximum = Quantities.number(schema.path("maximum").asDouble(0));
    if (least && most) {
      return number + " from " + minimum + " to " + maximum;
    }
    return least ? number + " of at least " + minimum : number + " of at most " + maximum;
  }
}
