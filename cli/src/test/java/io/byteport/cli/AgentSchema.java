package io.byteport.cli;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.action.ConnectionType;
import io.byteport.dsl.action.ConnectionType.Credential;
import io.byteport.dsl.action.ConnectionType.Setting;
import io.byteport.dsl.action.EntrySection;
import io.byteport.dsl.type.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes the JSON Schema of an agent's configuration as an editor and Helm need it: names of
 * sections and fields, words, and for each type of entry what it takes. The agent judges the rest.
 */
final class AgentSchema {
  private static final List<String> ANYTHING = List.of("string", "number", "boolean");
  private static final Map<String, Object> TEXT = Map.of("type", ANYTHING);
  private static final Map<String, Object> COUNT = Map.of("type", "integer", "minimum", 1);
  private static final Map<String, Object> SECRET = Map.of("$ref", "#/definitions/secret");
  private static final Map<String, Object> TEXTS =
      Map.of("type", List.of("array", "string"), "items", TEXT);

  private final ActionCatalogue catalogue;

  AgentSchema(ActionCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  Map<String, Object> config() {
    Map<String, Object> sections = new LinkedHashMap<>();
    sections.put("metadata", fields(Map.of("name", TEXT)));
    sections.put("mode", Map.of("enum", List.of("dry-run", "live")));
    sections.put("access", fields(Map.of("people", named(person()))));
    Map<String, Object> http = new LinkedHashMap<>();
    for (String field : List.of("body", "headWithin", "bodyWithin", "idle")) {
      http.put(field, TEXT);
    }
    for (String field : List.of("webhooks", "connections", "streams")) {
      http.put(field, COUNT);
    }
    http.put("source", fields(Map.of("perSecond", COUNT, "burst", COUNT)));
    sections.put("http", fields(http));
    sections.put("links", fields(Map.of("console", TEXT, "runbooks", TEXT)));
    sections.put(
        "store",
        fields(
            Map.of(
                "folder", TEXT,
                "address", TEXT,
                "retention", TEXT,
                "credentials", fields(Map.of("username", TEXT, "password", SECRET)))));
    for (EntrySection section : EntrySection.values()) {
      sections.put(section.key(), named(entry(section)));
    }
    sections.put("routes", list(fields(Map.of("when", TEXT, "use", TEXTS), "use", "when")));
    Map<String, Object> level = Map.of("enum", List.of("observe", "propose", "approve", "act"));
    sections.put("autonomy", list(fields(Map.of("when", TEXT, "level", level), "level", "when")));
    sections.put("approvals", fields(Map.of("ask", TEXT, "within", TEXT, "approvers", TEXTS)));
    sections.put("windows", named(window(level)));
    sections.put(
        "limits",
        named(
            fields(
                Map.of(
                    "limit", Map.of("type", "integer", "minimum", 0),
                    "every", TEXT,
                    "per", TEXTS,
                    "guards", TEXTS),
                "every",
                "limit")));
    Map<String, Object> near = fields(Map.of("atOnce", COUNT, "within", COUNT));
    sections.put(
        "storm", fields(Map.of("node", near, "namespace", near, "cluster", near, "window", TEXT)));
    sections.put("concurrency", fields(Map.of("runs", COUNT, "perConnection", COUNT)));
    sections.put("runbooks", runbooks());
    for (String ofTheChart : List.of("apiVersion", "kind", "listen", "tls")) {
      sections.put(ofTheChart, Map.of("description", "Leave it out: the chart says it."));
    }
    return fields(sections);
  }

  /** What each type of entry takes, and how secrets are referred to. */
  Map<String, Object> definitions() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put(
        "secret",
        Map.of(
            "description",
            "Where a secret is: { file: PATH }, { env: NAME } or { kubernetes: { secret: NAME,"
                + " key: KEY } }.",
            "type",
            "object",
            "additionalProperties",
            false,
            "minProperties",
            1,
            "maxProperties",
            1,
            "properties",
            Map.of(
                "env", Map.of("type", "string"),
                "file", Map.of("type", "string"),
                "kubernetes",
                    fields(
                        Map.of(
                            "secret", TEXT,
                            "key", TEXT,
                            "namespace", TEXT,
                            "cluster", TEXT),
                        "key",
                        "secret"))));
    for (EntrySection section : EntrySection.values()) {
      types(section).forEach((name, type) -> all.put(name(section, name), type(section, type)));
    }
    return all;
  }

