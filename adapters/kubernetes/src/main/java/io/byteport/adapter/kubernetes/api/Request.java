package io.byteport.adapter.kubernetes.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One request to the API.
 *
 * @param verb the API's word for it: get, list, patch
 * @param what the object or objects, for messages
 * @param contentType of the body; null without one
 * @param rehearsal whether it changes nothing although it is written like a change
 */
record Request(
    String verb,
    String method,
    String what,
    String path,
    Map<String, String> query,
    String accept,
    @Nullable String contentType,
    @Nullable String body,
    boolean rehearsal) {
  static final String JSON = "application/json";

  Request {
    query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
  }

  static Request get(
      String verb, Resource resource, String what, String path, Map<String, String> query) {
    return new Request(
        verb, "GET", resource.qualified() + " " + what, path, query, JSON, null, null, false);
  }

  /** Whether something may have changed if the answer never comes. */
  boolean mayChange() {
    return !method.equals("GET") && !rehearsal;
  }

  Request accepting(String type) {
    return new Request(verb, method, what, path, query, type, contentType, body, rehearsal);
  }

  String pathAndQuery() {
    if (query.isEmpty()) {
      return path;
    }
    return path
        + "?"
        + query.entrySet().stream()
            .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
            .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** What was asked, for messages: {@code patch deployments.apps production/api}. */
  @Override
  public String toString() {
    return verb + " " + what;
  }
}
