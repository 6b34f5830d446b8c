package io.byteport.dsl.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import io.byteport.dsl.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the schema files promise to editors and to {@link SchemaFindings}. */
class SchemaFileTest {
  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "schema");

  private static final Set<String> WITHOUT_ERRORS =
      Set.of(
          "$schema",
          "$id",
          "$ref",
          "$defs",
          "$comment",
          "title",
          "description",
          "deprecated",
          "properties",
          "items",
          "allOf",
          "if",
          "then",
          "else",
          "dependentSchemas");

  private static final Set<String> WITH_WORDS =
      Set.of(
          "type",
          "enum",
          "const",
          "required",
          "dependentRequired",
          "pattern",
          "propertyNames",
          "minimum",
          "maximum",
          "minItems",
          "minProperties",
          "oneOf",
          "additionalProperties",
          DeprecatedKeyword.NAME);

  private static JsonNode schema(DocumentKind kind) {
    return JsonMapper.shared().readTree(SchemaFileTest.class.getResourceAsStream(kind.resource()));
  }

  /** Visits every schema of a document with its path. */
  private static void visit(JsonNode schema, String path, BiConsumer<String, JsonNode> visitor) {
    visitor.accept(path, schema);
    if (!schema.isObject()) {
      return;
    }
    for (String keyword :
        List.of("items", "if", "then", "else", "additionalProperties", "propertyNames")) {
      if (schema.has(keyword)) {
        visit(schema.get(keyword), path + "/" + keyword, visitor);
      }
    }
    for (String keyword : List.of("properties", "$defs", "dependentSchemas")) {
      schema
          .path(keyword)
          .forEachEntry((name, each) -> visit(each, path + "/" + keyword + "/" + name, visitor));
    }
    for (String keyword : List.of("allOf", "oneOf")) {
      int index = 0;
      for (JsonNode each : schema.path(keyword)) {
        visit(each, path + "/" + keyword + "/" + index++, visitor);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(DocumentKind.class)
  void a_schema_is_a_schema_of_2020_12(DocumentKind kind) {
    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(
                    com.networknt.schema.SchemaLocation.of(
                        "https://json-schema.org/draft/2020-12/schema"))
                .validate(schema(kind)))
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource(DocumentKind.class)
  void a_schema_uses_no_keyword_without_words_for_its_errors(DocumentKind kind) {
    Set<String> used = new TreeSet<>();
    visit(
        schema(kind),
        "",
        (path, schema) -> used.addAll(schema.isObject() ? schema.propertyNames() : Set.of()));
    assertThat(LoadedSchema.dialect().getKeywords().keySet()).containsAll(used);
    used.removeAll(WITHOUT_ERRORS);
    assertThat(WITH_WORDS).containsAll(used);
  }

  @ParameterizedTest
  @EnumSource(DocumentKind.class)
  void choices_are_between_fields_alone(DocumentKind kind) {
    visit(
        schema(kind),
        "",
        (path, schema) ->
            schema
                .path("oneOf")
                .forEach(
                    branch -> {
                      assertThat(branch.propertyNames()).as(path).containsExactly("required");
                      assertThat(branch.get("required")).as(path).hasSize(1);
                    }));
  }

  @ParameterizedTest
  @EnumSource(DocumentKind.class)
  void every_field_is_described(DocumentKind kind) {
    visit(
        schema(kind),
        "",
        (path, schema) -> {
          boolean condition =
              path.contains("/if") || path.endsWith("/then") || path.contains("/dependentSchemas/");
          if (!condition) {
            schema
                .path("properties")
                .forEachEntry(
                    (name, field) ->
                        assertThat(field.path("description").asString(""))
                            .as(path + "/" + name)
                            .endsWith("."));
          }
        });
  }

  @ParameterizedTest
  @EnumSource(DocumentKind.class)
  void maps_of_fields_are_closed_and_patterns_have_a_title(DocumentKind kind) {
    visit(
        schema(kind),
        "",
        (path, schema) -> {
          if (schema.path("type").asString("").equals("object")
              && schema.has("properties")
              && !path.equals("/properties/target")) {
            assertThat(schema.has("additionalProperties")).as(path).isTrue();
          }
          if (schema.has("pattern") && !path.endsWith("/if")) {
            assertThat(schema.has("title")).as(path).isTrue();
          }
        });
  }

  @Test
  void the_accepted_runbooks_use_every_field() throws IOException {
    assertThat(fieldsOf(DocumentKind.RUNBOOK)).isEqualTo(keysOf("full.yaml", "full-at.yaml"));
  }

  @Test
  void the_accepted_test_uses_every_field() throws IOException {
    assertThat(fieldsOf(DocumentKind.RUNBOOK_TEST)).isEqualTo(keysOf("test-full.yaml"));
  }

  @Test
  void the_accepted_settings_use_every_field() throws IOException {
    assertThat(fieldsOf(DocumentKind.SETTINGS)).isEqualTo(keysOf("settings-full.yaml"));
  }

  @Test
  void fixtures_start_from_what_cases_start_from() {
    JsonNode fixtures = schema(DocumentKind.RUNBOOK_FIXTURES).get("$defs");
    JsonNode tests = schema(DocumentKind.RUNBOOK_TEST).get("$defs");
    fixtures.forEachEntry((name, each) -> assertThat(each).as(name).isEqualTo(tests.get(name)));
    assertThat(fixtures.propertyNames()).contains("given");
  }

  private static Set<String> fieldsOf(DocumentKind kind) {
    Set<String> fields = new TreeSet<>();
    visit(
        schema(kind),
        "",
        (path, schema) -> fields.addAll(schema.path("properties").propertyNames()));
    return fields;
  }

  /**
   * The keys of documents, as far as they are fields of their kind: names that the author chose are
   * left out.
   */
  private static Set<String> keysOf(String... files) throws IOException {
    Set<String> keys = new TreeSet<>();
    Set<String> fields = new HashSet<>();
    for (String name : files) {
      SourceFile file = new SourceFile(name, Files.readString(GOLDEN.resolve(name)));
      YamlNode root = YamlReader.read(file).value().orElseThrow();
      DocumentKind kind = DocumentKind.of(root).orElseThrow();
      assertThat(SchemaValidator.validate(file, root, kind)).isEmpty();
      fields.addAll(fieldsOf(kind));
      collect(root, keys);
    }
    keys.retainAll(fields);
    return keys;
  }

  private static void collect(YamlNode node, Set<String> keys) {
    List<YamlNode> children = new ArrayList<>();
    switch (node) {
      case YamlMapping mapping ->
          mapping
              .entries()
              .forEach(
                  entry -> {
                    keys.add(entry.key().text());
                    children.add(entry.value());
                  });
      case YamlSequence sequence -> children.addAll(sequence.items());
      case YamlScalar scalar -> {
        return;
      }
    }
    children.forEach(child -> collect(child, keys));
  }
}
