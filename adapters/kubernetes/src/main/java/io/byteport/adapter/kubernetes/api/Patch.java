package io.byteport.adapter.kubernetes.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A change to one object.
 *
 * @param content maps, lists, strings, numbers, booleans: the JSON to send
 */
public record Patch(Type type, Object content) {

  /** How the server applies it. */
  public enum Type {
    /** Lists of named things are merged by name. For built-in kinds only. */
    STRATEGIC("application/strategic-merge-patch+json"),
    /** Maps are merged, lists replaced. */
    MERGE("application/merge-patch+json"),
    /** Operations, with tests that refuse the whole. */
    JSON("application/json-patch+json");

    private final String mediaType;

    Type(String mediaType) {
      this.mediaType = mediaType;
    }

    String mediaType() {
      return mediaType;
    }
  }

  /** One step of a JSON patch. */
  public static Map<String, Object> operation(String op, String path, Object value) {
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("op", op);
    operation.put("path", path);
    operation.put("value", value);
    return Collections.unmodifiableMap(operation);
  }

  public static Patch strategic(Object content) {
    return new Patch(Type.STRATEGIC, content);
  }

  public static Patch merge(Object content) {
    return new Patch(Type.MERGE, content);
  }

  public static Patch json(Object content) {
    return new Patch(Type.JSON, content);
  }
}
