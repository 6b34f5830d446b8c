package io.byteport.dsl.action;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.byteport.dsl.action.ConnectionType.Credential;
import io.byteport.dsl.action.ConnectionType.Form;
import io.byteport.dsl.action.ConnectionType.Setting;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.EnumType;
import io.byteport.dsl.type.Type.ListType;
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
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** The types of connections of all files: what their entries in an inventory consist of. */
final class ConnectionSection {
  private static final java.util.regex.Pattern REFERENCE =
      java.util.regex.Pattern.compile("connection<([a-z][A-Za-z0-9-]*)>(!?)");
  private static final Set<String> KEYS = Set.of("kind", "doc", "settings", "credentials", "fixed");
  private static final Set<String> SETTING_KEYS = Set.of("type", "doc", "pattern", "example");
  private static final Set<String> CREDENTIAL_KEYS = Set.of("doc", "plain", "required");

  /** What every entry has beside its settings. */
  static final Set<String> OF_EVERY_ENTRY =
      Set.of("type", "aliases", "labels", "annotations", "credentials");

  private final Map<String, ConnectionType> types = new LinkedHashMap<>();

  private ConnectionSection() {}

  /** Reads the section {@code connections} of every file. */
  static Map<String, ConnectionType> read(List<CatalogueFile> files) {
    ConnectionSection section = new ConnectionSection();
    for (CatalogueFile file : files) {
      for (Entry entry : file.section("connections")) {
        section.declare(file, entry);
      }
    }
    files.forEach(section::references);
    return section.types;
  }

  private void declare(CatalogueFile file, Entry entry) {
    String name = entry.key().text();
    if (!name.matches("[a-z][A-Za-z0-9-]*")) {
      file.fault(
          entry.key().span(), "expected a name such as `postgres`, found `" + name + "`", null);
    }
    if (!(entry.value() instanceof YamlMapping node)) {
      file.entries(entry.value(), "what the type `" + name + "` consists of");
      return;
    }
    file.only(node, KEYS, "a type of connections");
    Map<String, Setting> settings = new LinkedHashMap<>();
    for (Entry setting : entries(file, node, "settings")) {
      setting(file, setting).ifPresent(one -> settings.put(one.name(), one));
    }
    Map<String, Credential> credentials = new LinkedHashMap<>();
    for (Entry credential : entries(file, node, "credentials")) {
      credentials.put(credential.key().text(), credential(file, credential));
    }
    ConnectionType type =
        new ConnectionType(
            name,
            Optional.ofNullable(text(file, node, "kind")).orElse(name),
            text(file, node, "doc"),
            settings,
            credentials,
            fixed(file, node));
    if (types.putIfAbsent(name, type) != null) {
      file.fault(entry.key().span(), "the connection `" + name + "` is declared already", null);
    }
  }

  private static List<Entry> entries(CatalogueFile file, YamlMapping node, String key) {
    return node.get(key).map(value -> file.entries(value, key)).orElse(List.of());
  }

  private static @Nullable String text(CatalogueFile file, YamlMapping node, String key) {
    return node.get(key).map(value -> file.text(value, "a text")).orElse(null);
  }

  private static Map<String, String> fixed(CatalogueFile file, YamlMapping node) {
    Map<String, String> fixed = new LinkedHashMap<>();
    for (Entry entry : entries(file, node, "fixed")) {
      String value = file.text(entry.value(), "a text");
      if (value != null) {
        fixed.put(entry.key().text(), value);
      }
    }
    return fixed;
  }

  private static Optional<Setting> setting(CatalogueFile file, Entry entry) {
    String name = entry.key().text();
    if (OF_EVERY_ENTRY.contains(name)) {
      file.fault(entry.key().span(), "every entry has `" + name + "` already", null);
    }
    YamlNode written = entry.value();
    @Nullable String doc = null;
    @Nullable Form form = null;
    if (written instanceof YamlMapping node) {
      file.only(node, SETTING_KEYS, "a setting");
      doc = text(file, node, "doc");
      form = form(file, entry, node);
      if (node.get("type").isEmpty()) {
        file.fault(entry.key().span(), "the setting `" + name + "` lacks `type`", null);
        return Optional.empty();
      }
      written = node.get("type").get();
    }
    if (!(written instanceof YamlScalar scalar)) {
      file.fault(written.span(), "expected a type, found " + CatalogueFile.shape(written), null);
      return Optional.empty();
    }
    Matcher reference = REFERENCE.matcher(scalar.text());
    if (reference.matches()) {
      boolean required = !reference.group(2).isEmpty();
      return Optional.of(new Setting(name, Scalar.STRING, required, doc, form, reference.group(1)));
    }
    TypeDeclaration declaration = TypeDeclaration.read(file, scalar, Map.of());
    Type type = declaration.type().nonNull();
    Type element = type instanceof ListType list ? list.element() : type;
    if (!(element instanceof Scalar || element instanceof EnumType)) {
      file.fault(
          scalar.span(), "expected texts, numbers, quantities or an enum, found " + type, null);
    }
    if (declaration.defaultValue() != null) {
      file.fault(
          scalar.span(),
          "a setting cannot have a default",
          "what holds where it is not given is the adapter's to say");
    }
    return Optional.of(new Setting(name, type, declaration.required(), doc, form, null));
  }

  private static @Nullable Form form(CatalogueFile file, Entry entry, YamlMapping node) {
    String pattern = text(file, node, "pattern");
    String example = text(file, node, "example");
    if (pattern == null && example == null) {
      return null;
    }
    if (pattern == null || example == null) {
      file.fault(
          entry.key().span(), "expected `pattern` and `example` together, found one of them", null);
      return null;
    }
    try {
      Form form = new Form(Pattern.compile(pattern), example);
      if (!form.fits(example)) {
        file.fault(
            entry.key().span(), "the example `" + example + "` does not fit the pattern", null);
      }
      return form;
    } catch (PatternSyntaxException broken) {
      file.fault(
          entry.key().span(), "the pattern does not compile: " + broken.getDescription(), null);
      return null;
    }
  }

  private static Credential credential(CatalogueFile file, Entry entry) {
    if (entry.value() instanceof YamlMapping node) {
      file.only(node, CREDENTIAL_KEYS, "a credential");
      return new Credential(
          entry.key().text(),
          file.flag(node, "required"),
          file.flag(node, "plain"),
          text(file, node, "doc"));
    }
    file.entries(entry.value(), "what the credential consists of");
    return new Credential(entry.key().text(), false, false, null);
  }

  /** What a setting refers to is a type, or the kind of one. */
  private void references(CatalogueFile file) {
    for (Entry entry : file.section("connections")) {
      ConnectionType type = types.get(entry.key().text());
      if (type == null) {
        continue;
      }
      for (Setting setting : type.settings().values()) {
        String other = setting.refersTo();
        if (other != null
            && types.values().stream()
                .noneMatch(known -> known.name().equals(other) || known.kind().equals(other))) {
          file.fault(
              entry.key().span(),
              "`" + setting.name() + "` refers to `" + other + "`, which no connection is",
              null);
        }
      }
    }
  }
}
