package io.byteport.adapter.alerts.datadog;

import static io.byteport.adapter.alerts.Given.NOW;
import static io.byteport.adapter.alerts.Given.SECRET;
import static io.byteport.adapter.alerts.Given.open;
import static io.byteport.adapter.alerts.Given.polled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byteport.adapter.alerts.OddJson;
import io.byteport.adapter.alerts.Site;
import io.byteport.adapter.alerts.Told;
import io.byteport.adapter.alerts.reading.Watched;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.engine.channel.ChannelException;
import io.byteport.engine.signal.Signal.Severity;
import io.byteport.engine.source.Alert;
import io.byteport.engine.source.Source;
import io.byteport.engine.source.SourceException;
import io.byteport.engine.source.SourceType.Surroundings;
import io.byteport.engine.spi.Inventory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatadogTest {
  private static final Map<String, String> KEYS =
      Map.of("apiKey", SECRET, "appKey", "app-" + SECRET);
  private static final String MONITORS =
      """
      [
        {"id": 101, "name": "CPU high", "type": "metric alert", "priority": 2,
         "query": "avg(last_5m):avg:system.cpu.user{*} by {host} > 90", "message": "cpu",
         "tags": ["resource:cpu", "team:api", "managed"], "multi": true,
         "overall_state": "Alert", "overall_state_modified": "2026-11-22T11:50:00+00:00",
         "options": {"silenced": {"host:web-09": null}, "thresholds": {"critical": 90}},
         "state": {"groups": {
           "host:web-01": {"name": "host:web-01", "status": "Alert",
             "last_triggered_ts": 1795347600, "last_nodata_ts": null},
           "host:web-02,env:prod": {"name": "host:web-02,env:prod", "status": "No Data",
             "last_triggered_ts": 1795347000},
           "host:web-03": {"name": "host:web-03", "status": "OK", "last_triggered_ts": 1},
           "host:web-09": {"name": "host:web-09", "status": "Alert", "last_triggered_ts": 1795347000}
         }}},
        {"id": 102, "name": "Log errors", "type": "log alert", "query": "logs(...)", "tags": [],
         "overall_state": "Warn", "overall_state_modified": "2026-11-22T11:30:00+00:00",
         "options": {}, "state": {}},
        {"id": 103, "name": "Fine", "type": "service check", "query": "x", "tags": [],
         "overall_state": "OK", "options": {}, "state": {"groups": {}}}
      ]
      """;

  private static Source at(Site site, Object... settings) {
    Map<String, Object> all = new LinkedHashMap<>(Map.of("address", site.url()));
    for (int i = 0; i < settings.length; i += 2) {
      all.put((String) settings[i], settings[i + 1]);
    }
    return open(new DatadogSource(), all, KEYS);
  }

  private static Alert monitor(String fields) {
    Json monitor =
        Json.lenient("{\"id\": 1, \"name\": \"m\", \"overall_state\": \"Alert\", " + fields + "}");
    return new Monitors(new MonitorSignals(Map.of()), "datadoghq.com")
        .alerts(List.of(monitor), NOW)
        .getFirst();
  }

  @ParameterizedTest
  @CsvSource({
    "disk, disk_pressure",
    "memory, memory_pressure",
    "cpu, host.cpu_high",
    "ssl, ssl_cert_expiring",
    "cert, ssl_cert_expiring",
    "db, database.disk_pressure",
    "pod, pod_crashloop",
    "deploy, deploy_failure"
  })
  void tag_mapping(String resource, String signal) {
    assertThat(monitor("\"type\": \"log alert\", \"tags\": [\"resource:" + resource + "\"]").type())
        .isEqualTo(signal);
  }

  @ParameterizedTest
  @CsvSource({
    "service check, service_unavailable",
    "log alert, application_error.error_rate_spike",
    "metric alert,",
    "query alert,"
  })
  void service_check_and_log_alert_mapping(String type, String signal) {
    assertThat(monitor("\"type\": \"" + type + "\", \"tags\": []").type()).isEqualTo(signal);
  }

  @Test
  void composite_mapping_is_what_most_children_are() {
    assertThat(composite("1 && 2 && (3 || 4)", "disk Warn", "memory Alert", "memory OK", "cpu OK"))
        .isEqualTo("memory_pressure");
  }

  @Test
  void composite_mapping_goes_to_the_more_severe_child_where_as_many_are() {
    assertThat(composite("1 && 2", "disk Warn", "memory Alert")).isEqualTo("memory_pressure");
    assertThat(composite("1 && 2", "disk Alert", "memory Warn")).isEqualTo("disk_pressure");
    assertThat(composite("1 && 2", "disk Warn", "memory Warn")).isEqualTo("disk_pressure");
    assertThat(composite("8 && 9", "disk Warn")).isNull();
  }

  private static String composite(String query, String... children) {
    Map<String, Json> known = new LinkedHashMap<>();
    for (int i = 0; i < children.length; i++) {
      String[] words = children[i].split(" ", 2);
      known.put(
          Integer.toString(i + 1),
          Json.lenient(
              "{\"tags\": [\"resource:%s\"], \"overall_state\": \"%s\"}"
                  .formatted(words[0], words[1])));
    }
    return new MonitorSignals(known)
        .signal(Json.lenient("{\"type\": \"composite\", \"query\": \"" + query + "\"}"));
  }

  @Test
  void composite_children_that_are_not_listed_are_asked_for() throws Exception {
    try (Site site =
            new Site()
                .on(
                    "GET",
                    "/api/v1/monitor?",
                    "[{\"id\": 7, \"name\": \"c\", \"type\": \"composite\", \"query\": \"71 &&"
                        + " 72\", \"overall_state\": \"Alert\", \"tags\": []}]")
                .on("GET", "/api/v1/monitor/71", "{\"id\": 71, \"tags\": [\"resource:disk\"]}")
                .on("GET", "/api/v1/monitor/72", "{\"id\": 72, \"tags\": [\"resource:disk\"]}");
        Source source = at(site)) {
      assertThat(polled(source)).extracting(Alert::type).containsExactly("disk_pressure");
      assertThat(site.seen()).hasSize(3);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "datadoghq.com",
        "datadoghq.eu",
        "us3.datadoghq.com",
        "us5.datadoghq.com",
        "ap1.datadoghq.com"
      })
  void eu_url_and_those_of_the_other_sites(String site) {
    Json monitor = Json.lenient("{\"id\": 1, \"overall_state\": \"Alert\"}");
    String link =
        new Monitors(new MonitorSignals(Map.of()), site)
            .alerts(List.of(monitor), NOW)
            .getFirst()
            .link();
    assertThat(link).contains(site + "/monitors/1");
  }

  @Test
  void tag_map_precedence_leaves_all_tags_to_rules_and_a_named_signal_comes_first() {
    Alert alert =
        monitor(
            "\"tags\": [\"resource:disk\", \"byteport_signal:db_pool_saturated\", \"team:dba\"]");
    assertThat(alert.type()).isEqualTo("db_pool_saturated");
    assertThat(alert.labels()).containsEntry("resource", "disk").containsEntry("team", "dba");
  }

  @Test
  void per_group_emission() throws Exception {
    try (Site site = new Site().on("GET", "/api/v1/monitor?", MONITORS);
        Source source = at(site, "monitorTags", List.of("team:api"))) {
      List<Alert> alerts = polled(source);

      assertThat(alerts)
          .extracting(Alert::fingerprint)
          .containsExactly("101/host:web-01", "101/host:web-02,env:prod", "102/*");
      Alert first = alerts.getFirst();
      assertThat(first.type()).isEqualTo("host.cpu_high");
      assertThat(first.severity()).isEqualTo(Severity.HIGH);
      assertThat(first.title()).isEqualTo("CPU high on host:web-01");
      assertThat(first.labels())
          .containsEntry("host", "web-01")
          .containsEntry("team", "api")
          .containsEntry("managed", "true");
      assertThat(first.startedAt()).isEqualTo("2026-11-22T11:40:00Z");
      assertThat(first.link())
          .isEqualTo("https://app.datadoghq.com/monitors/101?group=host%3Aweb-01");
      assertThat(site.seen().getFirst().target())
          .isEqualTo(
              "/api/v1/monitor?group_states=alert%2Cwarn%2Cno%20data"
                  + "&monitor_tags=team%3Aapi&page=0&page_size=100");
      assertThat(site.seen().getFirst().header("DD-API-KEY")).isEqualTo(SECRET);
      assertThat(site.seen().getFirst().header("DD-APPLICATION-KEY")).isEqualTo("app-" + SECRET);
    }
  }

  @Test
  void dedup_across_fetches() throws Exception {
    try (Site site = new Site().on("GET", "/api/v1/monitor?", MONITORS);
        Source source = at(site)) {
      assertThat(polled(source)).isEqualTo(polled(source));
    }
  }

  @Test
  void dedup_key_is_monitor_and_group_with_a_star_for_one_without_groups() {
    assertThat(monitor("\"tags\": []").fingerprint()).isEqualTo("1/*");
  }

  @Test
  void ok_exclusion() throws Exception {
    try (Site site = new Site().on("GET", "/api/v1/monitor?", MONITORS);
        Source source = at(site)) {
      assertThat(polled(source))
          .extracting(Alert::fingerprint)
          .noneMatch(key -> key.startsWith("103"))
          .doesNotContain("101/host:web-03");
    }
  }

  @Test
  void what_is_muted_does_not_fire() throws Exception {
    try (Site site = new Site().on("GET", "/api/v1/monitor?", MONITORS);
        Source source = at(site)) {
      assertThat(polled(source)).extracting(Alert::fingerprint).doesNotContain("101/host:web-09");
    }
    Json muted =
        Json.lenient(
            "{\"id\":1,\"overall_state\":\"Alert\",\"options\":{\"silenced\":{\"*\":null}}}");
    assertThat(
            new Monitors(new MonitorSignals(Map.of()), "datadoghq.com").alerts(List.of(muted), NOW))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "No Data, 1, WARNING",
    "Warn, 1, WARNING",
    "Alert, 1, CRITICAL",
    "Alert, 2, HIGH",
    "Alert, 3, WARNING",
    "Alert, 4, INFO",
    "Alert, 5, INFO",
    "Alert, null, CRITICAL"
  })
  void no_data_severity_and_the_others(String state, String priority, Severity severity) {
    Json monitor =
        Json.lenient(
            "{\"id\":1,\"overall_state\":\"%s\",\"priority\":%s}".formatted(state, priority));
    assertThat(
            new Monitors(new MonitorSignals(Map.of()), "datadoghq.com")
                .alerts(List.of(monitor), NOW)
                .getFirst()
                .severity())
        .isEqualTo(severity);
  }

  @Test
  void post_remediation_event_success() throws Exception {
    try (Site site = new Site().on("POST", "/api/v1/events", 202, Map.of(), "{\"status\":\"ok\"}");
        Source source = at(site, "postEvents", true)) {
      source.feedback().orElseThrow().ended("101/host:web-01", Told.that("resolved"));
      source.feedback().orElseThrow().ended("101/host:web-01", Told.that("escalated"));

      assertThat(site.seen()).hasSize(1);
      assertThat(site.seen().getFirst().body())
          .contains(
              "signal_type:disk_pressure",
              "runbook:disk_space_auto_reclaim",
              "https://byteport.example.com/runs/run-7",
              "\"alert_type\":\"success\"",
              "byteport/mine/disk_pressure/host/web-01");
    }
  }

  @Test
  void post_remediation_event_failure() throws Exception {
    try (Site site =
            new Site().on("POST", "/api/v1/events", 403, Map.of(), "{\"errors\":[\"Forbidden\"]}");
        Source source = at(site, "postEvents", true)) {
      assertThat(
              catchThrowableOfType(
                  ChannelException.class,
                  () -> source.feedback().orElseThrow().ended("1/*", Told.that("resolved"))))
          .hasMessageStartingWith("Forbidden [403]")
          .matches(ChannelException::isPermanent);
    }
  }

  @Test
  void missing_creds_are_told() {
    Source source = open(new DatadogSource(), Map.of(), Map.of("apiKey", SECRET));
    assertThat(catchThrowableOfType(SourceException.class, () -> polled(source)))
        .hasMessage("the source `mine` has no credential `appKey`");
  }

  @Test
  void factory_env_reads_go_to_the_site_that_is_configured() {
    Source source =
        new DatadogSource()
            .open(
                io.byteport.adapter.alerts.Given.entry(
                    "datadog", Map.of("address", "ftp://x"), KEYS),
                new Surroundings(() -> NOW, Inventory.EMPTY, body -> List.of()));
    assertThat(catchThrowableOfType(SourceException.class, () -> polled(source)))
        .hasMessageStartingWith("the address of `mine` is not usable");
  }

  @Test
  void http_500_propagation() throws Exception {
    try (Site site =
            new Site()
                .on("GET", "/api/v1/monitor?", 500, Map.of(), "{\"errors\":[\"Internal error\"]}");
        Source source = at(site)) {
      assertThat(catchThrowableOfType(SourceException.class, () -> polled(source)))
          .hasMessageStartingWith("Internal error [500]");
      site.on("GET", "/api/v1/monitor?", 429, Map.of("X-RateLimit-Reset", "17"), "{}");
      assertThat(catchThrowableOfType(SourceException.class, () -> polled(source)).retryAfter())
          .isEqualTo(Duration.ofSeconds(17));
    }
  }

  @Test
  void pages_are_read_until_one_is_not_full() throws Exception {
    String full =
        "["
            + "{\"id\":1,\"overall_state\":\"OK\"},".repeat(99)
            + "{\"id\":1,\"overall_state\":\"OK\"}]";
    String path = "/api/v1/monitor?group_states=alert%2Cwarn%2Cno%20data&page=";
    try (Site site = new Site().on("GET", path + "0&", full).on("GET", path + "1&", MONITORS);
        Source source = at(site)) {
      assertThat(polled(source)).hasSize(3);
      assertThat(site.seen()).hasSize(2);
    }
  }

  private static final String SERIES =
      """
      {"status": "ok", "res_type": "time_series", "series": [
        {"metric": "system.cpu.user", "scope": "host:web-01", "tag_set": ["host:web-01"],
         "pointlist": [[1795348500000.0, 50.0], [1795348560000.0, 95.5], [1795348620000.0, null]]},
        {"metric": "system.cpu.user", "scope": "host:web-02", "tag_set": ["host:web-02"],
         "pointlist": [[1795348500000.0, 99.0], [1795348560000.0, 12.0]]}
      ]}
      """;

  @Test
  void metrics_are_a_signal_where_their_newest_value_fits() throws Exception {
    try (Site site = new Site().on("GET", "/api/v1/query?", SERIES);
        Source source =
            at(
                site,
                "monitors",
                false,
                "queries",
                List.of("high host.cpu_high while avg:system.cpu.user{*} by {host} > 90"))) {
      List<Alert> alerts = polled(source);

      assertThat(alerts).hasSize(1);
      Alert alert = alerts.getFirst();
      assertThat(alert.type()).isEqualTo("host.cpu_high");
      assertThat(alert.severity()).isEqualTo(Severity.HIGH);
      assertThat(alert.labels()).containsEntry("host", "web-01");
      assertThat(alert.value()).isEqualTo("95.5");
      assertThat(alert.startedAt()).isEqualTo("2026-11-22T11:56:00Z");
      assertThat(site.seen().getFirst().target())
          .contains("from=1795348500&to=1795348800&query=avg%3Asystem.cpu.user");
    }
  }

  @Test
  void a_query_without_a_comparison_is_told() throws Exception {
    try (Site site = new Site();
        Source source =
            at(site, "queries", List.of("host.cpu_high while avg:system.cpu.user{*}"))) {
      assertThat(catchThrowableOfType(SourceException.class, () -> polled(source)))
          .hasMessageContaining("expected a query, a comparison and a number");
      assertThat(site.seen()).isEmpty();
    }
  }

  @Provide
  Arbitrary<String> answers() {
    return OddJson.of(
        List.of(
            "id",
            "name",
            "type",
            "query",
            "tags",
            "overall_state",
            "options",
            "silenced",
            "state",
            "groups",
            "status",
            "last_triggered_ts",
            "priority",
            "series",
            "pointlist",
            "tag_set"),
        MONITORS,
        SERIES);
  }

  @Property(tries = 300)
  void nothing_that_is_answered_makes_the_mapper_throw(@ForAll("answers") String body)
      throws Exception {
    Json answer = Json.lenient(body);
    assertThat(
            new Monitors(new MonitorSignals(Map.of("1", answer)), "datadoghq.eu")
                .alerts(answer.items(), NOW))
        .doesNotContainNull();
    Threshold threshold =
        Threshold.of(Watched.all(List.of("a_signal while avg:x{*} > 1")).getFirst());
    assertThat(threshold.found(answer, NOW)).doesNotContainNull();
  }
}
