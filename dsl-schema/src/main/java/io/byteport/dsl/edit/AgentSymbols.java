package io.byteport.dsl.edit;

import io.byteport.dsl.agent.AgentLoader;
import io.byteport.dsl.connection.ConnectionLoader;
import io.byteport.dsl.edit.Occurrence.Role;
import io.byteport.dsl.edit.SymbolCollector.Within;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The names of an agent's configuration, or of a file of connections. Used by one thread. */
final class AgentSymbols {
  private static final String USER = "user:";
  private static final Set<String> OWN = Set.of("type", "address", "username", "user", "context");

  private final SymbolCollector names;

  AgentSymbols(SymbolCollector names) {
    this.names = names;
    names.ofAnyRunbook();
  }

  static boolean isConfiguration(YamlMapping root) {
    return root.get("kind").orElse(null) instanceof YamlScalar kind
        && (kind.text().equals(AgentLoader.KIND) || kind.text().equals(ConnectionLoader.KIND));
  }

  void document(YamlMapping root) {
    Set<String> connections =
        root.get("connections").orElse(null) instanceof YamlMapping map
            ? map.entries().stream().map(entry -> entry.key().text()).collect(Collectors.toSet())
            : Set.of();
    for (Entry section : root.entries()) {
      YamlNode node = section.value();
      switch (section.key().text()) {
        case "access" -> named(child(node, "people"), SymbolKind.PERSON, any -> {});
        case "sources" -> named(node, SymbolKind.SOURCE, this::source);
        case "connections" ->
            named(node, SymbolKind.CONNECTION, entry -> connection(entry, connections));
        case "channels" ->
            named(
                node,
                SymbolKind.CHANNEL,
                channel -> names.value(child(channel.value(), "templates"), Within.AGENT));
        case "routes" ->
            items(
                node,
                route -> {
                  names.expression(child(route, "when"), Within.AGENT);
                  names.uses(SymbolKind.CHANNEL, child(route, "use"));
                });
        case "autonomy" -> items(node, rule -> names.expression(child(rule, "when"), Within.AGENT));
        case "approvals" -> items(child(node, "approvers"), this::approver);
        case "windows" ->
            named(
                node,
                SymbolKind.WINDOW,
                window -> names.expression(child(window.value(), "when"), Within.AGENT));
        case "limits" ->
            named(
                node,
                SymbolKind.LIMIT,
                limit -> names.uses(SymbolKind.ACTION, child(limit.value(), "guards")));
        case "runbooks" -> runbooks(node);
        default -> {}
      }
    }
  }

  private static final YamlNode NOTHING = new YamlMapping(List.of(), false, new Span(0, 0));

  private static YamlNode child(YamlNode node, String key) {
    return node instanceof YamlMapping map ? map.get(key).orElse(NOTHING) : NOTHING;
  }

  private static void items(YamlNode node, Consumer<YamlNode> each) {
    if (node instanceof YamlSequence list) {
      list.items().forEach(each);
    }
  }

  private static void entries(YamlNode node, Consumer<Entry> each) {
    if (node instanceof YamlMapping map) {
      map.entries().forEach(each);
    }
  }

  private void named(YamlNode node, SymbolKind kind, Consumer<Entry> each) {
    entries(
        node,
        entry -> {
          names.declare(kind, entry.key());
          each.accept(entry);
        });
  }

  private void source(Entry source) {
    YamlNode about = source.value();
    names.expression(child(about, "items"), Within.AGENT);
    names.expression(child(about, "drop"), Within.AGENT);
    mapped(child(about, "map"));
    items(
        child(about, "rules"),
        rule -> {
          names.expression(child(rule, "when"), Within.AGENT);
          names.use(SymbolKind.SIGNAL, child(rule, "signal"));
        });
  }

  /** Texts, and lists of texts with conditions. */
  private void mapped(YamlNode map) {
    entries(
        map,
        field -> {
          if (field.value() instanceof YamlSequence choice) {
            for (YamlNode option : choice.items()) {
              names.value(child(option, "value"), Within.AGENT);
              names.expression(child(option, "when"), Within.AGENT);
            }
          } else {
            names.value(field.value(), Within.AGENT);
          }
        });
  }

  /** Settings that name another connection of the file. */
  private void connection(Entry entry, Set<String> known) {
    entries(
        entry.value(),
        setting -> {
          if (setting.value() instanceof YamlScalar word
              && known.contains(word.text())
              && !OWN.contains(setting.key().text())) {
            names.use(SymbolKind.CONNECTION, word);
          }
        });
    entries(
        child(entry.value(), "credentials"),
        credential ->
            names.use(
                SymbolKind.CONNECTION, child(child(credential.value(), "kubernetes"), "cluster")));
  }

  private void approver(YamlNode item) {
    if (item instanceof YamlScalar who && who.text().startsWith(USER)) {
      String name = who.text().substring(USER.length());
      Span span = who.map().span(USER.length(), who.map().length());
      names.add(SymbolKind.PERSON, "", name, Role.USE, span);
    }
  }

  private void runbooks(YamlNode node) {
    names.uses(SymbolKind.RUNBOOK, child(node, "enable"));
    entries(
        child(node, "configure"),
        one -> {
          names.use(SymbolKind.RUNBOOK, one.key());
          names.keys(
              SymbolKind.PARAMETER, one.key().text(), child(one.value(), "params"), Role.USE);
        });
  }
}
