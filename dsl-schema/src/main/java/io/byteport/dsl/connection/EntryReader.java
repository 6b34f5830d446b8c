package io.byteport.dsl.connection;

import io.byteport.dsl.action.ConnectionType;
import io.byteport.dsl.action.ConnectionType.Credential;
import io.byteport.dsl.action.ConnectionType.Setting;
import io.byteport.dsl.action.EntrySection;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.type.LiteralCoercion.Misfit;
import io.byteport.dsl.type.TextCoercion;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one entry of a section by what its type declares: a connection, a source or a channel. */
public final class EntryReader {
  private final Findings findings;
  private final EntrySection section;
  private final Map<String, ConnectionType> types;
  private final boolean partial;

  /**
   * @param types those that entries of the section may have, by name
   */
  public EntryReader(Findings findings, EntrySection section, Map<String, ConnectionType> types) {
    this(findings, section, types, false);
  }

  private EntryReader(
      Findings findings, EntrySection section, Map<String, ConnectionType> types, boolean partial) {
    this.findings = findings;
    this.section = section;
    this.types = types;
    this.partial = partial;
  }

  /** One that requires nothing and lets nothing enter: for entries of a test. */
  static EntryReader partial(Findings findings, Map<String, ConnectionType> types) {
    return new EntryReader(findings, EntrySection.CONNECTIONS, types, true);
  }

  /**
   * Reads what any entry may have beside its settings only where it belongs to connections: the
   * rest is for others to read. Null where it is not known what it is.
   */
  public @Nullable Connection read(Entry entry) {
    YamlScalar name = entry.key();
    if (!(entry.value() instanceof YamlMapping about)) {
      findings.shape(name, entry.value(), "a map with `type`");
      return null;
    }
    ConnectionType type = type(name, about);
    if (type == null) {
      return null;
    }
    Set<String> known = new LinkedHashSet<>(section.fields());
    known.addAll(type.settings().keySet());
    findings.only(
        about,
        known,
        "a `" + type.name() + "`",
        type.credentials().keySet(),
        "under `credentials`");
    about.entries().stream()
        .filter(field -> !known.contains(field.key().text()))
        .forEach(field -> findings.hide(field.value())); // it may be a password out of its place
    Map<String, Value> settings = new LinkedHashMap<>();
    type.fixed().forEach((setting, value) -> settings.put(setting, Value.of(value)));
    for (Setting setting : type.settings().values()) {
      Optional<Entry> written = about.entry(setting.name());
      if (written.isPresent()) {
        setting(setting, written.get(), settings);
      } else if (setting.required() && !partial) {
        missing(name, setting.name(), "a `" + type.name() + "`", setting.doc());
      }
    }
    CredentialReader.Read credentials = credentials(name, type, about);
    return new Connection(
        type.kind(),
        type.name(),
        name.text(),
        name.span(),
        common(about, "aliases")
            .map(list -> findings.texts(list).stream().map(YamlScalar::text).toList())
            .orElse(List.of()),
        settings,
        credentials.plain(),
        credentials.secrets(),
        common(about, "labels").map(findings::textMap).orElse(Map.of()),
        common(about, "annotations").map(findings::textMap).orElse(Map.of()));
  }

  /** A field of every entry; empty where entries of the section have no such field. */
  private Optional<Entry> common(YamlMapping about, String field) {
    return section.fields().contains(field) ? about.entry(field) : Optional.empty();
  }

  private @Nullable ConnectionType type(YamlScalar name, YamlMapping about) {
    Optional<Entry> written = about.entry("type");
    if (written.isEmpty()) {
      missing(name, "type", "`" + name.text() + "`", "how it is spoken to");
      return null;
    }
    String word = findings.text(written.get());
    if (word != null && !types.containsKey(word)) {
      findings.unknown(
          DiagnosticCode.CONNECTION_UNKNOWN_TYPE,
          (YamlScalar) written.get().value(),
          "expected a type of " + section.key() + ", found `" + word + "`",
          types.keySet());
    }
    return word == null ? null : types.get(word);
  }

  private void missing(YamlScalar name, String field, String where, @Nullable String doc) {
    findings.add(
        DiagnosticCode.SCHEMA_MISSING_FIELD,
        name.span(),
        "expected `" + field + "` in " + where + ", found none",
        "add `" + field + "`" + (doc == null ? "" : ": " + doc));
  }

  private void setting(Setting setting, Entry written, Map<String, Value> settings) {
    if (setting.type().nonNull() instanceof ListType list) {
      List<Value> items = new ArrayList<>();
      for (YamlScalar item : list(written)) {
        if (fits(setting, list.element(), item)) {
          items.add(Value.of(item.text()));
        }
      }
      settings.put(setting.name(), Value.of(items));
      return;
    }
    String text = findings.text(written);
    if (text != null && fits(setting, setting.type(), (YamlScalar) written.value())) {
      settings.put(setting.name(), Value.of(text));
      if (setting.form() != null) {
        setting.form().parts(text).forEach((part, of) -> settings.put(part, Value.of(of)));
      }
    }
  }

  private List<YamlScalar> list(Entry written) {
    return Findings.isText(written.value())
        ? List.of((YamlScalar) written.value())
        : findings.texts(written);
  }

  private boolean fits(Setting setting, Type type, YamlScalar written) {
    String text = written.text();
    if (setting.form() != null && !setting.form().fits(text)) {
      boolean secret = text.contains("@");
      if (secret) {
        findings.hide(written);
      }
      findings.add(
          DiagnosticCode.SCHEMA_BAD_FORMAT,
          written.span(),
          "expected `"
              + setting.name()
              + "` to be written like `"
              + setting.form().example()
              + "`, found "
              + (secret ? "one with a user in it" : "`" + text + "`"),
          secret ? "who enters stands under `credentials`" : setting.doc());
      return false;
    }
    if (TextCoercion.coerce(text, type) instanceof Misfit misfit) {
      String message = misfit.message();
      findings.add(
          DiagnosticCode.SCHEMA_BAD_FORMAT,
          written.span(),
          message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1),
          misfit.hint());
      return false;
    }
    return true;
  }

  private CredentialReader.Read credentials(
      YamlScalar name, ConnectionType type, YamlMapping about) {
    Optional<Entry> section = about.entry("credentials");
    if (partial) {
      section.ifPresent(
          entry ->
              findings.add(
                  DiagnosticCode.TEST_UNUSED,
                  entry.key().span(),
                  "expected an entry without `credentials`, found some",
                  "a test reaches nothing: leave them out"));
      return new CredentialReader.Read(Map.of(), Map.of());
    }
    for (Credential credential : type.credentials().values()) {
      boolean given =
          section.isPresent()
              && section.get().value() instanceof YamlMapping map
              && map.get(credential.name()).isPresent();
      if (credential.required() && !given) {
        missing(
            section.map(Entry::key).orElse(name),
            section.isPresent() ? credential.name() : "credentials",
            section.isPresent() ? "`credentials`" : "`" + name.text() + "`",
            section.isPresent() ? credential.doc() : "with `" + credential.name() + "`");
      }
    }
    return section
        .map(entry -> new CredentialReader(findings, type).read(entry))
        .orElse(new CredentialReader.Read(Map.of(), Map.of()));
  }
}
