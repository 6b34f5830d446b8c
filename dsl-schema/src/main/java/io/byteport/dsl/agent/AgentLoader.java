package io.byteport.dsl.agent;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.agent.AgentConfiguration.Access;
import io.byteport.dsl.agent.AgentConfiguration.Channel;
import io.byteport.dsl.agent.AgentConfiguration.Limit;
import io.byteport.dsl.agent.AgentConfiguration.Listen;
import io.byteport.dsl.agent.AgentConfiguration.Source;
import io.byteport.dsl.agent.AgentConfiguration.Window;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.connection.Connection;
import io.byteport.dsl.connection.ConnectionLoader;
import io.byteport.dsl.connection.Findings;
import io.byteport.dsl.connection.References;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Diagnostics;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlReader;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * From the text of a file of kind {@code Agent} to a configuration. Pure: no secret is read,
 * nothing is reached.
 */
public final class AgentLoader {
  /** The kind of an agent's configuration. */
  public static final String KIND = ConnectionLoader.AGENT;

  private static final String API_VERSION = "byteport.io/v1";
  private static final String NAME = "byteport";
  private static final List<String> MODES = List.of("dry-run", "live");
  private static final List<String> SECTIONS =
      List.of(
          "apiVersion",
          "kind",
          "metadata",
          "mode",
          "listen",
          "tls",
          "http",
          "access",
          "links",
          "store",
          "sources",
          "connections",
          "channels",
          "routes",
          "autonomy",
          "approvals",
          "windows",
          "limits",
          "storm",
          "concurrency",
          "runbooks");

  private final Fields document;
  private final Findings findings;
  private final ActionCatalogue catalogue;
  private final KnownRunbooks.@Nullable Shelf shelf;

  private AgentLoader(
      Fields document, ActionCatalogue catalogue, KnownRunbooks.@Nullable Shelf shelf) {
    this.document = document;
    this.findings = document.findings();
    this.catalogue = catalogue;
    this.shelf = shelf;
  }

  /**
   * Reads and checks one file without looking at runbooks: their ids and parameters are taken as
   * they are written.
   */
  public static Checked<AgentConfiguration> load(SourceFile file, ActionCatalogue catalogue) {
    return read(file, catalogue, null);
  }

  /**
   * Reads and checks one file, and what it says of runbooks against them.
   *
   * @param runbooks all that the agent has
   */
  public static Checked<AgentConfiguration> load(
      SourceFile file, ActionCatalogue catalogue, Collection<CheckedRunbook> runbooks) {
    KnownRunbooks known = KnownRunbooks.of(runbooks);
    return read(file, catalogue, (folders, library) -> known);
  }

  /**
   * Reads and checks one file, and what it says of runbooks against those that are found. The text
   * of findings has stars where a secret may have been written out.
   *
   * @return the configuration, where no finding is an error
   */
  public static Checked<AgentConfiguration> load(
      SourceFile file, ActionCatalogue catalogue, KnownRunbooks.Shelf shelf) {
    return read(file, catalogue, shelf);
  }

  private static Checked<AgentConfiguration> read(
      SourceFile file, ActionCatalogue catalogue, KnownRunbooks.@Nullable Shelf shelf) {
    Checked<YamlNode> yaml = YamlReader.read(file);
    Findings findings = new Findings(file, yaml.diagnostics());
    AgentConfiguration configuration = null;
    YamlNode root = yaml.valueOrNull();
    if (root instanceof YamlMapping map && !map.entries().isEmpty()) {
      Fields document = new Fields(findings, map.entries().getFirst().key(), map);
      if (isOurs(document)) {
        configuration = new AgentLoader(document, catalogue, shelf).configuration();
      }
    } else if (root != null) {
      findings.hide(root);
      findings.add(
          DiagnosticCode.SCHEMA_WRONG_TYPE,
          root.span(),
          "expected a map with `apiVersion` and `kind`, found something else",
          "start with `apiVersion: " + API_VERSION + "` and `kind: " + KIND + "`");
    }
    boolean refused = findings.all().stream().anyMatch(Diagnostic::isError);
    return new Checked<>(refused ? null : configuration, Diagnostics.sort(findings.told()));
  }

