package io.byteport.dsl.action;

import io.byteport.dsl.action.ActionDescription.Input;
import io.byteport.dsl.action.InputPolicy.Untrusted;
import io.byteport.dsl.type.Deprecation;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.EnumType;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.MapType;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The inputs of the actions of one file: their types, and what may stand in them. */
final class InputSection {
  private static final Set<String> KEYS =
      Set.of(
          "type",
          "doc",
          "untrusted",
          "noLeadingDash",
          "literal",
          "credentials",
          "within",
          "deprecated");

  private final CatalogueFile file;
  private final Map<String, RecordType> types;
  private final Map<String, Input> shared = new LinkedHashMap<>();

  InputSection(CatalogueFile file, Map<String, RecordType> types) {
    this.file = file;
    this.types = types;
    file.section("inputs")
        .forEach(entry -> input(entry).ifPresent(input -> shared.put(input.name(), input)));
  }

  /** The inputs of an action, those that all actions of the file take included. */
  Map<String, Input> of(YamlMapping action) {
    List<Entry> written =
        action.get("inputs").map(map -> file.entries(map, "inputs")).orElse(List.of());
    Map<String, Input> inputs = new LinkedHashMap<>();
    written.forEach(entry -> input(entry).ifPresent(input -> inputs.put(input.name(), input)));
    shared.forEach(inputs::putIfAbsent);
    written.forEach(entry -> together(entry, inputs));
    return inputs;
  }

  /** What an input says about another one of the same action. */
  private void together(Entry entry, Map<String, Input> inputs) {
    Input input = inputs.get(entry.key().text());
    if (input == null) {
      return;
    }
    if (input.deprecated() != null) {
      file.replacement(entry.key(), input.deprecated(), inputs.keySet());
    }
    String within = input.policy().within();
    if (within == null) {
      return;
    }
    Input roots = inputs.get(within);
    if (roots == null || element(roots.type()) != Scalar.PATH) {
      file.fault(
          entry.key().span(),
          "expected an input of type path or list<path> that `"
              + input.name()
              + "` lies within, found `"
              + within
              + "`",
          null);
    }
  }

  private Optional<Input> input(Entry entry) {
    YamlNode written = entry.value();
    @Nullable String doc = null;
    @Nullable Deprecation deprecated = null;
    InputPolicy policy = InputPolicy.ANY;
    if (written instanceof YamlMapping node) {
      file.only(node, KEYS, "an input");
      doc = node.get("doc").map(value -> file.text(value, "text")).orElse(null);
      deprecated = node.get("deprecated").map(file::deprecation).orElse(null);
      policy = policy(node);
      if (node.get("type").isEmpty()) {
        file.fault(entry.key().span(), "the input `" + entry.key().text() + "` lacks `type`", null);
        return Optional.empty();
      }
      written = node.get("type").get();
    }
    if (!(written instanceof YamlScalar scalar)) {
      file.fault(written.span(), "expected a type, found " + CatalogueFile.shape(written), null);
      return Optional.empty();
    }
    TypeDeclaration declaration = TypeDeclaration.read(file, scalar, types);
    Type type = declaration.type().nonNull();
    fits(policy, type, entry);
    return Optional.of(
        new Input(
            entry.key().text(),
            type,
            declaration.required(),
            declaration.defaultValue(),
            doc,
            policy,
            deprecated));
  }

  /** Whether a policy makes sense for a type. */
  private void fits(InputPolicy policy, Type type, Entry entry) {
    String name = entry.key().text();
    if (policy.untrusted() == Untrusted.NOT_FIRST && !(type instanceof ListType)) {
      file.fault(
          entry.key().span(), "expected a list where `notFirst` is said, found " + type, null);
    }
    if (policy.noLeadingDash() && element(type) != Scalar.STRING && element(type) != Scalar.PATH) {
      file.fault(
          entry.key().span(),
          "expected texts that could be options for `" + name + "`, found " + type,
          null);
    }
    if (policy.within() != null && element(type) != Scalar.PATH) {
      file.fault(entry.key().span(), "expected paths to lie within something, found " + type, null);
    }
    boolean plain =
        type == Scalar.STRING
            || type instanceof EnumType
            || (type instanceof ListType list && list.element() == Scalar.STRING)
            || (type instanceof MapType map && map.value() == Scalar.STRING);
    if (policy.literal() && !plain) {
      file.fault(
          entry.key().span(),
          "expected a text, an enum, a list or a map of texts to be literal, found " + type,
          null);
    }
  }

  private static Type element(Type type) {
    return type instanceof ListType list ? list.element() : type;
  }

  private InputPolicy policy(YamlMapping node) {
    return new InputPolicy(
        untrusted(node),
        file.flag(node, "noLeadingDash"),
        file.flag(node, "literal"),
        file.flag(node, "credentials"),
        node.get("within").map(value -> file.text(value, "the name of an input")).orElse(null));
  }

  private Untrusted untrusted(YamlMapping node) {
    Optional<YamlNode> value = node.get("untrusted");
    if (value.isEmpty()) {
      return Untrusted.ALLOWED;
    }
    String text = file.text(value.get(), "`allowed`, `notFirst` or `never`");
    if (text != null) {
      switch (text) {
        case "allowed" -> {
          return Untrusted.ALLOWED;
        }
        case "notFirst" -> {
          return Untrusted.NOT_FIRST;
        }
        case "never" -> {
          return Untrusted.NEVER;
        }
        default ->
            file.fault(
                value.get().span(),
                "expected `allowed`, `notFirst` or `never`, found `" + text + "`",
                null);
      }
    }
    return Untrusted.NEVER;
  }
}
