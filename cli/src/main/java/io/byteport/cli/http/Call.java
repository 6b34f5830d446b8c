package io.byteport.cli.http;

import io.byteport.engine.run.RunId;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a program asks.
 *
 * @param path the values of the route's braces
 * @param query the first value of each parameter
 * @param body empty where there is none
 */
@SuppressWarnings("ArrayRecordComponent") // read once, compared nowhere
record Call(
    Visitor visitor,
    Map<String, String> path,
    Map<String, String> query,
    @Nullable String lastEventId,
    byte[] body) {

  static Call of(Route route, Visitor visitor, ServerRequest request, byte[] body) {
    Map<String, String> path = new LinkedHashMap<>();
    for (String name : route.names()) {
      path.put(name, request.path().pathParameters().get(name));
    }
    String last = request.headers().first(HeaderNames.create("Last-Event-ID")).orElse(null);
    return new Call(visitor, path, query(request), last, body);
  }

  static Map<String, String> query(ServerRequest request) {
    String raw = request.prologue().query().rawValue();
    return raw.isEmpty() ? Map.of() : Bodies.fields(raw.getBytes(StandardCharsets.UTF_8));
  }

  RunId run() {
    return new RunId(part("run"));
  }

  String part(String name) {
    return String.valueOf(path.get(name));
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name)).filter(value -> !value.isEmpty());
  }

  int number(String name, int standard, int most) {
    return parameter(name).map(text -> number(name, text, most)).orElse(standard);
  }

  private static int number(String name, String text, int most) {
    int number = -1;
    try {
      number = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      number = -1;
    }
    if (number < 1 || number > most) {
      throw Problem.invalid(
          "`" + name + "`: expected a whole number from 1 to " + most + ", found `" + text + "`");
    }
    return number;
  }

  /**
   * Refuses parameters that mean nothing here, so that a filter with a typing error is no filter.
   */
  void requireOnly(Set<String> names) {
    for (String name : query.keySet()) {
      if (!names.contains(name)) {
        throw Problem.invalid(
            "there is no parameter `"
                + name
                + "`; expected one of "
                + String.join(", ", new TreeSet<>(names)));
      }
    }
  }

  /** The body as a JSON object. */
  JsonNode json() {
    try {
      JsonNode tree = JsonMapper.shared().readTree(body);
      if (tree.isObject()) {
        return tree;
      }
    } catch (JacksonException e) {
      throw Problem.invalid("the body is not JSON");
    }
    throw Problem.invalid("expected a JSON object as the body");
  }
}
