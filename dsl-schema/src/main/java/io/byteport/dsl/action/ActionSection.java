package io.byteport.dsl.action;

import io.byteport.dsl.action.ActionDescription.Effect;
import io.byteport.dsl.action.ActionDescription.Input;
import io.byteport.dsl.action.ActionDescription.Watch;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.Special;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The actions of one file. */
final class ActionSection {
  private static final Set<String> KEYS =
      Set.of(
          "doc",
          "effect",
          "finds",
          "inputs",
          "outputs",
          "needs",
          "writes",
          "preview",
          "repeat",
          "probe",
          "settled",
          "watch",
          "deprecated");
  private static final Set<String> WATCH_KEYS = Set.of("each", "labels", "of");

  private final CatalogueFile file;
  private final Map<String, RecordType> types;
  private final Vocabulary vocabulary;
  private final InputSection inputs;

  ActionSection(CatalogueFile file, Map<String, RecordType> types, Vocabulary vocabulary) {
    this.file = file;
    this.types = types;
    this.vocabulary = vocabulary;
    this.inputs = new InputSection(file, types);
  }

  Optional<ActionDescription> read(Entry entry) {
    String name = entry.key().text();
    if (!name.matches("[a-z][A-Za-z0-9]*(\\.[a-z][A-Za-z0-9]*)+")) {
      file.fault(
          entry.key().span(),
          "expected a dotted name such as `kubectl.pods`, found `" + name + "`",
          null);
      return Optional.empty();
    }
    if (!(entry.value() instanceof YamlMapping node)) {
      file.entries(entry.value(), "what describes an action");
      return Optional.empty();
    }
    file.only(node, KEYS, "an action");
    Map<String, Input> taken = inputs.of(node);
    @Nullable OutputTemplate template = template(name, node, taken);
    Type output = template == null ? Special.UNKNOWN : template.general();
    return Optional.of(
        new ActionDescription(
            name,
            required(entry, node, "doc"),
            effect(entry, node),
            finds(node),
            taken,
            output,
            needs(node),
            node.get("writes").map(list -> file.texts(list, "fields")).orElse(List.of()),
            required(entry, node, "preview"),
            optional(node, "repeat"),
            optional(node, "probe"),
            optional(node, "settled"),
            watch(node, output),
            prerequisites(node),
            template == null || template.inputs().isEmpty() ? null : template,
            node.get("deprecated").map(file::deprecation).orElse(null)));
  }

  private String required(Entry action, YamlMapping node, String key) {
    Optional<YamlNode> value = node.get(key);
    if (value.isEmpty()) {
      file.fault(action.key().span(), "`" + action.key().text() + "` lacks `" + key + "`", null);
      return "";
    }
    String text = file.text(value.get(), "text");
    return text == null ? "" : text;
  }

  private @Nullable String optional(YamlMapping node, String key) {
    return node.get(key).map(value -> file.text(value, "text")).orElse(null);
  }

  private Effect effect(Entry action, YamlMapping node) {
    if (node.get("effect").isEmpty()) {
      file.fault(
          action.key().span(),
          "`" + action.key().text() + "` lacks `effect`",
          "write read, propose or change");
      return Effect.CHANGE;
    }
    YamlNode value = node.get("effect").get();
    String text = file.text(value, "an effect");
    for (Effect effect : Effect.values()) {
      if (effect.name().toLowerCase(Locale.ROOT).equals(text)) {
        return effect;
      }
    }
    if (text != null) {
      file.fault(
          value.span(), "expected `read`, `propose` or `change`, found `" + text + "`", null);
    }
    return Effect.CHANGE;
  }

  private boolean finds(YamlMapping node) {
    Optional<YamlNode> value = node.get("finds");
    if (value.isEmpty()) {
      return false;
    }
    String text = file.text(value.get(), "`nullable`");
    if (text != null && !text.equals("nullable")) {
      file.fault(value.get().span(), "expected `nullable`, found `" + text + "`", null);
    }
    return true;
  }

