package io.byteport.cli.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.run.Note;
import io.byteport.engine.run.RunId;
import io.byteport.engine.spi.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private static final RunId RUN = new RunId("run-1");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final Metrics metrics = new Metrics(run -> "mend_box");

  @Test
  void every_metric_stands_in_the_documentation_with_its_labels_and_nothing_else_does()
      throws IOException {
    List<String> documented =
        Files.readAllLines(page()).stream().filter(line -> line.startsWith("| `")).toList();

    assertThat(documented)
        .containsExactlyElementsOf(Arrays.stream(Metric.values()).map(MetricsTest::row).toList());
  }

  private static Path page() {
    Path here = Path.of("docs", "metrics.md");
    return Files.exists(here) ? here : Path.of("..").resolve(here);
  }

  private static String row(Metric metric) {
    return "| `"
        + metric.family()
        + "` | "
        + metric.kind().name().toLowerCase(Locale.ROOT)
        + " | "
        + metric.labels().stream().map(label -> "`" + label + "`").collect(Collectors.joining(", "))
        + " | "
        + metric.help()
        + " |";
  }

  @Test
  void what_is_scraped_has_the_names_that_are_documented() {
    for (Metric metric : Metric.values()) {
      String[] values = metric.labels().toArray(String[]::new);
      switch (metric.kind()) {
        case COUNTER -> metrics.count(metric, values);
        case TIMER -> metrics.time(metric, Duration.ofMillis(7), values);
        case GAUGE -> {
          if (values.length == 0) {
            metrics.gauge(metric, () -> 1);
          } else {
            metrics.rows(metric, () -> Map.of(values[0], 1.0));
          }
        }
      }
    }
    String scraped = metrics.scrape();

    for (Metric metric : Metric.values()) {
      String series = metric.kind() == Metric.Kind.TIMER ? "_count" : "";
      String name = metric.family() + series;
      assertThat(scraped)
          .containsPattern(
              "(?m)^" + name + (metric.labels().isEmpty() ? "" : "\\{[^}]*\\}") + " \\d");
    }
    assertThat(scraped).contains("jvm_memory_used_bytes", "process_uptime_seconds");
  }

  @Test
  void decisions_and_phases_are_counted_from_the_journal() {
    metrics.entry(RUN, new Note.PhaseEntered(NOON, Note.Phase.DIAGNOSE, 1));
    metrics.entry(
        RUN,
        new Note.Classified(
            NOON, "broken", 0.9, "high", "it is", null, List.of(), 0.7, null, null));
    metrics.entry(
        RUN,
        new Note.GuardrailJudged(
            NOON, "one_a_day", "limit", null, false, "used up", List.of(), null, null));

    assertThat(metrics.scrape())
        .contains(
            "byteport_decisions_total{class=\"broken\",runbook=\"mend_box\"} 1.0",
            "byteport_runs_here{phase=\"diagnose\"} 1.0",
            "byteport_guardrail_verdicts_total{kind=\"limit\",verdict=\"refused\"} 1.0");
  }

  @Test
  void calls_of_actions_are_measured_by_what_came_of_them() {
    metrics.called("lab.mend", Duration.ofMillis(30), null);
    metrics.called("lab.mend", Duration.ofMillis(30), FailureKind.TIMEOUT);

    assertThat(metrics.scrape())
        .contains(
            "byteport_action_seconds_count{action=\"lab.mend\",outcome=\"done\"} 1",
            "byteport_action_seconds_count{action=\"lab.mend\",outcome=\"timeout\"} 1");
  }

  @Test
  void a_label_takes_so_many_values_and_no_more() {
    for (int i = 0; i < 700; i++) {
      metrics.count(Metric.SIGNALS_HEARD, "source-" + i);
    }
    assertThat(
            metrics
                .scrape()
                .lines()
                .filter(line -> line.startsWith("byteport_signals_heard_total{"))
                .count())
        .isBetween(1L, 501L);
  }
}
