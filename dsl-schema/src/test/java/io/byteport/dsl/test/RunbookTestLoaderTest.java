package io.byteport.dsl.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.ListValue;
import io.byteport.dsl.value.Value.StructValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunbookTestLoaderTest {

  private static Given given(String file, String one) {
    String text =
        """
        apiVersion: byteport.io/v1
        kind: RunbookTest
        runbook: crash_loop
        given:
          now: 2026-11-21T03:00:00Z
        %s
        cases:
          - name: a case
            given:
        %s
            expect: { result: escalated }
        """
            .formatted(file.indent(2).stripTrailing(), one.indent(6).stripTrailing());
    Checked<CheckedRunbookTest> loaded =
        RunbookTestLoader.load(new SourceFile("a.test.yaml", text), TestedRunbook.CRASH_LOOP);
    assertThat(loaded.diagnostics()).isEmpty();
    return loaded.value().orElseThrow().cases().getFirst().given();
  }

  private static Value fact(Given given, String name) {
    return ((Given.Fact.Is) given.facts().get(name)).value();
  }

  private static StructValue struct(Value value) {
    return (StructValue) value;
  }

  @Test
  void connections_are_written_as_in_a_file_of_connections_as_far_as_they_matter() {
    Given given =
        given(
            "",
            """
            connections:
              appdb: { type: postgres, address: "pg-prod-01/appdb", aliases: [prod] }
              api: { type: host, services: [api.service, worker.service] }
              other: { type: database, engine: mysql }
              cluster: {}
            """);

    assertThat(given.connections())
        .extracting(Given.Connection::kind, Given.Connection::type, Given.Connection::name)
        .containsExactly(
            tuple("database", "postgres", "appdb"),
            tuple("host", "host", "api"),
            tuple("database", "database", "other"),
            tuple("cluster", "cluster", "cluster"));
    assertThat(given.connections().getFirst().settings())
        .containsEntry("engine", Value.of("postgres"))
        .containsEntry("dbname", Value.of("appdb"));
    assertThat(given.connections().get(1).settings())
        .containsEntry(
            "services", Value.of(List.of(Value.of("api.service"), Value.of("worker.service"))));
  }

  @Test
  void maps_merge_and_all_else_replaces() {
    Given given =
        given(
            """
            facts:
              pod: { name: api-1, ready: true, labels: { app: api }, containers: [{ name: one }, { name: two }] }
            """,
            """
            facts:
              pod: { ready: false, labels: { tier: web }, containers: [{ name: three }] }
            """);

    StructValue pod = struct(fact(given, "pod"));
    assertThat(pod.get("name")).isEqualTo(Value.of("api-1"));
    assertThat(pod.get("ready")).isEqualTo(Value.FALSE);
    assertThat(struct(pod.get("labels")).fields()).containsOnlyKeys("app", "tier");
    assertThat(((ListValue) pod.get("containers")).items()).hasSize(1);
  }

  @Test
  void what_is_unavailable_replaces_and_is_replaced() {
    assertThat(
            given("facts: { pod: { name: a } }", "facts: { pod: { unavailable: gone } }").facts())
        .isEqualTo(Map.of("pod", new Given.Fact.Unavailable("gone")));
    assertThat(
            given("facts: { pod: { unavailable: gone } }", "facts: { pod: { name: a } }").facts())
        .containsOnlyKeys("pod")
        .allSatisfy((name, fact) -> assertThat(fact).isInstanceOf(Given.Fact.Is.class));
  }

  @Test
  void a_step_has_one_outcome_the_later_one() {
    Given given =
        given(
            "steps: { raise: { result: { to: 384Mi }, then: { pod: { ready: true } } } }",
            "steps: { raise: { fails: quota } }");

    Given.Step raise = given.steps().get("raise");
    assertThat(raise.fails()).isEqualTo("quota");
    assertThat(raise.result()).isEqualTo(StructValue.EMPTY);
    assertThat(raise.then()).containsOnlyKeys("pod");
  }

  @Test
  void times_may_be_distances_from_now() {
    Given given =
        given(
            "facts: { pod: { container: { lastStartedAt: -90s } } }", "signal: { startedAt: 5m }");

    assertThat(struct(struct(fact(given, "pod")).get("container")).get("lastStartedAt"))
        .isEqualTo(Value.of(Instant.parse("2026-11-21T02:58:30Z")));
    assertThat(given.signal().startedAt()).isEqualTo(Instant.parse("2026-11-21T03:05:00Z"));
  }

  @Test
  void a_field_that_is_left_out_is_null_or_empty_where_it_may_be_and_else_not_there() {
    StructValue pod = struct(fact(given("facts: { pod: { name: a } }", "mode: live"), "pod"));

    assertThat(pod.fields()).containsEntry("node", Value.NULL);
    assertThat(pod.fields()).containsEntry("containers", ListValue.EMPTY);
    assertThat(pod.fields()).containsEntry("annotations", StructValue.EMPTY);
    assertThat(pod.fields()).doesNotContainKeys("ready", "restarts", "container");
  }

  @Test
  void repeat_makes_many_records_of_one() {
    Given given =
        given(
            "mode: live", "facts: { pod: { containers: [{ repeat: 3, name: a }, { name: b }] } }");

    assertThat(((ListValue) struct(fact(given, "pod")).get("containers")).items()).hasSize(4);
  }
}
