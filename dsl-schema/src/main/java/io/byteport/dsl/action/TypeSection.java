package io.byteport.dsl.action;

import io.byteport.dsl.type.FieldNote;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The record types of all files. They may name each other in any order and refer to themselves, so
 * all are made before the first is completed; what a type takes over from another by {@code is} is
 * completed before it.
 */
final class TypeSection {
  private static final String IS = "is";
  private static final String KEY = "key";
  private static final String TYPE = "type";
  private static final String EACH = "each";
  private static final Set<String> SHAPES = Set.of(TYPE, "fields", EACH);
  private static final Set<String> FIELD_KEYS =
      Set.of(TYPE, "fields", EACH, "doc", "trusted", "untrusted", "deprecated");

  private record Declared(CatalogueFile file, Entry entry, RecordType type) {}

  private final Map<String, Declared> declared = new LinkedHashMap<>();
  private final Map<String, RecordType> types = new LinkedHashMap<>();
  private final Set<String> completed = new HashSet<>();
  private final Set<String> underWay = new HashSet<>();

  /** Reads the section {@code types} of every file. */
  static Map<String, RecordType> read(List<CatalogueFile> files) {
    TypeSection section = new TypeSection();
    Set<String> inventory = new HashSet<>();
    for (CatalogueFile file : files) {
      file.section("inventory").stream()
          .map(Entry::value)
          .filter(YamlScalar.class::isInstance)
          .forEach(node -> inventory.add(((YamlScalar) node).text()));
    }
    for (CatalogueFile file : files) {
      file.section("types").forEach(entry -> section.declare(file, entry, inventory));
    }
    section.declared.values().forEach(section::complete);
    return section.types;
  }

  private void declare(CatalogueFile file, Entry entry, Set<String> inventory) {
    String name = entry.key().text();
    if (declared.containsKey(name)) {
      file.fault(
          entry.key().span(),
          "the type `" + name + "` is declared already, in " + declared.get(name).file().source(),
          "declare a type once; all files share it");
      return;
    }
    if (!name.matches("[A-Z][A-Za-z0-9]*")) {
      file.fault(
          entry.key().span(), "expected a name such as `PodRef`, found `" + name + "`", null);
    }
    RecordType type = inventory.contains(name) ? RecordType.inventory(name) : new RecordType(name);
    declared.put(name, new Declared(file, entry, type));
    types.put(name, type);
  }

  private void complete(Declared one) {
    String name = one.type().name();
    if (completed.contains(name)) {
      return;
    }
    underWay.add(name);
    if (one.entry().value() instanceof YamlMapping fields) {
      fill(one.file(), one.type(), fields);
    } else {
      one.file().entries(one.entry().value(), "fields");
    }
    underWay.remove(name);
    completed.add(name);
  }

  /** Fills a record from a map of fields, with {@code is} and {@code key} among them. */
  private void fill(CatalogueFile file, RecordType type, YamlMapping node) {
    Map<String, Type> fields = new LinkedHashMap<>();
    Map<String, Value> defaults = new LinkedHashMap<>();
    Map<String, FieldNote> notes = new LinkedHashMap<>();
    List<String> key = new ArrayList<>();
    List<RecordType> parents = new ArrayList<>();
    for (YamlScalar name : node.get(IS).map(parent -> names(file, parent)).orElse(List.of())) {
      Declared parent = declared.get(name.text());
      if (parent == null) {
        file.fault(name.span(), "there is no type `" + name.text() + "`", null);
      } else if (underWay.contains(name.text())) {
        file.fault(
            name.span(), "`" + type.name() + "` is itself, through `" + name.text() + "`", null);
      } else {
        complete(parent);
        parents.add(parent.type());
        fields.putAll(parent.type().fields());
        defaults.putAll(parent.type().defaults());
        notes.putAll(parent.type().notes());
        key.addAll(parent.type().declaredKey());
      }
    }
    for (Entry entry : node.entries()) {
      if (!isParents(entry) && !isKey(entry)) {
        field(file, entry, fields, defaults);
        note(file, entry, notes);
      }
    }
    node.entry(KEY)
        .filter(TypeSection::isKey)
        .ifPresent(
            entry -> {
              key.clear();
              for (YamlScalar name : file.scalars(entry.value(), "fields")) {
                if (fields.containsKey(name.text())) {
                  key.add(name.text());
                } else {
                  file.fault(
                      name.span(),
                      "`" + type.name() + "` has no field `" + name.text() + "`",
                      null);
                }
              }
            });
    replacements(file, node, fields, notes);
    type.complete(fields, parents, key, defaults, notes);
  }

