package io.byteport.dsl.connection;

import io.byteport.dsl.action.ConnectionType;
import io.byteport.dsl.action.ConnectionType.Setting;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Related;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is said of the connections of one file: names that are taken, names that exist. */
public final class References {
  private final Findings findings;
  private final List<Connection> connections;

  /**
   * @param connections all that there are
   */
  public References(Findings findings, List<Connection> connections) {
    this.findings = findings;
    this.connections = connections;
  }

  /** What connections say of each other. */
  void check(Entry section, Map<String, ConnectionType> types) {
    if (section.value() instanceof YamlMapping entries) {
      names(entries);
      for (Connection connection : connections) {
        check(connection, connection.name(), entries, types);
      }
    }
  }

  /**
   * What entries of another section say of connections.
   *
   * @param entries those of the section of which it is known what they are
   */
  public void check(Entry section, List<Connection> entries, Map<String, ConnectionType> types) {
    if (section.value() instanceof YamlMapping written) {
      entries.forEach(entry -> check(entry, null, written, types));
    }
  }

  private void check(
      Connection entry,
      @Nullable String self,
      YamlMapping entries,
      Map<String, ConnectionType> types) {
    YamlNode about = entries.get(entry.name()).orElse(null);
    ConnectionType type = types.get(entry.type());
    if (about instanceof YamlMapping mapping && type != null) {
      type.settings().values().forEach(setting -> setting(self, setting, mapping));
      if (mapping.get("credentials").orElse(null) instanceof YamlMapping credentials) {
        clusters(credentials);
      }
    }
  }

  /** Two entries of one kind must not answer to one name. */
  private void names(YamlMapping entries) {
    Map<String, Span> taken = new HashMap<>();
    connections.forEach(one -> taken.put(one.kind() + " " + one.name(), one.at()));
    for (Connection connection : connections) {
      if (entries.get(connection.name()).orElse(null) instanceof YamlMapping about
          && about.get("aliases").orElse(null) instanceof YamlSequence aliases) {
        for (YamlNode alias : aliases.items()) {
          if (alias instanceof YamlScalar name) {
            Span before = taken.putIfAbsent(connection.kind() + " " + name.text(), name.span());
            if (before != null) {
              duplicate(connection, name, before);
            }
          }
        }
      }
    }
  }

  private void duplicate(Connection connection, YamlScalar alias, Span before) {
    findings
        .all()
        .add(
            Diagnostic.of(
                    DiagnosticCode.CONNECTION_DUPLICATE,
                    findings.file(),
                    alias.span(),
                    "expected an alias that no other "
                        + connection.kind()
                        + " has, found `"
                        + alias.text()
                        + "`",
                    "a name or an alias selects one entry of its kind; keep it on the one that is"
                        + " meant")
                .withRelated(
                    new Related(findings.file(), before, "this answers to the name already")));
  }

  private void setting(@Nullable String self, Setting setting, YamlMapping about) {
    String wanted = setting.refersTo();
    if (wanted == null || !(about.get(setting.name()).orElse(null) instanceof YamlScalar name)) {
      return;
    }
    reference(name, wanted, self);
  }

  private void reference(YamlScalar name, String wanted, @Nullable String self) {
    List<String> fitting =
        connections.stream()
            .filter(one -> one.type().equals(wanted) || one.kind().equals(wanted))
            .map(Connection::name)
            .filter(other -> !other.equals(self))
            .toList();
    if (name.text().isEmpty() || fitting.contains(name.text())) {
      return;
    }
    String found =
        connections.stream()
            .filter(one -> one.name().equals(name.text()))
            .findFirst()
            .map(
                one ->
                    one.name().equals(self)
                        ? "`" + name.text() + "`, which is this entry itself"
                        : "`" + name.text() + "`, which is a `" + one.type() + "`")
            .orElse("`" + name.text() + "`");
    findings.unknown(
        DiagnosticCode.CONNECTION_UNKNOWN_REFERENCE,
        name,
        "expected the name of a `" + wanted + "` in this file, found " + found,
        fitting);
  }

  /**
   * Secrets that are kept in a cluster are read through its entry, where one is named.
   *
   * @param credentials references to secrets by name
   */
  public void clusters(YamlMapping credentials) {
    for (Entry credential : credentials.entries()) {
      if (credential.value() instanceof YamlMapping place
          && place.get("kubernetes").orElse(null) instanceof YamlMapping in
          && in.get("cluster").orElse(null) instanceof YamlScalar cluster) {
        reference(cluster, "cluster", null);
      }
    }
  }
}
