package io.byteport.adapter.alerts.prometheus;

import static io.byteport.adapter.alerts.Given.NOW;
import static io.byteport.adapter.alerts.Given.open;
import static io.byteport.adapter.alerts.Given.polled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byteport.adapter.alerts.OddJson;
import io.byteport.adapter.alerts.Site;
import io.byteport.adapter.alerts.reading.Watched;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.engine.signal.Signal.Severity;
import io.byteport.engine.signal.Signal.Status;
import io.byteport.engine.source.Alert;
import io.byteport.engine.source.Polled;
import io.byteport.engine.source.Source;
import io.byteport.engine.source.SourceException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PrometheusTest {
  private static final String ALERTS =
      """
      {"status": "success", "data": {"alerts": [
        {"activeAt": "2026-11-22T11:40:00.5Z", "state": "firing", "value": "9.6e+01",
         "annotations": {"summary": "CPU of web-01", "runbook_url": "https://wiki.example.com/cpu"},
         "labels": {"alertname": "NodeCPUHighUsage", "instance": "web-01", "severity": "critical"}},
        {"activeAt": "2026-11-22T11:59:00Z", "state": "pending", "value": "1e+00",
         "annotations": {}, "labels": {"alertname": "NodeCPUHighUsage", "instance": "web-02"}},
        {"activeAt": "2026-11-22T11:59:00Z", "state": "firing", "value": "1e+00",
         "annotations": {}, "labels": {"alertname": "Watchdog", "severity": "none"}}
      ]}}
      """;
  private static final String VECTOR =
      """
      {"status": "success", "data": {"resultType": "vector", "result": [
        {"metric": {"instance": "db-01", "job": "node"}, "value": [1795348790.123, "0.045"]},
        {"metric": {"instance": "db-02", "job": "node"}, "value": [1795348790.123, "NaN"]}
      ]}}
      """;

  @Test
  void alerts_that_fire_are_found_and_pending_ones_are_not() throws Exception {
    try (Site site = new Site().on("GET", "/api/v1/alerts", ALERTS);
        Source source = open(new PrometheusSource(), Map.of("address", site.url()), Map.of())) {
      Polled polled = source.poller().orElseThrow().poll(null);

      assertThat(polled.everything()).isTrue();
      assertThat(polled.alerts()).hasSize(1);
      Alert alert = polled.alerts().getFirst();
      assertThat(alert.type()).isEqualTo("host.cpu_high");
      assertThat(alert.title()).isEqualTo("CPU of web-01");
      assertThat(alert.severity()).isEqualTo(Severity.CRITICAL);
      assertThat(alert.status()).isEqualTo(Status.FIRING);
      assertThat(alert.value()).isEqualTo("96");
      assertThat(alert.startedAt()).isEqualTo("2026-11-22T11:40:00.500Z");
      assertThat(alert.link()).isEqualTo("https://wiki.example.com/cpu");
      assertThat(site.seen()).hasSize(1);
    }
  }

  @Test
  void every_sample_that_a_query_finds_is_the_signal_that_it_is_for() throws Exception {
    try (Site site =
            new Site().on("GET", "/api/v1/alerts", ALERTS).on("GET", "/api/v1/query?", VECTOR);
        Source source =
            open(
                new PrometheusSource(),
                Map.of(
                    "address",
                    site.url(),
                    "alerts",
                    false,
                    "queries",
                    List.of("critical memory_pressure while node_free / node_total < 0.1")),
                Map.of())) {
      List<Alert> alerts = polled(source);

      assertThat(alerts).hasSize(2);
      Alert first = alerts.getFirst();
      assertThat(first.type()).isEqualTo("memory_pressure");
      assertThat(first.severity()).isEqualTo(Severity.CRITICAL);
      assertThat(first.title()).isEqualTo("memory_pressure while node_free / node_total < 0.1");
      assertThat(first.labels()).isEqualTo(Map.of("instance", "db-01", "job", "node"));
      assertThat(first.value()).isEqualTo("0.045");
      assertThat(first.startedAt()).isBetween(NOW.minus(Duration.ofMinutes(1)), NOW);
      assertThat(alerts.get(1).value()).isNull();
      assertThat(alerts).extracting(Alert::fingerprint).doesNotHaveDuplicates();
      assertThat(polled(source).getFirst().fingerprint()).isEqualTo(first.fingerprint());
      assertThat(site.seen().getFirst().target())
          .isEqualTo("/api/v1/query?query=node_free%20%2F%20node_total%20%3C%200.1");
    }
  }

  @Test
  void a_query_that_is_refused_is_told_in_the_words_of_prometheus() throws Exception {
    try (Site site =
            new Site()
                .on("GET", "/api/v1/alerts", ALERTS)
                .on(
                    "GET",
                    "/api/v1/query?",
                    400,
                    Map.of(),
                    "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"parse error\"}");
        Source source =
            open(
                new PrometheusSource(),
                Map.of("address", site.url(), "queries", List.of("disk_pressure while x{")),
                Map.of())) {
      assertThat(catchThrowableOfType(SourceException.class, () -> polled(source)))
          .hasMessageStartingWith("parse error [400]");
    }
  }

  @Test
  void a_query_that_finds_a_single_number_is_told() throws Exception {
    try (Site site =
            new Site()
                .on(
                    "GET",
                    "/api/v1/",
                    "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1,\"1\"]}}");
        Source source =
            open(
                new PrometheusSource(),
                Map.of("address", site.url(), "queries", List.of("disk_pressure while 1")),
                Map.of())) {
      assertThat(catchThrowableOfType(SourceException.class, () -> polled(source)))
          .hasMessage("expected a query that finds a vector, found one that finds a scalar (`1`)");
    }
  }

  @Test
  void a_query_that_names_no_signal_is_told() {
    for (String wrong : List.of("up == 0", "while up", "Big Signal while up", "")) {
      assertThat(catchThrowableOfType(SourceException.class, () -> Watched.all(List.of(wrong))))
          .as(wrong)
          .hasMessageStartingWith("expected `[SEVERITY] SIGNAL while QUERY` in `queries`, found `");
    }
  }

  @Test
  void it_does_not_call() {
    assertThat(open(new PrometheusSource(), Map.of(), Map.of()).receiver()).isEmpty();
  }

  @Provide
  Arbitrary<String> answers() {
    return OddJson.of(
        List.of("data", "alerts", "labels", "state", "value", "result", "metric", "resultType"),
        ALERTS,
        VECTOR);
  }

  @Property(tries = 300)
  void nothing_that_is_answered_makes_the_mapper_throw(@ForAll("answers") String body) {
    Json answer = Json.lenient(body);
    assertThat(PrometheusAlerts.firing(answer, NOW)).doesNotContainNull();
    assertThat(PrometheusAlerts.found(answer, new Watched("a_signal", Severity.WARNING, "x"), NOW))
        .doesNotContainNull();
  }
}
