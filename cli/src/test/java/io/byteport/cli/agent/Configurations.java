package io.byteport.cli.agent;

import io.byteport.dsl.agent.AgentConfiguration;
import io.byteport.dsl.agent.HttpSettings;
import io.byteport.dsl.agent.StormSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Configurations that say little. */
final class Configurations {
  private Configurations() {}

  static AgentConfiguration with(
      List<AgentConfiguration.Level> autonomy,
      Map<String, AgentConfiguration.Window> windows,
      Map<String, AgentConfiguration.Limit> limits) {
    return new AgentConfiguration(
        "test",
        true,
        new AgentConfiguration.Listen("127.0.0.1", 0, null),
        HttpSettings.STANDARD,
        new AgentConfiguration.Access(Map.of()),
        new AgentConfiguration.Links(null, null),
        new AgentConfiguration.Store("state", null, null, null, Duration.ZERO),
        Map.of(),
        List.of(),
        Map.of(),
        List.of(),
        autonomy,
        new AgentConfiguration.Approvals("chat", Duration.ofMinutes(15), List.of()),
        windows,
        limits,
        StormSettings.STANDARD,
        new AgentConfiguration.Concurrency(20, 2),
        new AgentConfiguration.Runbooks(
            List.of(), true, AgentConfiguration.Enable.NEWEST, Map.of()));
  }
}