  private Map<String, ConnectionType> types(EntrySection section) {
    return new TreeMap<>(
        switch (section) {
          case CONNECTIONS -> catalogue.connections();
          case SOURCES -> catalogue.sources();
          case CHANNELS -> catalogue.channels();
        });
  }

  private static String name(EntrySection section, String type) {
    return section.key() + "." + type;
  }

  /** One of the types, told apart by its name so that a finding is about that one alone. */
  private Map<String, Object> entry(EntrySection section) {
    List<String> names = List.copyOf(types(section).keySet());
    List<Object> cases = new ArrayList<>();
    for (String name : names) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put(
          "if",
          Map.of(
              "properties", Map.of("type", Map.of("const", name)),
              "required", List.of("type")));
      one.put("then", Map.of("$ref", "#/definitions/" + name(section, name)));
      cases.add(one);
    }
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("type", "object");
    entry.put("required", List.of("type"));
    entry.put("properties", Map.of("type", Map.of("enum", names)));
    entry.put("allOf", cases);
    return entry;
  }

  private static Map<String, Object> type(EntrySection section, ConnectionType type) {
    Map<String, Object> fields = new LinkedHashMap<>();
    section.fields().forEach(field -> fields.put(field, Map.of()));
    List<String> required = new ArrayList<>(List.of("type"));
    for (Setting setting : type.settings().values()) {
      fields.put(setting.name(), setting(setting));
      if (setting.required()) {
        required.add(setting.name());
      }
    }
    if (type.credentials().isEmpty()) {
      fields.remove("credentials");
    } else {
      Map<String, Object> credentials = new LinkedHashMap<>();
      type.credentials().values().forEach(one -> credentials.put(one.name(), credential(one)));
      String[] needed =
          type.credentials().values().stream()
              .filter(Credential::required)
              .map(Credential::name)
              .toArray(String[]::new);
      fields.put("credentials", fields(credentials, needed));
      if (needed.length > 0) {
        required.add("credentials");
      }
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    if (type.doc() != null) {
      schema.put("description", type.doc());
    }
    schema.putAll(fields(fields, required.toArray(String[]::new)));
    return schema;
  }

  private static Map<String, Object> setting(Setting setting) {
    Map<String, Object> schema = new LinkedHashMap<>();
    if (setting.doc() != null) {
      schema.put("description", setting.doc());
    }
    schema.putAll(value(setting.type()));
    return schema;
  }

  private static Map<String, Object> value(Type type) {
    if (type instanceof Type.EnumType one) {
      return Map.of("enum", one.words());
    }
    return type instanceof Type.ListType ? TEXTS : TEXT;
  }

  private static Map<String, Object> credential(Credential credential) {
    return credential.plain()
        ? described(credential, TEXT)
        : Map.of("allOf", List.of(SECRET), "description", String.valueOf(credential.doc()));
  }

  private static Map<String, Object> described(Credential credential, Map<String, Object> schema) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("description", String.valueOf(credential.doc()));
    described.putAll(schema);
    return described;
  }

  private static Map<String, Object> person() {
    return fields(
        Map.of(
            "role", Map.of("enum", List.of("viewer", "approver", "admin")),
            "groups", TEXTS,
            "token", SECRET),
        "token");
  }

  private static Map<String, Object> window(Map<String, Object> level) {
    Map<String, Object> window = new LinkedHashMap<>();
    for (String field : List.of("schedule", "zone", "length", "from", "until", "when")) {
      window.put(field, TEXT);
    }
    window.put("level", level);
    return fields(window, "level");
  }

  private static Map<String, Object> runbooks() {
    Map<String, Object> configured =
        fields(
            Map.of(
                "enabled", Map.of("type", "boolean"),
                "watch", Map.of("type", "boolean"),
                "params", Map.of("type", "object")));
    return fields(
        Map.of(
            "folders", TEXTS,
            "library", Map.of("type", "boolean"),
            "enable", Map.of("enum", List.of("newest", "all", "listed")),
            "configure", named(configured)));
  }

  private static Map<String, Object> named(Map<String, Object> value) {
    return Map.of("type", "object", "additionalProperties", value);
  }

  private static Map<String, Object> list(Map<String, Object> item) {
    return Map.of("type", "array", "items", item);
  }

  private static Map<String, Object> fields(Map<String, Object> properties, String... required) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("additionalProperties", false);
    schema.put("properties", properties);
    if (required.length > 0) {
      schema.put("required", List.of(required));
    }
    return schema;
  }
}
