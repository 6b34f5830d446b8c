package io.byteport.dsl.action;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Diagnostics;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads catalogue files, all of which make one catalogue: a file may use the types and resources of
 * another, and nothing is declared twice.
 *
 * <pre>
 * types:       records by name: fields with their types, `is` another record or several, `key` a list of the identifying fields
 * targets:     what an incident can be about, with its record type
 * inventory:   kinds of inventory entries, with their record types
 * connections: types of inventory entries: kind, doc, settings, credentials, fixed
 * sources:     types of what signals come from: doc, settings, credentials, fixed, webhook, poll
 * channels:    types of what people are told through: kind (mail, chat, page, issue, room) and as connections
 * resources:   resources of the Kubernetes API by group (`core` for the one without a name)
 * operations:  verbs of every other resource
 * inputs:      inputs that every action of this file takes beside its own
 * actions:     by dotted name: doc, effect, finds, inputs, outputs, needs, writes, preview, repeat, probe, settled, watch,
 *              deprecated
 * </pre>
 *
 * A type is {@code string}, {@code list<T>}, {@code map<T>}, {@code series<T>}, {@code enum(a, b)}
 * or a record; {@code T?} may be null, {@code T!} is a required input, {@code T = x} has a default.
 *
 * <p>An input of which more is to be said is a map:
 *
 * <pre>
 * type, doc
 * untrusted:      never, or notFirst where only the first element of a list is meant
 * noLeadingDash:  a text that begins with a dash would be an option
 * within:         the input with the roots under which its paths must lie
 * credentials:    it decides where credentials are sent
 * literal:        it stands in the runbook as it is
 * deprecated:     since, instead, why
 * </pre>
 *
 * So is a field of a type or an output:
 *
 * <pre>
 * type, or fields: an unnamed record, or each: the fields of a list's elements
 * doc
 * trusted:        its text comes from this program or an operator, not from the world
 * untrusted:      never, where a runbook that writes it may not take it from outside
 * deprecated:     since, instead, why
 * </pre>
 *
 * A type of connections says how entries of an inventory are configured. Its {@code kind} is the
 * kind of inventory entries that it makes. A setting has a type of text, numbers, quantities, an
 * enum or a list of these; {@code T!} must be given, {@code connection<pgbouncer>} names another
 * entry by its type or kind. As a map it has {@code type}, {@code doc}, and a {@code pattern} with
 * an {@code example} that fits it, whose named groups are settings of their own. A credential is a
 * map of {@code doc}, {@code required}, and {@code plain} where it may be written out. What is
 * {@code fixed} are settings that every entry of the type has.
 *
 * <p>Types of sources and channels are written alike; {@code connection<T>} in them names an entry
 * of the inventory. A source that can call says {@code webhook: true}, or there the credentials of
 * which one proves that a request is its own; one that can be asked says under {@code poll} the
 * settings and credentials without which it cannot, an empty list where it always can.
 *
 * <p>In an output a literal input can stand for a type: {@code one of names} is one of the words of
 * the list {@code names}, {@code list<columns>} holds records with the fields that the map {@code
 * columns} gives types, and {@code unit} is the type whose name the enum {@code unit} chooses. What
 * an action {@code needs} are {@code resources} (verbs by resource), {@code binaries}, and {@code
 * grants} (roles, permissions and scopes by system).
 */
public final class ActionCatalogueLoader {
  private static final Set<String> SECTIONS =
      Set.of(
          "types",
          "targets",
          "inventory",
          "connections",
          "sources",
          "channels",
          "resources",
          "operations",
          "inputs",
          "actions");

  private ActionCatalogueLoader() {}

