package io.byteport.cli.agent;

import io.byteport.dsl.agent.AgentConfiguration;
import io.byteport.dsl.connection.Connection;
import io.byteport.dsl.source.Span;
import java.util.ArrayList;
import java.util.List;

/** What two configurations have in common, wherever in their files it stands. */
final class Sameness {
  private Sameness() {}

  static boolean ofConnections(AgentConfiguration one, AgentConfiguration other) {
    return entries(one).equals(entries(other));
  }

  private static List<Connection> entries(AgentConfiguration configuration) {
    return configuration.connections().stream().map(Sameness::placeless).toList();
  }

  /** Whether a source or a channel is reached as before; its rules are asked anew each time. */
  static boolean ofEntries(Connection one, Connection other) {
    return placeless(one).equals(placeless(other));
  }

  private static Connection placeless(Connection one) {
    return new Connection(
        one.kind(),
        one.type(),
        one.name(),
        Span.START,
        one.aliases(),
        one.settings(),
        one.written(),
        one.secrets(),
        one.labels(),
        one.annotations());
  }

  /** What is otherwise and only takes effect at the next start, by the names of the sections. */
  static List<String> needsRestart(AgentConfiguration before, AgentConfiguration after) {
    List<String> sections = new ArrayList<>();
    if (!before.name().equals(after.name())) {
      sections.add("metadata.name");
    }
    if (!before.listen().equals(after.listen())) {
      sections.add("listen");
    }
    if (!before.http().equals(after.http())) {
      sections.add("http");
    }
    if (!before.links().equals(after.links())) {
      sections.add("links");
    }
    if (!before.store().equals(after.store())) {
      sections.add("store");
    }
    if (!before.concurrency().equals(after.concurrency())) {
      sections.add("concurrency");
    }
    return sections;
  }
}
