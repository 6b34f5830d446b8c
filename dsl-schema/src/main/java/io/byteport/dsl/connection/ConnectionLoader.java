package io.byteport.dsl.connection;

import io.byteport.dsl.action.ConnectionType;
import io.byteport.dsl.action.EntrySection;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Diagnostics;
import io.byteport.dsl.diagnostic.Related;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * From the text of a file of connections to connections. A file of kind {@code Connections} holds
 * nothing else; of an agent's configuration, of kind {@code Agent}, only the section {@code
 * connections} is looked at. Pure: no secret is read, nothing is reached.
 */
public final class ConnectionLoader {
  /** The kind of a file that holds connections alone. */
  public static final String KIND = "Connections";

  /** The kind of an agent's configuration. */
  public static final String AGENT = "Agent";

  /** The kinds of files that are read here, whose shape no schema knows. */
  public static final List<String> KINDS = List.of(KIND, AGENT);

  private static final String SECTION = "connections";
  private static final String API_VERSION = "byteport.io/v1";
  private static final List<String> FIELDS = List.of("apiVersion", "kind", "metadata", SECTION);

  private ConnectionLoader() {}

  /** Whether a word after {@code kind} promises connections. */
  public static boolean reads(String kind) {
    return KINDS.contains(kind);
  }

  /**
   * Reads and checks one file, which is complete in itself: what an entry refers to stands in it.
   * The text of findings has stars where a secret was written out.
   *
   * @param types the types of connections that there are, by name
   * @return the connections in the order of the file, where no finding is an error
   */
  public static Checked<List<Connection>> load(SourceFile file, Map<String, ConnectionType> types) {
    Checked<YamlNode> yaml = YamlReader.read(file);
    Findings findings = new Findings(file, yaml.diagnostics());
    List<Connection> connections = new ArrayList<>();
    YamlNode root = yaml.valueOrNull();
    if (root instanceof YamlMapping document) {
      Optional<Entry> section = section(findings, document);
      if (section.isPresent()) {
        connections.addAll(section(findings, section.get(), types));
      }
    } else if (root != null) {
      findings.add(
          DiagnosticCode.SCHEMA_WRONG_TYPE,
          root.span(),
          "expected a map with `apiVersion` and `kind`, found " + Findings.found(root),
          "start with `apiVersion: " + API_VERSION + "` and `kind: " + KIND + "`");
    }
    boolean refused = findings.all().stream().anyMatch(Diagnostic::isError);
    return new Checked<>(
        refused ? null : List.copyOf(connections), Diagnostics.sort(findings.told()));
  }

  /**
   * Reads the section of a document that holds more than connections.
   *
   * @return those of which it is known what they are
   */
  public static List<Connection> section(
      Findings findings, Entry section, Map<String, ConnectionType> types) {
    List<Connection> connections = new ArrayList<>();
    EntryReader reader = new EntryReader(findings, EntrySection.CONNECTIONS, types);
    for (Entry entry : findings.entries(section, "a map of connections by their names")) {
      Connection connection = reader.read(entry);
      if (connection != null) {
        connections.add(connection);
      }
    }
    new References(findings, connections).check(section, types);
    return connections;
  }

  /**
   * Reads one entry of which only some is said, as in a test: nothing is required, and there are no
   * credentials.
   *
   * @param found is told every finding; its span is the one of the entry's nodes
   * @return empty where it is not known what it is
   */
  public static Optional<Connection> partial(
      SourceFile file, Entry entry, Map<String, ConnectionType> types, Consumer<Diagnostic> found) {
    Findings findings = new Findings(file, List.of());
    Connection connection = EntryReader.partial(findings, types).read(entry);
    findings.all().forEach(found);
    return Optional.ofNullable(connection);
  }

  /**
   * Reads files that are used together. Each is complete in itself, and none may have an entry that
   * answers to a name of another's.
   *
   * @return the connections of all, where no finding is an error
   */
  public static Checked<List<Connection>> load(
      List<SourceFile> files, Map<String, ConnectionType> types) {
    List<Diagnostic> found = new ArrayList<>();
    Map<String, Place> taken = new HashMap<>();
    List<Connection> all = new ArrayList<>();
    for (SourceFile file : files) {
      Checked<List<Connection>> one = load(file, types);
      found.addAll(one.diagnostics());
      List<Connection> connections = one.value().orElse(List.of());
      for (Connection connection : connections) {
        List<String> names = new ArrayList<>(connection.aliases());
        names.add(connection.name());
        for (String name : names) {
          Place before = taken.get(connection.kind() + " " + name);
          if (before != null) {
            found.add(twice(new Place(file, connection), name, before));
          }
        }
      }
      for (Connection connection : connections) {
        Place place = new Place(file, connection);
        taken.put(connection.kind() + " " + connection.name(), place);
        connection.aliases().forEach(alias -> taken.put(connection.kind() + " " + alias, place));
      }
      all.addAll(connections);
    }
    boolean refused = found.stream().anyMatch(Diagnostic::isError);
    return new Checked<>(refused ? null : List.copyOf(all), Diagnostics.sort(found));
  }

  private record Place(SourceFile file, Connection connection) {}

  private static Diagnostic twice(Place place, String name, Place before) {
    return Diagnostic.of(
            DiagnosticCode.CONNECTION_DUPLICATE,
            place.file(),
            place.connection().at(),
            "expected a "
                + place.connection().kind()
                + " that no other file has, found one that answers to `"
                + name
                + "`, too",
            "use files together that have no names in common, or rename one of the two")
        .withRelated(
            new Related(
                before.file(), before.connection().at(), "this answers to the name already"));
  }

  /** The section of connections; nothing is read of a document that is something else. */
  private static Optional<Entry> section(Findings findings, YamlMapping document) {
    String kind = word(document, "kind");
    if (!reads(kind)) {
      foreign(findings, document, "kind", "`kind: " + KIND + "` or `kind: " + AGENT + "`");
      return Optional.empty();
    }
    if (!word(document, "apiVersion").equals(API_VERSION)) {
      foreign(findings, document, "apiVersion", "`apiVersion: " + API_VERSION + "`");
      return Optional.empty();
    }
    Optional<Entry> section = document.entry(SECTION);
    if (kind.equals(KIND)) {
      findings.only(document, FIELDS, "the document");
      if (section.isEmpty()) {
        findings.add(
            DiagnosticCode.SCHEMA_MISSING_FIELD,
            document.entries().getFirst().key().span(),
            "expected `connections` in the document, found none",
            "add `connections`: what may be reached, by name");
      }
    }
    return section;
  }

  private static String word(YamlMapping document, String field) {
    return document.get(field).orElse(null) instanceof YamlScalar scalar ? scalar.text() : "";
  }

  private static void foreign(
      Findings findings, YamlMapping document, String field, String expected) {
    Span at =
        document
            .get(field)
            .map(YamlNode::span)
            .orElseGet(
                () ->
                    document.entries().isEmpty()
                        ? document.span()
                        : document.entries().getFirst().key().span());
    findings.add(
        DiagnosticCode.SCHEMA_UNKNOWN_KIND,
        at,
        "expected "
            + expected
            + ", found "
            + document.get(field).map(Findings::found).orElse("no `" + field + "`"),
        "start with `apiVersion: " + API_VERSION + "` and `kind: " + KIND + "`");
  }
}
