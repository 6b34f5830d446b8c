package io.byteport.dsl.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import java.util.List;
import org.junit.jupiter.api.Test;

class CaseTableTest {
  private static final String HEAD =
      """
      apiVersion: byteport.io/v1
      kind: RunbookTest
      runbook: crash_loop
      """;

  private static CheckedRunbookTest load(String text) {
    Checked<CheckedRunbookTest> loaded =
        RunbookTestLoader.load(
            new SourceFile("a.test.yaml", HEAD + text),
            TestedRunbook.CRASH_LOOP,
            TestedRunbook.INCLUDED);
    assertThat(loaded.diagnostics()).isEmpty();
    return loaded.value().orElseThrow();
  }

  private static int line(CheckedRunbookTest test, TestCase one) {
    return test.source().position(one.place().start()).line() + 1;
  }

  private static Value exitCode(TestCase one) {
    Given.Fact.Is pod = (Given.Fact.Is) one.given().facts().get("pod");
    return ((StructValue) ((StructValue) pod.value()).get("container")).get("exitCode");
  }

  @Test
  void a_case_is_made_of_each_row_and_stands_at_its_row() {
    CheckedRunbookTest test =
        load(
            """
            cases:
              - name: exit ${row.code} is ${row.class}
                each:
                  - { code: 137, class: out_of_memory }
                  - { code: 1, class: unknown }
                given:
                  facts: { pod: { container: { exitCode: "${row.code}" } } }
                expect: { class: "${row.class}" }
            """);

    assertThat(test.cases())
        .extracting(TestCase::name)
        .containsExactly("exit 137 is out_of_memory", "exit 1 is unknown");
    assertThat(test.cases()).extracting(one -> line(test, one)).containsExactly(7, 8);
    assertThat(test.cases())
        .extracting(CaseTableTest::exitCode)
        .containsExactly(Value.of(137), Value.of(1));
  }

  @Test
  void what_is_expected_of_a_row_stands_where_the_row_says_it() {
    CheckedRunbookTest test =
        load(
            """
            cases:
              - name: classes
                each: [{ class: unknown }]
                expect: { class: "${row.class}" }
            """);

    Expected expected = test.cases().getFirst().expected().getFirst();
    assertThat(test.source().text(expected.span())).isEqualTo("unknown");
  }

  @Test
  void a_row_may_hold_lists_and_maps_and_name_steps() {
    CheckedRunbookTest test =
        load(
            """
            cases:
              - name: whatever
                each:
                  - { step: raise, outcome: { fails: quota }, did: [] }
                  - { step: raise, outcome: { result: {} }, did: [raise] }
                given:
                  steps: { "${row.step}": "${row.outcome}" }
                expect: { did: "${row.did}" }
            """);

    assertThat(test.cases())
        .extracting(one -> one.given().steps().get("raise").fails())
        .containsExactly("quota", null);
    assertThat(test.cases())
        .extracting(one -> ((Expected.Did) one.expected().getFirst()).steps())
        .containsExactly(List.of(), List.of("raise"));
  }

  @Test
  void a_name_that_says_nothing_of_its_row_is_told_which_it_is() {
    CheckedRunbookTest test =
        load(
            """
            cases:
              - name: classes
                each: [{ class: unknown }]
                expect: { class: "${row.class}" }
            """);

    assertThat(test.cases().getFirst().name()).isEqualTo("classes (class unknown)");
  }

  @Test
  void text_around_a_column_stays_text() {
    CheckedRunbookTest test =
        load(
            """
            cases:
              - name: reasons
                each: [{ count: 3 }]
                expect: { reason: "after ${row.count} passes" }
            """);

    assertThat(test.cases().getFirst().expected().getFirst())
        .isInstanceOfSatisfying(
            Expected.Reason.class, reason -> assertThat(reason.part()).isEqualTo("after 3 passes"));
  }

  @Test
  void fixtures_are_laid_over_the_file_in_order_and_the_case_over_them() {
    CheckedRunbookTest test =
        load(
            """
            fixtures:
              killed: { facts: { pod: { container: { exitCode: 137 } } } }
              stopped: { facts: { pod: { container: { exitCode: 0, name: web } } } }
            use: [killed]
            given:
              facts: { pod: { name: api-1 } }
            cases:
              - name: the file's alone
                expect: { result: escalated }
              - name: the case's own last
                use: [stopped]
                given: { facts: { pod: { container: { exitCode: 2 } } } }
                expect: { result: escalated }
            """);

    assertThat(test.cases())
        .extracting(CaseTableTest::exitCode)
        .containsExactly(Value.of(137), Value.of(2));
  }

  @Test
  void fixtures_of_other_files_are_used_by_their_names() {
    CheckedRunbookTest test =
        load(
            """
            include: [./world.fixtures.yaml]
            cases:
              - name: from elsewhere
                use: [killed]
                expect: { result: escalated }
            """);

    assertThat(exitCode(test.cases().getFirst())).isEqualTo(Value.of(137));
  }

  @Test
  void focus_skip_and_tags_are_read() {
    TestCase one =
        load("""
        cases:
          - name: a case
            focus: true
            skip: the cluster is being moved
            tags: [slow, memory]
            expect: { result: escalated }
        """)
            .cases()
            .getFirst();

    assertThat(one.focus()).isTrue();
    assertThat(one.skip()).isEqualTo("the cluster is being moved");
    assertThat(one.tags()).containsExactlyInAnyOrder("slow", "memory");
  }

  @Test
  void reads_and_steps_may_time_out() {
    Given given =
        load("""
        cases:
          - name: a case
            given:
              facts: { pod: { timesOut: true } }
              steps: { raise: { timesOut: true, tookEffect: false, settles: 20s } }
            expect: { result: escalated }
        """)
            .cases()
            .getFirst()
            .given();

    assertThat(given.facts()).containsEntry("pod", new Given.Fact.TimesOut());
    assertThat(given.steps().get("raise"))
        .satisfies(
            raise -> {
              assertThat(raise.timesOut()).isTrue();
              assertThat(raise.tookEffect()).isFalse();
              assertThat(raise.settles()).hasSeconds(20);
            });
  }

  @Test
  void files_that_never_end_to_include_others_are_found() {
    IncludedFiles endless =
        (from, path) ->
            java.util.Optional.of(
                new SourceFile(
                    "x" + from.name(),
                    """
                    apiVersion: byteport.io/v1
                    kind: RunbookFixtures
                    include: [./link/a.fixtures.yaml]
                    fixtures: {}
                    """));

    assertThat(
            RunbookTestLoader.load(
                    new SourceFile(
                        "a.test.yaml",
                        HEAD
                            + "include: [./a.fixtures.yaml]\n"
                            + "cases: [{ name: a, expect: { passes: 1 } }]\n"),
                    TestedRunbook.CRASH_LOOP,
                    endless)
                .diagnostics())
        .singleElement()
        .satisfies(found -> assertThat(found.message()).contains("at most 20 files"));
  }
}
