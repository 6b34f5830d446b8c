package io.byteport.sim.cloud;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request.
 *
 * @param path its segments, decoded
 * @param query its parameters, decoded
 */
record Asked(String method, List<String> path, Map<String, String> query, JsonNode body) {

  static Asked of(String method, URI uri, byte[] body) {
    List<String> path =
        Arrays.stream(uri.getRawPath().split("/"))
            .filter(segment -> !segment.isEmpty())
            .map(Asked::decoded)
            .toList();
    Map<String, String> query = new LinkedHashMap<>();
    if (uri.getRawQuery() != null) {
      for (String parameter : uri.getRawQuery().split("&")) {
        int equals = parameter.indexOf('=');
        query.put(
            decoded(equals < 0 ? parameter : parameter.substring(0, equals)),
            equals < 0 ? "" : decoded(parameter.substring(equals + 1)));
      }
    }
    JsonMapper mapper = JsonMapper.shared();
    return new Asked(
        method, path, query, body.length == 0 ? mapper.createObjectNode() : mapper.readTree(body));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** Whether method and path are these; {@code *} stands for any segment. */
  boolean is(String wantedMethod, String... segments) {
    if (!method.equals(wantedMethod) || path.size() != segments.length) {
      return false;
    }
    for (int i = 0; i < segments.length; i++) {
      if (!segments[i].equals("*") && !segments[i].equals(path.get(i))) {
        return false;
      }
    }
    return true;
  }

  int limit(String parameter) {
    return Integer.parseInt(query.getOrDefault(parameter, "20"));
  }

  /** The same without the first segments. */
  Asked below(int segments) {
    return new Asked(method, path.subList(segments, path.size()), query, body);
  }
}
