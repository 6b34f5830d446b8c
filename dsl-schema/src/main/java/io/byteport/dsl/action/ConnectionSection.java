package io.byteport.dsl.action;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.byteport.dsl.action.ConnectionType.Credential;
import io.byteport.dsl.action.ConnectionType.Form;
import io.byteport.dsl.action.ConnectionType.Hearing;
import io.byteport.dsl.action.ConnectionType.Setting;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.EnumType;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** The types of connections, sources or channels of all files: what their entries consist of. */
final class ConnectionSection {
  private static final java.util.regex.Pattern REFERENCE =
      java.util.regex.Pattern.compile("connection<([a-z][A-Za-z0-9-]*)>(!?)");
  private static final Set<String> KEYS = Set.of("kind", "doc", "settings", "credentials", "fixed");
  private static final Set<String> SOURCE_KEYS =
      Set.of("doc", "settings", "credentials", "fixed", "webhook", "webhookNeeds", "poll");
  private static final Set<String> SETTING_KEYS = Set.of("type", "doc", "pattern", "example");
  private static final Set<String> CREDENTIAL_KEYS = Set.of("doc", "plain", "required");

  private final EntrySection section;
  private final Map<String, ConnectionType> types = new LinkedHashMap<>();

  private ConnectionSection(EntrySection section) {
    this.section = section;
  }

  /** The types that the files declare, by the section in which their entries stand. */
  record Types(
      Map<String, ConnectionType> connections,
      Map<String, ConnectionType> sources,
      Map<String, ConnectionType> channels) {}

  /** Reads the sections {@code connections}, {@code sources} and {@code channels} of every file. */
  static Types read(List<CatalogueFile> files) {
    Map<String, ConnectionType> connections = read(files, EntrySection.CONNECTIONS);
    Map<String, ConnectionType> sources = read(files, EntrySection.SOURCES);
    Map<String, ConnectionType> channels = read(files, EntrySection.CHANNELS);
    for (CatalogueFile file : files) {
      references(file, EntrySection.CONNECTIONS, connections, connections);
      references(file, EntrySection.SOURCES, sources, connections);
      references(file, EntrySection.CHANNELS, channels, connections);
    }
    return new Types(connections, sources, channels);
  }

  private static Map<String, ConnectionType> read(List<CatalogueFile> files, EntrySection of) {
    ConnectionSection section = new ConnectionSection(of);
    for (CatalogueFile file : files) {
      for (Entry entry : file.section(of.key())) {
        section.declare(file, entry);
      }
    }
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
    file.only(
        node, section == EntrySection.SOURCES ? SOURCE_KEYS : KEYS, "a type of " + section.key());
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
            kind(file, entry.key(), node),
            text(file, node, "doc"),
            settings,
            credentials,
            fixed(file, node),
            section == EntrySection.SOURCES ? hearing(file, node, settings, credentials) : null);
    if (types.putIfAbsent(name, type) != null) {
      String one = section.key().substring(0, section.key().length() - 1);
      file.fault(entry.key().span(), "the " + one + " `" + name + "` is declared already", null);
    }
  }

  private String kind(CatalogueFile file, YamlScalar name, YamlMapping node) {
    String kind = text(file, node, "kind");
    return switch (section) {
      case CONNECTIONS -> Optional.ofNullable(kind).orElse(name.text());
      case SOURCES -> EntrySection.SOURCE_KIND;
      case CHANNELS -> {
        if (kind == null || !EntrySection.CHANNEL_KINDS.contains(kind)) {
          file.fault(
              name.span(),
              "expected the kind of the channel `"
                  + name.text()
                  + "`, found "
                  + (kind == null ? "none" : "`" + kind + "`"),
              "it is one of " + String.join(", ", EntrySection.CHANNEL_KINDS));
        }
        yield Optional.ofNullable(kind).orElse(EntrySection.CHANNEL_KINDS.getFirst());
      }
    };
  }

  private static @Nullable Hearing hearing(
      CatalogueFile file,
      YamlMapping node,
      Map<String, Setting> settings,
      Map<String, Credential> credentials) {
    Optional<YamlNode> webhook = node.get("webhook");
    Optional<YamlNode> poll = node.get("poll");
    if (webhook.isEmpty() && poll.isEmpty()) {
      return null;
    }
    boolean proves = webhook.isPresent() && webhook.get() instanceof YamlSequence;
    Set<String> all = new LinkedHashSet<>(settings.keySet());
    all.addAll(credentials.keySet());
    return new Hearing(
        proves || file.flag(node, "webhook"),
        proves ? named(file, webhook, credentials.keySet(), "a credential") : List.of(),
        named(file, node.get("webhookNeeds"), all, "a setting or a credential"),
        poll.isPresent(),
        named(file, poll, all, "a setting or a credential"));
  }

  /** Names of what the type has. */
  private static List<String> named(
      CatalogueFile file, Optional<YamlNode> list, Set<String> known, String what) {
    List<String> names = new ArrayList<>();
    for (YamlScalar one : list.map(node -> file.scalars(node, "names")).orElse(List.of())) {
      if (!known.contains(one.text())) {
        file.fault(one.span(), "expected " + what + ", found `" + one.text() + "`", null);
      }
      names.add(one.text());
    }
    return names;
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

  private Optional<Setting> setting(CatalogueFile file, Entry entry) {
    String name = entry.key().text();
    if (section.fields().contains(name)) {
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
  private static void references(
      CatalogueFile file,
      EntrySection section,
      Map<String, ConnectionType> types,
      Map<String, ConnectionType> connections) {
    for (Entry entry : file.section(section.key())) {
      ConnectionType type = types.get(entry.key().text());
      if (type == null) {
        continue;
      }
      for (Setting setting : type.settings().values()) {
        String other = setting.refersTo();
        if (other != null
            && connections.values().stream()
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