  private static boolean isOurs(Fields document) {
    return is(document, "kind", KIND) && is(document, "apiVersion", API_VERSION);
  }

  private static boolean is(Fields document, String field, String word) {
    YamlNode written = document.map().get(field).orElse(null);
    if (written instanceof YamlScalar scalar && scalar.text().equals(word)) {
      return true;
    }
    Span at = written == null ? document.name().span() : written.span();
    document
        .findings()
        .add(
            DiagnosticCode.SCHEMA_UNKNOWN_KIND,
            at,
            "expected `"
                + field
                + ": "
                + word
                + "`, found "
                + (written == null ? "no `" + field + "`" : Findings.found(written)),
            "start with `apiVersion: " + API_VERSION + "` and `kind: " + KIND + "`");
    return false;
  }

  private AgentConfiguration configuration() {
    document.only(SECTIONS, "an agent's configuration");
    AgentScopes scopes = new AgentScopes(catalogue);
    ServingReader serving = new ServingReader(document);
    Listen listen = serving.listen();
    Access access = serving.access(listen);
    List<Connection> connections =
        document
            .entry("connections")
            .map(entry -> ConnectionLoader.section(findings, entry, catalogue.connections()))
            .orElse(List.of());
    References references = new References(findings, connections);
    clusters(references);
    RunbooksReader runbooks =
        new RunbooksReader(document, shelf, new ConfiguredParams(findings, catalogue, connections));
    AgentConfiguration.Runbooks running = runbooks.read();
    boolean exposed = !ServingReader.isLoopback(listen.host());
    Map<String, Source> sources =
        document
            .entry("sources")
            .map(
                entry ->
                    new SourcesReader(findings, catalogue.sources(), runbooks.signals(), exposed)
                        .read(entry, references))
            .orElse(Map.of());
    Map<String, Channel> channels =
        document
            .entry("channels")
            .map(
                entry ->
                    new ChannelsReader(findings, catalogue.channels(), scopes.message())
                        .read(entry, references))
            .orElse(Map.of());
    PolicyReader policy = new PolicyReader(document);
    return new AgentConfiguration(
        name(),
        document.word("mode", MODES, MODES.getFirst()).equals("live"),
        listen,
        new HttpReader(document).read(),
        access,
        serving.links(),
        new StoreReader(document).store(),
        sources,
        connections,
        channels,
        new RoutesReader(document).read(channels, scopes.route()),
        policy.autonomy(scopes.decision()),
        policy.approvals(
            access, channels.values().stream().map(one -> one.entry().kind()).distinct().toList()),
        windows(scopes),
        limits(),
        new StormReader(document).read(),
        policy.concurrency(),
        running);
  }

  private String name() {
    Fields metadata = document.fields("metadata", "a map with `name`");
    if (metadata == null) {
      return NAME;
    }
    metadata.only(List.of("name"), "`metadata`");
    YamlScalar name = metadata.scalar("name");
    return name != null && Names.isSound(findings, name, "an agent") ? name.text() : NAME;
  }

  private Map<String, Window> windows(AgentScopes scopes) {
    Fields section = document.fields("windows", "a map of windows by their names");
    return section == null
        ? Map.of()
        : new WindowsReader(findings).read(section, scopes.decision());
  }

  private Map<String, Limit> limits() {
    Fields section = document.fields("limits", "a map of limits by their names");
    return section == null ? Map.of() : new LimitsReader(findings, catalogue).read(section);
  }

  /** Secrets that are kept in a cluster, outside of sections of entries. */
  private void clusters(References references) {
    if (inside(document.map(), "store", "credentials") instanceof YamlMapping credentials) {
      references.clusters(credentials);
    }
    if (inside(document.map(), "access", "people") instanceof YamlMapping people) {
      for (Entry person : people.entries()) {
        if (person.value() instanceof YamlMapping fields) {
          references.clusters(fields);
        }
      }
    }
  }

  private static @Nullable YamlNode inside(YamlMapping map, String outer, String inner) {
    return map.get(outer).orElse(null) instanceof YamlMapping fields
        ? fields.get(inner).orElse(null)
        : null;
  }
}
