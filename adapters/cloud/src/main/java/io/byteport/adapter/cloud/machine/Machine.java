package io.byteport.adapter.cloud.machine;

import java.nio.file.Path;
import java.util.Map;

/**
 * What of the agent's own machine credentials may come from.
 *
 * @param environment its variables
 * @param home the folder of the user
 */
public record Machine(Map<String, String> environment, Path home) {
  public Machine {
    environment = Map.copyOf(environment);
  }

  /** The one that this program runs on. */
  public static Machine own() {
    return new Machine(System.getenv(), Path.of(System.getProperty("user.home", "/")));
  }

  /** A variable, or an empty text. */
  public String variable(String name) {
    return environment.getOrDefault(name, "");
  }
}
