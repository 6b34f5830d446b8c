package io.byteport.adapter.alerts.reading;

import io.byteport.adapter.cloud.http.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Labels being collected, in order: the first of a name stays, what is empty is left out, and there
 * are 200 of 4,000 characters at most.
 */
public final class Labels {
  private static final int MOST = 200;
  private static final int LONGEST = 4_000;

  private final Map<String, String> labels = new LinkedHashMap<>();

  public Labels put(String name, @Nullable String value) {
    boolean full = labels.size() >= MOST && !labels.containsKey(name);
    if (value != null && !value.isEmpty() && !name.isEmpty() && !full) {
      String kept = value.length() > LONGEST ? value.substring(0, LONGEST) : value;
      labels.putIfAbsent(name, kept);
    }
    return this;
  }

  /** All fields of an object that are texts, numbers, or true or false. */
  public Labels putAll(Json object) {
    object
        .fields()
        .forEach(
            (name, field) -> {
              String text = field.text();
              put(name, text == null && field.isTrue() ? "true" : text);
            });
    return this;
  }

  public Labels putAll(Map<String, String> others) {
    others.forEach(this::put);
    return this;
  }

  public @Nullable String get(String name) {
    return labels.get(name);
  }

  public Map<String, String> map() {
    return new LinkedHashMap<>(labels);
  }
}
