package io.byteport.dsl.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.dsl.action.ActionDescription.Effect;
import io.byteport.dsl.action.InputPolicy.Untrusted;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.type.Assignment;
import io.byteport.dsl.type.Deprecation;
import io.byteport.dsl.type.FieldNote;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.value.Value;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActionCatalogueLoaderTest {
  private static final ActionCatalogue CATALOGUE =
      ClasspathCatalogue.load(ActionCatalogueLoaderTest.class.getClassLoader())
          .value()
          .orElseThrow();

  private static RecordType type(String name) {
    return CATALOGUE.types().get(name);
  }

  @Test
  void an_action_is_read_with_all_that_is_said_about_it() {
    ActionDescription logs = CATALOGUE.action("kubectl.logs").orElseThrow();
    assertThat(logs.family()).isEqualTo("kubectl");
    assertThat(logs.effect()).isEqualTo(Effect.READ);
    assertThat(logs.finds()).isTrue();
    assertThat(logs.input("pod").orElseThrow().required()).isTrue();
    assertThat(logs.input("previous").orElseThrow().defaultValue()).isEqualTo(Value.FALSE);
    assertThat(logs.needs()).containsEntry("pods/log", List.of("get"));
    assertThat(CATALOGUE.action("kubectl.rolloutUndo").orElseThrow().writes())
        .containsExactly("spec.template");
    assertThat(CATALOGUE.action("kubectl.pods").orElseThrow().watch())
        .isEqualTo(
            new ActionDescription.Watch(
                "items", List.of("cluster", "namespace", "pod", "container", "node"), List.of()));
  }

  @Test
  void the_inputs_of_a_file_are_those_of_its_actions_and_of_no_others() {
    assertThat(CATALOGUE.action("kubectl.node").orElseThrow().inputs()).containsKey("cluster");
    assertThat(CATALOGUE.action("tcp.check").orElseThrow().inputs()).doesNotContainKey("cluster");
  }

  @Test
  void defaults_are_values_of_their_type() {
    assertThat(
            CATALOGUE
                .action("tcp.check")
                .orElseThrow()
                .input("timeout")
                .orElseThrow()
                .defaultValue())
        .isEqualTo(Value.of(Duration.ofSeconds(3)));
    assertThat(type("PodRef").defaults()).containsEntry("kind", Value.of("Pod"));
  }

  private static ActionDescription.Input input(String action, String name) {
    return CATALOGUE.action(action).orElseThrow().input(name).orElseThrow();
  }

  @Test
  void an_input_says_where_untrusted_data_may_stand() {
    assertThat(input("shell.run", "argv").policy().untrusted()).isEqualTo(Untrusted.NOT_FIRST);
    assertThat(input("shell.run", "argv").policy().noLeadingDash()).isTrue();
    assertThat(input("sql.query", "sql").policy().untrusted()).isEqualTo(Untrusted.NEVER);
    assertThat(input("sql.query", "sql").policy().literal()).isTrue();
    assertThat(input("http.post", "url").policy().credentials()).isTrue();
    assertThat(input("shell.backupFiles", "files").policy().within()).isEqualTo("roots");
    assertThat(input("kubectl.pod", "pod").policy()).isEqualTo(InputPolicy.ANY);
  }

  @Test
  void a_field_says_whose_text_it_holds() {
    assertThat(type("Session").note("fingerprint").trusted()).isTrue();
    assertThat(type("Session").note("query")).isEqualTo(FieldNote.NONE);
    assertThat(type("AnyObject").note("kind").neverUntrusted()).isTrue();
  }

  @Test
  void what_will_go_away_says_since_when_why_and_what_takes_its_place() {
    assertThat(CATALOGUE.action("sql.kill").orElseThrow().deprecated())
        .isEqualTo(new Deprecation("0.2.0", "sql.terminate", "It is named after what it does"));
    assertThat(input("sql.sessions", "limit").deprecated()).isNotNull();
    assertThat(type("Session").note("runtime").deprecated()).isNotNull();
  }

  @Test
  void an_action_says_what_must_be_there() {
    Prerequisites sessions = CATALOGUE.action("sql.sessions").orElseThrow().prerequisites();
    assertThat(sessions.grants())
        .containsEntry("postgres", List.of("pg_monitor"))
        .containsEntry("mysql", List.of("PROCESS", "SELECT on performance_schema"));
    assertThat(CATALOGUE.action("shell.findFiles").orElseThrow().prerequisites().binaries())
        .containsExactly("find");
  }

  @Test
  void a_field_can_hold_a_record_that_has_no_name() {
    RecordType sessions =
        (RecordType) CATALOGUE.action("sql.sessions").orElseThrow().output().nonNull();
    assertThat(sessions.field("byRole"))
        .get()
        .extracting(list -> ((Type.ListType) list).element())
        .extracting(row -> ((RecordType) row).fields().keySet())
        .isEqualTo(Set.of("role", "sessions", "oldest"));
  }

  @Test
  void a_literal_input_decides_about_the_type_of_what_comes_back() {
    assertThat(output("sql.query", Map.of()).field("rows").orElseThrow())
        .hasToString("list<map<any>>");
    assertThat(output("metrics.query", Map.of()).field("value").orElseThrow()).hasToString("any");
    assertThat(
            output("metrics.query", Map.of("unit", Value.of("percent")))
                .field("value")
                .orElseThrow())
        .isEqualTo(Type.Scalar.PERCENT.orNull());
    assertThat(
            output(
                    "shell.findProcess",
                    Map.of("names", Value.of(List.of(Value.of("nginx"), Value.of("caddy")))))
                .field("name")
                .orElseThrow())
        .isEqualTo(new Type.EnumType(List.of("nginx", "caddy")));
  }

  @Test
  void a_literal_input_decides_within_a_record_that_has_no_name_too() {
    ActionDescription samples =
        load("""
        actions:
          metrics.samples:
            doc: All that a query finds
            effect: read
            inputs:
              unit: { type: "enum(number, percent) = number", literal: true }
            outputs:
              samples:
                each:
                  labels: map<string>
                  value: unit?
            preview: query
        """)
            .value()
            .orElseThrow()
            .action("metrics.samples")
            .orElseThrow();

    assertThat(sampleType(samples.output())).isEqualTo(Type.Special.ANY);
    assertThat(
            sampleType(
                samples.output(Map.of("unit", Value.of("percent")), name -> Type.Special.UNKNOWN)))
        .isEqualTo(Type.Scalar.PERCENT.orNull());
  }

  private static Type sampleType(Type output) {
    Type.ListType list =
        (Type.ListType) ((RecordType) output.nonNull()).field("samples").orElseThrow();
    return ((RecordType) list.element()).field("value").orElseThrow();
  }

  private static RecordType output(String action, Map<String, Value> literals) {
    return (RecordType)
        CATALOGUE
            .action(action)
            .orElseThrow()
            .output(literals, name -> Type.Special.UNKNOWN)
            .nonNull();
  }

  @Test
  void a_record_takes_over_the_fields_and_the_key_of_what_it_is() {
    assertThat(type("Pod").is(type("PodRef"))).isTrue();
    assertThat(type("Pod").fields()).containsKeys("namespace", "uid");
    assertThat(type("Pod").key()).containsExactly("cluster", "kind", "namespace", "name");
    assertThat(type("Taint").fields()).containsKey("key"); // a field, not a declaration
  }

  @Test
  void any_reference_stands_for_an_object_and_no_object_for_a_pod() {
    for (String reference :
        List.of("PodRef", "NodeRef", "WorkloadRef", "DeploymentRef", "Pod", "Workload", "Node")) {
      assertThat(Assignment.fits(type(reference), type("ObjectRef"))).as(reference).isTrue();
    }
    assertThat(Assignment.fits(type("ObjectRef"), type("PodRef"))).isFalse();
    assertThat(Assignment.fits(type("WorkloadRef"), type("PodRef"))).isFalse();
    assertThat(Assignment.fits(type("Container"), type("ObjectRef"))).isFalse();
  }

  @Test
  void records_may_refer_to_themselves() {
    Checked<ActionCatalogue> loaded =
        load("types:\n  Database:\n    name: string\n    replicaOf: Database?\n");
    RecordType database = loaded.value().orElseThrow().types().get("Database");
    assertThat(database.field("replicaOf").orElseThrow().nonNull()).isSameAs(database);
  }

  @Test
  void kinds_of_the_inventory_are_selected_by_text() {
    assertThat(CATALOGUE.inventory()).containsOnlyKeys("cluster", "database", "host");
    assertThat(type("Host").isInventory()).isTrue();
    assertThat(type("PodRef").isInventory()).isFalse();
    assertThat(Assignment.fits(Type.Scalar.STRING, type("Host"))).isTrue();
  }

  @Test
  void files_make_one_catalogue_whatever_their_order() {
    SourceFile types = new SourceFile("types", "types:\n  Thing:\n    name: string\n");
    SourceFile actions =
        new SourceFile(
            "actions",
            """
            actions:
              family.look:
                doc: Looks
                effect: read
                outputs: Thing
                preview: look
            """);
    assertThat(ActionCatalogueLoader.load(List.of(actions, types)).value()).isPresent();
    assertThat(ActionCatalogueLoader.load(List.of(actions)).diagnostics()).hasSize(1);
  }

  @Test
  void a_type_stands_in_one_file_only() {
    SourceFile one = new SourceFile("one", "types:\n  Thing:\n    name: string\n");
    SourceFile two = new SourceFile("two", "types:\n  Thing:\n    size: size\n");
    assertThat(ActionCatalogueLoader.load(List.of(one, two)).diagnostics())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.file()).isSameAs(two);
              assertThat(found.message()).contains("Thing", "one");
            });
  }

  @Test
  void the_vocabulary_knows_resources_bare_and_with_their_group() {
    Vocabulary vocabulary = CATALOGUE.vocabulary();
    assertThat(vocabulary.hasResource("pods")).isTrue();
    assertThat(vocabulary.hasResource("pods.metrics.k8s.io")).isTrue();
    assertThat(vocabulary.hasResource("deployments.apps")).isTrue();
    assertThat(vocabulary.hasResource("deployments.batch")).isFalse();
    assertThat(vocabulary.verbs("sql/sessions")).containsExactly("cancel", "terminate");
    assertThat(vocabulary.verbs("pods")).contains("delete").doesNotContain("terminate");
  }

  @Test
  void a_bare_name_that_is_forbidden_is_forbidden_in_every_group() {
    Vocabulary vocabulary = CATALOGUE.vocabulary();
    assertThat(vocabulary.covers("pods", "pods")).isTrue();
    assertThat(vocabulary.covers("pods", "pods.metrics.k8s.io")).isTrue();
    assertThat(vocabulary.covers("pods.metrics.k8s.io", "pods")).isFalse();
    assertThat(vocabulary.covers("pods", "pods/log")).isFalse();
  }

  @Test
  void a_listed_file_that_is_missing_is_an_error_of_the_installation(@TempDir Path folder)
      throws IOException {
    Path index = Files.writeString(folder.resolve("catalogues"), "# one\n\nbyteport/none.yaml\n");
    ClassLoader loader = new OneIndex(index.toUri().toURL(), null);
    assertThatThrownBy(() -> ClasspathCatalogue.sources(loader))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("byteport/none.yaml");
  }

  @Test
  void a_file_that_two_jars_list_is_read_once(@TempDir Path folder) throws IOException {
    Path index = Files.writeString(folder.resolve("catalogues"), "a.yaml\na.yaml\n");
    ClassLoader loader = new OneIndex(index.toUri().toURL(), "types: {}\n");
    assertThat(ClasspathCatalogue.sources(loader))
        .extracting(SourceFile::name)
        .containsExactly("a.yaml");
  }

  private static Checked<ActionCatalogue> load(String text) {
    return ActionCatalogueLoader.load(List.of(new SourceFile("test.yaml", text)));
  }

  /** A class path with one index, and one text for whatever it names. */
  private static final class OneIndex extends ClassLoader {
    private final URL index;
    private final String text;

    OneIndex(URL index, String text) {
      super(null);
      this.index = index;
      this.text = text;
    }

    @Override
    public Enumeration<URL> getResources(String name) {
      return Collections.enumeration(List.of(index));
    }

    @Override
    public InputStream getResourceAsStream(String name) {
      return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
