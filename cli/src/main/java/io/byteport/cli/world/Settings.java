package io.byteport.cli.world;

import java.io.IOException;

/** The kinds of worlds, by the word that a story uses for them. */
public final class Settings {
  private Settings() {}

  /**
   * The setting of a scenario.
   *
   * @param kind {@code cluster}, {@code database}, {@code host}, {@code metrics}, {@code tls} or
   *     {@code cloud}
   * @param scenario a name that the simulator of the kind knows
   * @throws IOException if the scenario cannot be read
   * @throws IllegalArgumentException if there is no such kind
   */
  public static Setting of(String kind, String scenario) throws IOException {
    return switch (kind) {
      case "cluster" -> ClusterWorld.setting(scenario);
      case "database" -> DatabaseWorld.setting(scenario);
      case "host" -> HostWorld.setting(scenario);
      case "metrics" -> MetricsWorld.setting(scenario);
      case "tls" -> TlsWorld.setting(scenario);
      case "cloud" -> CloudWorld.setting(scenario);
      default -> throw new IllegalArgumentException("no kind of world: " + kind);
    };
  }
}
