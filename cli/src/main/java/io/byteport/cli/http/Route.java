package io.byteport.cli.http;

import io.byteport.dsl.agent.AgentConfiguration.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One thing that programs may ask.
 *
 * @param path with names in braces, as OpenAPI writes it
 */
record Route(String method, String path, Role least, Endpoint endpoint) {
  private static final Pattern NAME = Pattern.compile("\\{([a-zA-Z]+)}");

  /** Answers a call. */
  @FunctionalInterface
  interface Endpoint {
    Answer answer(Call call) throws Exception;
  }

  static Route get(String path, Endpoint endpoint) {
    return new Route("GET", path, Role.VIEWER, endpoint);
  }

  static Route post(String path, Role least, Endpoint endpoint) {
    return new Route("POST", path, least, endpoint);
  }

  /** The names in braces. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    Matcher matcher = NAME.matcher(path);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  /** Whether it is about a path, whatever the method. */
  boolean isAbout(String actual) {
    return actual.matches(path.replaceAll("\\{[a-zA-Z]+}", "[^/]+"));
  }
}
