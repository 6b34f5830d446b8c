package io.byteport.dsl.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.check.Catalogues;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class EditorSchemaTest {
  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");
  private static final SchemaRegistry DRAFT_07 =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);
  private static final JsonNode DOCUMENT = EditorSchema.of(DocumentKind.RUNBOOK, Catalogues.TEST);
  private static final Schema RUNBOOK = DRAFT_07.getSchema(DOCUMENT);

  private static List<Error> errors(Schema schema, String text) {
    YamlNode root = YamlReader.read(new SourceFile("test.yaml", text)).value().orElseThrow();
    return schema.validate(JsonNodes.of(root));
  }

  private static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Golden texts in which nothing is wrong. */
  static List<Path> accepted() throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN.resolve("check"))) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> read(findings(file)).isEmpty())
          .sorted()
          .toList();
    }
  }

  private static Path findings(Path file) {
    return file.resolveSibling(file.getFileName().toString().replace(".yaml", ".diagnostics"));
  }

  @ParameterizedTest
  @EnumSource(DocumentKind.class)
  void a_schema_is_a_schema_of_draft_07(DocumentKind kind) {
    JsonNode schema = EditorSchema.of(kind, Catalogues.TEST);
    assertThat(schema.path("$schema").stringValue())
        .isEqualTo("http://json-schema.org/draft-07/schema#");
    assertThat(
            DRAFT_07
                .getSchema(SchemaLocation.of("http://json-schema.org/draft-07/schema#"))
                .validate(schema))
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource(DocumentKind.class)
  void no_keyword_of_2020_12_is_left(DocumentKind kind) {
    String schema = EditorSchema.of(kind, Catalogues.TEST).toString();
    assertThat(schema)
        .doesNotContain("$defs", "\"dependentRequired\"", "\"dependentSchemas\"", "\"$id\"");
  }

  @ParameterizedTest
  @EnumSource(DocumentKind.class)
  void every_reference_leads_to_a_definition(DocumentKind kind) {
    JsonNode schema = EditorSchema.of(kind, Catalogues.TEST);
    assertThat(schema.findValues("$ref"))
        .allSatisfy(
            reference ->
                assertThat(
                        schema
                            .path("definitions")
                            .has(reference.stringValue().substring("#/definitions/".length())))
                    .as(reference.stringValue())
                    .isTrue());
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void what_a_validation_accepts_is_accepted(Path file) {
    assertThat(errors(RUNBOOK, read(file))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "check/misspelt-key",
        "check/misspelt-with",
        "check/missing-input",
        "check/unknown-input",
        "check/unknown-action",
        "check/wrong-effect",
        "check/not-watchable",
        "check/bad-duration",
        "schema/unknown-field",
        "schema/missing-companion",
        "schema/guardrail-with-two-kinds",
      })
  void what_an_editor_can_know_is_refused(String name) {
    assertThat(errors(RUNBOOK, read(GOLDEN.resolve(name + ".yaml")))).isNotEmpty();
  }

  @Test
  void accepted_tests_are_accepted() {
    Schema schema = DRAFT_07.getSchema(EditorSchema.of(DocumentKind.RUNBOOK_TEST, Catalogues.TEST));
    assertThat(errors(schema, read(GOLDEN.resolve("schema/test-full.yaml")))).isEmpty();
    assertThat(errors(schema, "apiVersion: byteport.io/v1\nkind: RunbookTest\n")).isNotEmpty();
  }

  @Test
  void placeholders_of_a_table_may_stand_for_every_value_and_key_of_a_case() {
    Schema schema = DRAFT_07.getSchema(EditorSchema.of(DocumentKind.RUNBOOK_TEST, Catalogues.TEST));
    String test =
        """
        apiVersion: byteport.io/v1
        kind: RunbookTest
        runbook: x
        cases:
          - name: ${row.name}
            each: [{name: a}]
            given:
              mode: "${row.mode}"
              signal: {type: "${row.signal}", cleared: "${row.cleared}"}
              steps: {"${row.step}": {fails: x}}
              ledger: "${ row.ledger }"
            expect: {confidence: "%s", result: "${row.result}"}
        """;
    assertThat(errors(schema, test.formatted("${row.confidence}"))).isEmpty();
    assertThat(errors(schema, test.formatted("${confidence}"))).isNotEmpty();
    assertThat(errors(schema, test.formatted("${row.c}").replace("RunbookTest", "${row.c}")))
        .isNotEmpty();
  }

  @Test
  void every_action_is_offered_with_its_words_and_each_input_with_its_type() {
    JsonNode uses = DOCUMENT.at("/definitions/step/properties/uses");
    assertThat(uses.path("enum").valueStream().map(JsonNode::stringValue))
        .containsExactlyElementsOf(
            Catalogues.TEST.actions().stream().map(ActionDescription::name).toList());
    assertThat(uses.path("markdownEnumDescriptions")).hasSameSizeAs(uses.path("enum"));
    for (ActionDescription action : Catalogues.TEST.actions()) {
      JsonNode with = DOCUMENT.path("definitions").path("with." + action.name());
      assertThat(with.path("description").stringValue()).contains(action.doc());
      assertThat(with.path("properties").propertyNames())
          .containsExactlyElementsOf(action.inputs().keySet());
      assertThat(with.path("properties"))
          .allSatisfy(
              input -> assertThat(input.path("markdownDescription").stringValue()).isNotBlank());
    }
  }

  /** A runbook with one read, whose inputs are given in flow style. */
  private static String reading(String action, String with, String more) {
    return """
    apiVersion: byteport.io/v1
    kind: Runbook
    metadata: {id: x, title: x, category: x, severity: info, status: beta, version: 1.0.0}
    detectors: {s: {doc: x}}
    target: {type: pod, namespace: a, name: b}
    %s
    diagnose:
      fact: {uses: %s, with: %s}
    classify: {rules: [{class: c, when: "true", confidence: 0.9, because: x}]}
    remediate: {c: {steps: []}}
    summary: x
    escalate: {to: {mail: {}}}
    """
        .formatted(more, action, with);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "kubectl.logs   | {pod: '${target}'}",
        "kubectl.logs   | {pod: {namespace: a, name: '${inputs.pod}'}}",
        "kubectl.logs   | {pod: '${target}', previous: true, container: null}",
        "kubectl.logs   | {pod: '${target}', previous: '${inputs.previous}'}",
        "kubectl.events | {object: '${target}', since: 10m}",
        "kubectl.events | {object: '${target}', since: '${params.since}'}",
      })
  void inputs_are_literals_of_their_type_or_expressions(String action, String with) {
    assertThat(errors(RUNBOOK, reading(action, with, ""))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "kubectl.logs   | {}                                      | required",
        "kubectl.logs   | {pod: null}                             | null",
        "kubectl.logs   | {pod: api}                              | pattern",
        "kubectl.logs   | {pod: {namespace: a}}                   | required",
        "kubectl.logs   | {pod: {namespace: a, nam: b}}           | nam",
        "kubectl.logs   | {pod: '${target}', contaner: api}       | contaner",
        "kubectl.logs   | {pod: '${target}', previous: 3}         | boolean",
        "kubectl.logs   | {pod: '${target}', previous: perhaps}   | pattern",
        "kubectl.events | {object: '${target}', since: 10}        | string",
        "kubectl.events | {object: '${target}', since: 10 minutes}| pattern",
      })
  void inputs_of_another_name_or_type_are_refused(String action, String with, String why) {
    assertThat(errors(RUNBOOK, reading(action, with, "")))
        .isNotEmpty()
        .anySatisfy(error -> assertThat(error.toString()).contains(why));
  }

  @Test
  void a_required_input_may_come_from_the_defaults_of_the_family() {
    String defaults = "defaults: {kubectl: {pod: '${target}'}}";
    assertThat(errors(RUNBOOK, reading("kubectl.logs", "{previous: true}", defaults))).isEmpty();
    assertThat(errors(RUNBOOK, reading("kubectl.logs", "{previos: true}", defaults))).isNotEmpty();
    assertThat(errors(RUNBOOK, reading("kubectl.logs", "{previous: true}", ""))).isNotEmpty();
  }

  @Test
  void defaults_know_the_families_and_their_inputs() {
    String with = "{pod: '${target}'}";
    assertThat(
            errors(
                RUNBOOK, reading("kubectl.logs", with, "defaults: {kubctl: {pod: '${target}'}}")))
        .isNotEmpty();
    assertThat(errors(RUNBOOK, reading("kubectl.logs", with, "defaults: {kubectl: {pood: a}}")))
        .isNotEmpty();
  }
}
