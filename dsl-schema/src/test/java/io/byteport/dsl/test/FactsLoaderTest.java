package io.byteport.dsl.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.source.SourceFile;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FactsLoaderTest {
  private static final CheckedRunbook RUNBOOK = TestedRunbook.CRASH_LOOP;

  private static Checked<Given> load(String text) {
    return FactsLoader.load(new SourceFile("facts.yaml", text), RUNBOOK, null);
  }

  @Test
  void json_is_read_as_yaml_is() {
    assertThat(load("{\"now\": \"2026-05-01T00:00:00Z\"}").value().orElseThrow().now())
        .isEqualTo(Instant.parse("2026-05-01T00:00:00Z"));
  }

  @Test
  void the_time_that_is_asked_for_is_stronger_than_the_one_that_is_written() {
    Instant wanted = Instant.parse("2026-06-01T00:00:00Z");

    assertThat(
            FactsLoader.load(
                    new SourceFile("facts.yaml", "now: 2026-05-01T00:00:00Z"), RUNBOOK, wanted)
                .value()
                .orElseThrow()
                .now())
        .isEqualTo(wanted);
  }

  @Test
  void a_key_that_no_case_may_give_is_found_where_it_stands() {
    Checked<Given> checked = load("fcts: {}\n");

    assertThat(checked.value()).isEmpty();
    assertThat(checked.diagnostics())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.span().start()).isZero();
              assertThat(finding.hint()).contains("facts");
            });
  }

  @Test
  void a_fact_that_the_runbook_does_not_have_is_found() {
    assertThat(load("facts:\n  nothing_like_it: 1\n").diagnostics())
        .anySatisfy(finding -> assertThat(finding.message()).contains("found `nothing_like_it`"));
  }

  @Test
  void what_is_no_map_is_refused() {
    assertThat(load("- 1\n").value()).isEmpty();
    assertThat(load("- 1\n").hasErrors()).isTrue();
  }
}