  private void field(
      CatalogueFile file, Entry entry, Map<String, Type> fields, Map<String, Value> defaults) {
    String name = entry.key().text();
    defaults.remove(name);
    YamlNode written = entry.value();
    if (written instanceof YamlMapping node) {
      file.only(node, FIELD_KEYS, "a field");
      List<Entry> shapes = node.entries().stream().filter(TypeSection::isShape).toList();
      if (shapes.size() != 1) {
        file.fault(
            entry.key().span(),
            "expected exactly one of `type`, `fields` and `each` for `" + name + "`",
            null);
        return;
      }
      written = shapes.get(0).value();
      if (!shapes.get(0).key().text().equals(TYPE)) {
        boolean each = shapes.get(0).key().text().equals(EACH);
        RecordType inline = inline(file, name, written);
        fields.put(name, each ? new ListType(inline) : inline);
        return;
      }
    }
    if (!(written instanceof YamlScalar scalar)) {
      file.fault(
          written.span(),
          "expected the type of `" + name + "`, found " + CatalogueFile.shape(written),
          null);
      return;
    }
    TypeDeclaration declaration = TypeDeclaration.read(file, scalar, types);
    if (declaration.required()) {
      file.fault(
          scalar.span(),
          "a field cannot be marked with `!`",
          "a field without `?` is always there");
    }
    fields.put(name, declaration.type());
    if (declaration.defaultValue() != null) {
      defaults.put(name, declaration.defaultValue());
    }
  }

  private RecordType inline(CatalogueFile file, String name, YamlNode written) {
    RecordType record = new RecordType(name);
    if (written instanceof YamlMapping node) {
      fill(file, record, node);
    } else {
      file.entries(written, "fields");
    }
    return record;
  }

  private static void note(CatalogueFile file, Entry entry, Map<String, FieldNote> notes) {
    notes.remove(entry.key().text());
    if (entry.value() instanceof YamlMapping node) {
      FieldNote note =
          new FieldNote(
              file.flag(node, "trusted"),
              node.get("untrusted").isPresent(),
              node.get("deprecated").map(file::deprecation).orElse(null));
      node.get("untrusted").ifPresent(value -> file.word(value, "never"));
      if (!note.equals(FieldNote.NONE)) {
        notes.put(entry.key().text(), note);
      }
    }
  }

  /** What takes the place of a deprecated field is a field beside it. */
  private static void replacements(
      CatalogueFile file,
      YamlMapping node,
      Map<String, Type> fields,
      Map<String, FieldNote> notes) {
    for (Entry entry : node.entries()) {
      FieldNote note = notes.get(entry.key().text());
      if (note != null && note.deprecated() != null) {
        file.replacement(entry.key(), note.deprecated(), fields.keySet());
      }
    }
  }

  /** Reads an unnamed record, such as the outputs of an action. */
  static RecordType anonymous(
      CatalogueFile file, String name, YamlMapping node, Map<String, RecordType> types) {
    TypeSection section = new TypeSection();
    section.types.putAll(types);
    types.forEach(
        (known, type) -> {
          section.declared.put(
              known, new Declared(file, new Entry(node.entries().get(0).key(), node), type));
          section.completed.add(known);
        });
    RecordType type = new RecordType(name);
    section.fill(file, type, node);
    return type;
  }

  private static boolean isParents(Entry entry) {
    return entry.key().text().equals(IS);
  }

  private static boolean isShape(Entry entry) {
    return SHAPES.contains(entry.key().text());
  }

  /** A field may be called `key` too; what declares the key is a list. */
  private static boolean isKey(Entry entry) {
    return entry.key().text().equals(KEY) && entry.value() instanceof YamlSequence;
  }

  private static List<YamlScalar> names(CatalogueFile file, YamlNode node) {
    return node instanceof YamlScalar scalar ? List.of(scalar) : file.scalars(node, "types");
  }
}
