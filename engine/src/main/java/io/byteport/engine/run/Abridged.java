package io.byteport.engine.run;

import io.byteport.dsl.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values cut to what a person reads in a timeline: the events hold them whole, and a log need not
 * stand in the journal twice.
 */
final class Abridged {
  private static final int TEXT = 400;
  private static final int ITEMS = 40;
  private static final String CUT = "…";

  private Abridged() {}

  /** The value itself where it is short. */
  static Value of(Value value) {
    return switch (value) {
      case Value.TextValue text when text.value().length() > TEXT ->
          Value.of(text.value().substring(0, safe(text.value())) + CUT);
      case Value.ListValue list -> list(list.items());
      case Value.StructValue struct -> {
        Map<String, Value> fields = new LinkedHashMap<>();
        struct.fields().forEach((name, field) -> fields.put(name, of(field)));
        yield Value.of(fields);
      }
      default -> value;
    };
  }

  /** Never between the halves of one character. */
  private static int safe(String text) {
    return Character.isHighSurrogate(text.charAt(TEXT - 1)) ? TEXT - 1 : TEXT;
  }

  private static Value list(List<Value> items) {
    List<Value> kept = new ArrayList<>();
    items.stream().limit(ITEMS).forEach(item -> kept.add(of(item)));
    if (items.size() > ITEMS) {
      kept.add(Value.of(CUT + " and " + (items.size() - ITEMS) + " more"));
    }
    return Value.of(kept);
  }
}