  /**
   * All findings carry {@code CATALOGUE_INVALID} or are those of YAML; the value is there only
   * where none is an error.
   */
  public static Checked<ActionCatalogue> load(List<SourceFile> sources) {
    List<Diagnostic> findings = new ArrayList<>();
    List<CatalogueFile> files = new ArrayList<>();
    // A start waits for this, and half of it is reading YAML.
    List<Checked<YamlNode>> read = sources.parallelStream().map(YamlReader::read).toList();
    for (int i = 0; i < sources.size(); i++) {
      SourceFile source = sources.get(i);
      Checked<YamlNode> yaml = read.get(i);
      findings.addAll(yaml.diagnostics());
      if (yaml.valueOrNull() instanceof YamlMapping root) {
        CatalogueFile file = new CatalogueFile(source, root, findings);
        file.only(root, SECTIONS, "a catalogue");
        files.add(file);
      } else if (yaml.valueOrNull() != null) {
        findings.add(
            Diagnostic.of(
                DiagnosticCode.CATALOGUE_INVALID,
                source,
                yaml.valueOrNull().span(),
                "expected a map of sections",
                null));
      }
    }
    ActionCatalogue catalogue = new ActionCatalogueLoader().merge(files);
    boolean broken = findings.stream().anyMatch(Diagnostic::isError);
    return new Checked<>(broken ? null : catalogue, Diagnostics.sort(findings));
  }

  private ActionCatalogue merge(List<CatalogueFile> files) {
    Map<String, RecordType> types = TypeSection.read(files);
    Vocabulary vocabulary = new Vocabulary(words(files, "resources"), words(files, "operations"));
    Map<String, ActionDescription> actions = new LinkedHashMap<>();
    for (CatalogueFile file : files) {
      ActionSection section = new ActionSection(file, types, vocabulary);
      for (Entry entry : file.section("actions")) {
        Optional<ActionDescription> action = section.read(entry);
        if (action.isPresent() && actions.putIfAbsent(action.get().name(), action.get()) != null) {
          file.fault(
              entry.key().span(),
              "the action `" + action.get().name() + "` is declared already",
              null);
        }
      }
    }
    replacements(files, actions);
    ConnectionSection.Types entries = ConnectionSection.read(files);
    return new ActionCatalogue(
        actions,
        types,
        records(files, "targets", types),
        records(files, "inventory", types),
        vocabulary.groups(),
        vocabulary.operations(),
        entries.connections(),
        entries.sources(),
        entries.channels());
  }

  /** What takes the place of a deprecated action is an action. */
  private static void replacements(
      List<CatalogueFile> files, Map<String, ActionDescription> actions) {
    for (CatalogueFile file : files) {
      for (Entry entry : file.section("actions")) {
        ActionDescription action = actions.get(entry.key().text());
        if (action != null && action.deprecated() != null) {
          file.replacement(entry.key(), action.deprecated(), actions.keySet());
        }
      }
    }
  }

  private static Map<String, RecordType> records(
      List<CatalogueFile> files, String section, Map<String, RecordType> types) {
    Map<String, RecordType> records = new LinkedHashMap<>();
    for (CatalogueFile file : files) {
      for (Entry entry : file.section(section)) {
        String kind = entry.key().text();
        RecordType type =
            entry.value() instanceof YamlScalar scalar ? types.get(scalar.text()) : null;
        if (type == null) {
          file.fault(
              entry.value().span(),
              "expected the record type of `"
                  + kind
                  + "`, found "
                  + CatalogueFile.shape(entry.value()),
              null);
        } else if (records.putIfAbsent(kind, type) != null && records.get(kind) != type) {
          file.fault(
              entry.key().span(),
              "`" + kind + "` is declared already, as `" + records.get(kind) + "`",
              null);
        }
      }
    }
    return records;
  }

  /** A group or a resource may stand in several files; its words are joined. */
  private static Map<String, List<String>> words(List<CatalogueFile> files, String section) {
    Map<String, Set<String>> words = new LinkedHashMap<>();
    for (CatalogueFile file : files) {
      for (Entry entry : file.section(section)) {
        words
            .computeIfAbsent(entry.key().text(), key -> new LinkedHashSet<>())
            .addAll(
                file.texts(entry.value(), section.equals("operations") ? "verbs" : "resources"));
      }
    }
    Map<String, List<String>> lists = new LinkedHashMap<>();
    words.forEach((key, list) -> lists.put(key, List.copyOf(list)));
    return lists;
  }
}
