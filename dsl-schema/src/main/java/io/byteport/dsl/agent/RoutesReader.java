package io.byteport.dsl.agent;

import io.byteport.dsl.agent.AgentConfiguration.Channel;
import io.byteport.dsl.agent.AgentConfiguration.Route;
import io.byteport.dsl.connection.Findings;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.expr.Scope;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads which channels are used for what: {@code routes}. Without them all are used for all. */
final class RoutesReader {
  private final Fields document;
  private final Findings findings;

  RoutesReader(Fields document) {
    this.document = document;
    this.findings = document.findings();
  }

  List<Route> read(Map<String, Channel> channels, Scope scope) {
    List<Entry> written =
        document
            .entry("channels")
            .flatMap(
                entry ->
                    entry.value() instanceof YamlMapping map
                        ? Optional.of(map.entries())
                        : Optional.empty())
            .orElse(List.of());
    List<String> names = written.stream().map(entry -> entry.key().text()).toList();
    Optional<Entry> section = document.entry("routes");
    if (section.isEmpty()) {
      return channels.isEmpty()
          ? List.of()
          : List.of(
              new Route(
                  MappingReader.always(written.getFirst().key().span()),
                  List.copyOf(channels.keySet()),
                  written.getFirst().key().span()));
    }
    List<Route> routes = new ArrayList<>();
    Set<String> used = new HashSet<>();
    for (Fields route : document.list("routes", "a map with `when` and `use`")) {
      read(route, names, scope, used).ifPresent(routes::add);
    }
    for (Entry channel : written) {
      if (!used.contains(channel.key().text())) {
        findings.add(
            DiagnosticCode.AGENT_UNUSED_CHANNEL,
            channel.key().span(),
            "expected a channel that a route uses, found `" + channel.key().text() + "`",
            "name it under `use` of one of the `routes`, or leave it out");
      }
    }
    return routes;
  }

  private Optional<Route> read(Fields route, List<String> names, Scope scope, Set<String> used) {
    route.only(List.of("when", "use"), "a route");
    if (!route.has("when")) {
      route.missing("when", "a route", "say of what it holds, `true` for everything");
    }
    if (!route.has("use")) {
      route.missing("use", "a route", "list the names of channels");
    }
    TypedExpr when =
        route
            .entry("when")
            .map(entry -> new Expressions(findings).condition(entry, scope))
            .orElse(null);
    List<String> use = new ArrayList<>();
    for (YamlScalar name : route.texts("use")) {
      if (names.contains(name.text())) {
        used.add(name.text());
        use.add(name.text());
      } else {
        findings.unknown(
            DiagnosticCode.AGENT_UNKNOWN_NAME,
            name,
            "expected the name of a channel, found `" + name.text() + "`",
            names);
      }
    }
    return when == null ? Optional.empty() : Optional.of(new Route(when, use, route.map().span()));
  }
}