  /** The output with its placeholders, or null and a fault. */
  private @Nullable OutputTemplate template(
      String name, YamlMapping node, Map<String, Input> taken) {
    Map<RecordType, Input> placeholders = new IdentityHashMap<>();
    Map<String, RecordType> known = new LinkedHashMap<>(types);
    OutputTemplate.deciding(taken.values())
        .forEach(
            (written, input) -> {
              RecordType placeholder = new RecordType(written);
              placeholders.put(placeholder, input);
              known.put(written, placeholder);
            });
    Optional<YamlNode> outputs = node.get("outputs");
    Type type =
        outputs.isEmpty() || (outputs.get() instanceof YamlMapping map && map.entries().isEmpty())
            ? RecordType.of(name, Map.of())
            : switch (outputs.get()) {
              case YamlScalar scalar -> TypeDeclaration.read(file, scalar, known).type();
              case YamlMapping map -> TypeSection.anonymous(file, name, map, known);
              case YamlNode.YamlSequence list -> {
                file.fault(list.span(), "expected a type or a map of fields, found a list", null);
                yield Special.UNKNOWN;
              }
            };
    return type == Special.UNKNOWN ? null : OutputTemplate.of(type, placeholders);
  }

  private Map<String, List<String>> needs(YamlMapping node) {
    Map<String, List<String>> needs = new LinkedHashMap<>();
    Optional<YamlNode> written = node.get("needs");
    if (written.isEmpty()) {
      return needs;
    }
    if (written.get() instanceof YamlMapping map) {
      file.only(map, Set.of("resources", "binaries", "grants"), "`needs`");
      for (Entry entry :
          map.get("resources")
              .map(all -> file.entries(all, "verbs by resource"))
              .orElse(List.of())) {
        needs.put(entry.key().text(), verbs(entry));
      }
    } else {
      file.entries(written.get(), "needs");
    }
    return needs;
  }

  private Prerequisites prerequisites(YamlMapping node) {
    if (!(node.get("needs").orElse(null) instanceof YamlMapping needs)) {
      return Prerequisites.NONE;
    }
    Map<String, List<String>> grants = new LinkedHashMap<>();
    needs
        .get("grants")
        .map(all -> file.entries(all, "grants by system"))
        .orElse(List.of())
        .forEach(entry -> grants.put(entry.key().text(), file.texts(entry.value(), "grants")));
    return new Prerequisites(
        needs.get("binaries").map(list -> file.texts(list, "programs")).orElse(List.of()), grants);
  }

  private List<String> verbs(Entry entry) {
    String resource = entry.key().text();
    List<YamlScalar> verbs = file.scalars(entry.value(), "verbs");
    if (!resource.startsWith("{")) {
      if (!vocabulary.hasResource(resource)) {
        file.fault(
            entry.key().span(),
            "there is no resource `" + resource + "`",
            "declare it under `resources`, or under `operations` where it is not of the Kubernetes"
                + " API");
      } else {
        for (YamlScalar verb : verbs) {
          if (!vocabulary.verbs(resource).contains(verb.text())) {
            file.fault(verb.span(), "`" + resource + "` knows no verb `" + verb.text() + "`", null);
          }
        }
      }
    }
    return verbs.stream().map(YamlScalar::text).toList();
  }

  private @Nullable Watch watch(YamlMapping node, Type output) {
    Optional<YamlNode> written = node.get("watch");
    if (written.isEmpty()) {
      return null;
    }
    if (!(written.get() instanceof YamlMapping map)) {
      file.entries(written.get(), "what is watched");
      return null;
    }
    file.only(map, WATCH_KEYS, "`watch`");
    @Nullable String each = null;
    if (map.get("each").isPresent()) {
      YamlNode value = map.get("each").get();
      each = file.text(value, "a field of the output");
      boolean isList =
          output instanceof RecordType record
              && record
                  .field(each == null ? "" : each)
                  .filter(ListType.class::isInstance)
                  .isPresent();
      if (each != null && !isList) {
        file.fault(value.span(), "the output has no list `" + each + "`", null);
      }
    }
    return new Watch(
        each,
        map.get("labels").map(list -> file.texts(list, "labels")).orElse(List.of()),
        map.get("of").map(list -> file.texts(list, "types of entries")).orElse(List.of()));
  }
}
