package io.byteport.engine.run;

import io.byteport.dsl.value.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names that hold only in one place: an item, a block's arguments, a result, what an action is
 * given. Immutable.
 */
record Locals(Map<String, Value> values) {
  static final Locals NONE = new Locals(Map.of());
  static final String ARGS = "args";
  static final String RESULT = "result";
  static final String WITH = "with";
  static final String ITEM = "item";

  @Nullable Value get(String name) {
    return values.get(name);
  }

  Locals with(String name, Value value) {
    Map<String, Value> more = new LinkedHashMap<>(values);
    more.put(name, value);
    return new Locals(Collections.unmodifiableMap(more));
  }
}
