package io.byteport.cli;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.value.Value.BooleanValue;
import io.byteport.dsl.value.Value.NumberValue;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the JSON Schema of the chart's values: of what they are by themselves, and of `config`. */
final class ChartSchema {
  private static final Map<String, Object> PORT = Map.of("minimum", 1, "maximum", 65_535);
  private static final Map<String, Object> TEXTS = Map.of("items", Map.of("type", "string"));

  /** What a default does not tell. */
  private static final Map<String, Map<String, Object>> MORE =
      Map.ofEntries(
          Map.entry("replicas", Map.of("minimum", 0)),
          Map.entry("drainSeconds", Map.of("minimum", 1)),
          Map.entry("preStopSeconds", Map.of("minimum", 0)),
          Map.entry("service.port", PORT),
          Map.entry("service.type", words("ClusterIP", "NodePort", "LoadBalancer")),
          Map.entry("image.repository", Map.of("minLength", 1)),
          Map.entry("image.pullPolicy", words("Always", "IfNotPresent", "Never")),
          Map.entry("image.digest", Map.of("pattern", "^(sha256:[0-9a-f]{64})?$")),
          Map.entry("logFormat", words("json", "text")),
          Map.entry("logLevel", words("ERROR", "WARN", "INFO", "DEBUG", "TRACE")),
          Map.entry("persistence.accessModes", TEXTS),
          Map.entry("secrets", TEXTS),
          Map.entry("runbookConfigMaps", TEXTS),
          Map.entry("ingress.paths", Map.of("minItems", 1, "items", path())),
          Map.entry(
              "runbooks",
              Map.of(
                  "propertyNames", Map.of("pattern", "^[A-Za-z0-9_-][A-Za-z0-9._-]*\\.ya?ml$"),
                  "additionalProperties", Map.of("type", "string"))),
          Map.entry(
              "env",
              Map.of(
                  "items",
                  Map.of(
                      "type", "object",
                      "required", List.of("name"),
                      "properties", Map.of("name", Map.of("type", "string"))))));

  private final ChartValues values;
  private final ActionCatalogue catalogue;

  ChartSchema(ChartValues values, ActionCatalogue catalogue) {
    this.values = values;
    this.catalogue = catalogue;
  }

  private static Map<String, Object> words(String... words) {
    return Map.of("enum", List.of(words));
  }

  private static Map<String, Object> path() {
    return Map.of("type", "string", "pattern", "^/");
  }

  Map<String, Object> make() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "http://json-schema.org/draft-07/schema#");
    schema.put("title", "Values of the chart byteport");
    schema.putAll(group("", values.root()));
    AgentSchema agent = new AgentSchema(catalogue);
    schema.put("definitions", agent.definitions());
    @SuppressWarnings("unchecked")
    Map<String, Object> properties = (Map<String, Object>) schema.get("properties");
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("description", values.doc(values.root().entry("config").orElseThrow()));
    config.putAll(agent.config());
    properties.put("config", config);
    properties.put("global", Map.of("type", "object"));
    return schema;
  }

  private Map<String, Object> group(String prefix, YamlMapping map) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (Entry entry : map.entries()) {
      String path = prefix + entry.key().text();
      String doc = values.doc(entry);
      properties.put(
          entry.key().text(),
          doc.isEmpty() && entry.value() instanceof YamlMapping group
              ? group(path + ".", group)
              : one(path, doc, entry.value()));
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("additionalProperties", false);
    schema.put("properties", properties);
    return schema;
  }

  private static Map<String, Object> one(String path, String doc, YamlNode standard) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("description", doc);
    schema.put("type", type(standard));
    MORE.getOrDefault(path, Map.of()).entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(more -> schema.put(more.getKey(), more.getValue()));
    return schema;
  }

  private static String type(YamlNode standard) {
    if (!(standard instanceof YamlScalar scalar)) {
      return standard instanceof YamlMapping ? "object" : "array";
    }
    if (scalar.value() instanceof BooleanValue) {
      return "boolean";
    }
    return scalar.value() instanceof NumberValue ? "integer" : "string";
  }
}
