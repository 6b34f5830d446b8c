package io.byteport.adapter.alerts.gcp;

import static io.byteport.adapter.alerts.Given.NOW;
import static io.byteport.adapter.alerts.Given.SECRET;
import static io.byteport.adapter.alerts.Given.accepted;
import static io.byteport.adapter.alerts.Given.connection;
import static io.byteport.adapter.alerts.Given.delivered;
import static io.byteport.adapter.alerts.Given.open;
import static io.byteport.adapter.alerts.Given.polled;
import static io.byteport.adapter.alerts.Given.receive;
import static io.byteport.adapter.alerts.Given.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byteport.adapter.alerts.OddJson;
import io.byteport.adapter.alerts.Site;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.engine.signal.Signal.Severity;
import io.byteport.engine.signal.Signal.Status;
import io.byteport.engine.source.Alert;
import io.byteport.engine.source.Received.Refusal;
import io.byteport.engine.source.Source;
import io.byteport.engine.source.SourceException;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GcpMonitoringTest {
  private static final String POSTED =
      """
      {"version": "1.2", "incident": {
        "incident_id": "0.lxk2", "scoping_project_id": "shop", "state": "open",
        "url": "https://console.cloud.google.com/monitoring/alerting/incidents/0.lxk2",
        "started_at": 1795347600, "ended_at": null, "severity": "Error",
        "summary": "CPU utilization for shop web-01 is above the threshold of 0.9",
        "policy_name": "CPU of web", "policy_user_labels": {"team": "api"},
        "condition_name": "CPU", "observed_value": "0.971", "threshold_value": "0.9",
        "metric": {"type": "compute.googleapis.com/instance/cpu/utilization",
          "displayName": "CPU utilization", "labels": {"instance_name": "web-01"}},
        "resource": {"type": "gce_instance", "labels": {"zone": "europe-west1-b"}}}}
      """;
  private static final String LISTED =
      """
      {"alerts": [{"name": "projects/shop/alerts/0.lxk3", "state": "OPEN",
         "openTime": "2026-11-22T11:40:00Z",
         "resource": {"type": "cloudsql_database", "labels": {"database_id": "shop:orders"}},
         "metric": {"type": "cloudsql.googleapis.com/database/disk/utilization", "labels": {}},
         "policy": {"name": "projects/shop/alertPolicies/1", "displayName": "Disk of orders",
           "severity": "CRITICAL", "userLabels": {"team": "dba"}}}],
       "totalSize": 1}
      """;

  private static final Source OPEN = open(new GcpMonitoringSource(), Map.of(), Map.of());

  @Test
  void an_incident_is_heard() throws Exception {
    Alert alert = accepted(OPEN, delivered(POSTED)).getFirst();

    assertThat(alert.type()).isEqualTo("host.cpu_high");
    assertThat(alert.title()).isEqualTo("CPU of web");
    assertThat(alert.severity()).isEqualTo(Severity.HIGH);
    assertThat(alert.status()).isEqualTo(Status.FIRING);
    assertThat(alert.startedAt()).isEqualTo("2026-11-22T11:40:00Z");
    assertThat(alert.value()).isEqualTo("0.971");
    assertThat(alert.fingerprint()).isEqualTo("0.lxk2");
    assertThat(alert.labels())
        .containsEntry("instance_name", "web-01")
        .containsEntry("zone", "europe-west1-b")
        .containsEntry("team", "api");
  }

  @Test
  void a_closed_incident_is_the_end_of_it() throws Exception {
    Alert alert = accepted(OPEN, delivered(POSTED.replace("\"open\"", "\"closed\""))).getFirst();
    assertThat(alert.status()).isEqualTo(Status.RESOLVED);
    assertThat(alert.severity()).isEqualTo(Severity.INFO);
    assertThat(alert.fingerprint()).isEqualTo("0.lxk2");
  }

  @ParameterizedTest
  @CsvSource({"Critical, CRITICAL", "Error, HIGH", "Warning, WARNING", "No severity, WARNING"})
  void the_severity_is_that_of_the_policy(String word, Severity severity) throws Exception {
    assertThat(
            accepted(OPEN, delivered(POSTED.replace("\"Error\"", "\"" + word + "\"")))
                .getFirst()
                .severity())
        .isEqualTo(severity);
  }

  @Test
  void labels_and_the_name_of_the_policy_come_before_the_metric() throws Exception {
    assertThat(
            accepted(OPEN, delivered(POSTED.replace("\"team\": \"api\"", "\"resource\": \"disk\"")))
                .getFirst()
                .type())
        .isEqualTo("disk_pressure");
    assertThat(
            accepted(OPEN, delivered(POSTED.replace("CPU of web", "node_not_ready")))
                .getFirst()
                .type())
        .isEqualTo("node_not_ready");
    assertThat(
            accepted(OPEN, delivered(POSTED.replace("compute.googleapis.com", "custom")))
                .getFirst()
                .type())
        .isNull();
  }

  @Test
  void what_is_no_incident_is_malformed_and_a_stranger_is_refused() throws Exception {
    for (String body : List.of("", "{}", "{\"incident\":[]}")) {
      assertThat(refused(OPEN, delivered(body))).as(body).isEqualTo(Refusal.MALFORMED);
    }
    Source guarded =
        open(
            new GcpMonitoringSource(),
            Map.of(),
            Map.of("basicUsername", "gcp", "basicPassword", SECRET));
    assertThat(refused(guarded, delivered(POSTED))).isEqualTo(Refusal.UNSIGNED);
  }

  private static Source at(Site site) {
    return open(
        new GcpMonitoringSource(),
        Map.of(),
        Map.of(),
        connection(
            "gcp", Map.of("address", site.url(), "project", "shop"), Map.of("token", SECRET)));
  }

  @Test
  void polling_finds_open_alerts_on_all_pages() throws Exception {
    String path = "/v3/projects/shop/alerts?filter=state%3D%22OPEN%22&pageSize=1000";
    try (Site site =
            new Site()
                .on(
                    "GET",
                    path,
                    LISTED.replace("{\"alerts\"", "{\"nextPageToken\":\"p2\",\"alerts\""))
                .on("GET", path + "&pageToken=p2", "{}");
        Source source = at(site)) {
      List<Alert> alerts = polled(source);

      assertThat(alerts).hasSize(1);
      assertThat(alerts.getFirst().type()).isEqualTo("database.disk_pressure");
      assertThat(alerts.getFirst().severity()).isEqualTo(Severity.CRITICAL);
      assertThat(alerts.getFirst().fingerprint()).isEqualTo("0.lxk3");
      assertThat(alerts.getFirst().labels()).containsEntry("database_id", "shop:orders");
      assertThat(site.seen()).hasSize(2);
      assertThat(site.seen().getFirst().header("Authorization")).isEqualTo("Bearer " + SECRET);
    }
  }

  @Test
  void a_refusal_is_told_in_the_words_of_google() throws Exception {
    String refusal =
        "{\"error\":{\"code\":403,\"message\":\"Permission"
            + " denied\",\"status\":\"PERMISSION_DENIED\"}}";
    try (Site site = new Site().on("GET", "/v3/", 403, Map.of(), refusal);
        Source source = at(site)) {
      assertThat(catchThrowableOfType(SourceException.class, () -> polled(source)))
          .hasMessageContaining("PERMISSION_DENIED: Permission denied");
    }
  }

  @Test
  void a_connection_that_is_missing_is_told() throws Exception {
    try (Source source = open(new GcpMonitoringSource(), Map.of("connection", "other"), Map.of())) {
      assertThat(catchThrowableOfType(SourceException.class, () -> polled(source)))
          .hasMessage("there is no connection `other` of the type gcp");
    }
  }

  @Provide
  Arbitrary<String> bodies() {
    return OddJson.of(
        List.of(
            "incident",
            "incident_id",
            "state",
            "metric",
            "resource",
            "labels",
            "policy",
            "policy_user_labels",
            "alerts",
            "name",
            "started_at",
            "observed_value"),
        POSTED,
        LISTED);
  }

  @Property(tries = 300)
  void nothing_that_is_posted_makes_it_throw(@ForAll("bodies") String body) throws Exception {
    assertThat(receive(OPEN, delivered(body))).isNotNull();
    assertThat(Incidents.listed(Json.lenient(body), NOW).stream()).doesNotContainNull();
  }
}
