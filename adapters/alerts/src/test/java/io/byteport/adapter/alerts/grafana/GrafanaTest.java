package io.byteport.adapter.alerts.grafana;

import static io.byteport.adapter.alerts.Given.NOW;
import static io.byteport.adapter.alerts.Given.SECRET;
import static io.byteport.adapter.alerts.Given.accepted;
import static io.byteport.adapter.alerts.Given.delivered;
import static io.byteport.adapter.alerts.Given.hmac;
import static io.byteport.adapter.alerts.Given.open;
import static io.byteport.adapter.alerts.Given.polled;
import static io.byteport.adapter.alerts.Given.receive;
import static io.byteport.adapter.alerts.Given.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byteport.adapter.alerts.OddJson;
import io.byteport.adapter.alerts.Site;
import io.byteport.dsl.value.Value;
import io.byteport.engine.signal.Signal.Severity;
import io.byteport.engine.signal.Signal.Status;
import io.byteport.engine.source.Alert;
import io.byteport.engine.source.Received;
import io.byteport.engine.source.Received.Refusal;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrafanaTest {
  private static final String POSTED =
      """
      {
        "receiver": "byteport",
        "status": "firing",
        "orgId": 1,
        "alerts": [
          {
            "status": "firing",
            "labels": {"alertname": "HighMemoryUsage", "grafana_folder": "Nodes", "team": "dba"},
            "annotations": {"summary": "Memory above 90 %"},
            "startsAt": "2026-11-22T12:50:00+01:00",
            "endsAt": "0001-01-01T00:00:00Z",
            "values": {"B": 93.5},
            "valueString": "[ var='B' labels={} value=93.5 ]",
            "generatorURL": "https://grafana.example.com/alerting/grafana/abc/view",
            "fingerprint": "57c6d9296de2ad39",
            "silenceURL": "https://grafana.example.com/alerting/silence/new",
            "dashboardURL": "",
            "panelURL": ""
          }
        ],
        "groupLabels": {"alertname": "HighMemoryUsage"},
        "commonLabels": {},
        "commonAnnotations": {},
        "externalURL": "https://grafana.example.com/",
        "version": "1",
        "groupKey": "{}:{alertname=\\"HighMemoryUsage\\"}",
        "truncatedAlerts": 0,
        "title": "[FIRING:1] HighMemoryUsage",
        "state": "alerting",
        "message": "**Firing**"
      }
      """;

  private static final Source OPEN = open(new GrafanaSource(), Map.of(), Map.of());
  private static final Source SIGNED =
      open(new GrafanaSource(), Map.of(), Map.of("hmacSha256", SECRET));

  @Test
  void webhook_parse() throws Exception {
    Alert alert = accepted(OPEN, delivered(POSTED)).getFirst();

    assertThat(alert.type()).isEqualTo("memory_pressure");
    assertThat(alert.title()).isEqualTo("Memory above 90 %");
    assertThat(alert.severity()).isEqualTo(Severity.WARNING);
    assertThat(alert.status()).isEqualTo(Status.FIRING);
    assertThat(alert.labels()).containsEntry("team", "dba").containsEntry("value_B", "93.5");
    assertThat(alert.startedAt()).isEqualTo(NOW.minus(Duration.ofMinutes(10)));
    assertThat(alert.value()).isEqualTo("93.5");
    assertThat(alert.link()).isEqualTo("https://grafana.example.com/alerting/grafana/abc/view");
  }

  @Test
  void hmac_reject_says_so_and_nothing_of_the_body() throws Exception {
    Received received =
        receive(SIGNED, delivered(POSTED, "X-Grafana-Signature", hmac("wrong", POSTED)));

    assertThat(received).isEqualTo(new Received.Refused(Refusal.FORGED, "HMAC signature mismatch"));
  }

  @Test
  void hmac_accept() throws Exception {
    String signature = hmac(SECRET, POSTED);
    assertThat(accepted(SIGNED, delivered(POSTED, "X-Grafana-Signature", signature))).hasSize(1);
    assertThat(accepted(SIGNED, delivered(POSTED, "X-Grafana-Signature", "sha256=" + signature)))
        .hasSize(1);
    assertThat(accepted(SIGNED, delivered(POSTED, "X-Grafana-Alerting-Signature", signature)))
        .hasSize(1);
  }

  @Test
  void verify_signature_without_a_header_is_unsigned() throws Exception {
    assertThat(refused(SIGNED, delivered(POSTED))).isEqualTo(Refusal.UNSIGNED);
  }

  @Test
  void verify_signature_that_is_truncated_or_no_digits_is_forged() throws Exception {
    String signature = hmac(SECRET, POSTED);
    for (String wrong :
        List.of(signature.substring(0, 62), signature.substring(1), "", "zz", signature + "00")) {
      assertThat(refused(SIGNED, delivered(POSTED, "X-Grafana-Signature", wrong)))
          .as(wrong)
          .isEqualTo(Refusal.FORGED);
    }
  }

  @Test
  void verify_signature_of_another_body_is_forged() throws Exception {
    assertThat(
            refused(SIGNED, delivered(POSTED + " ", "X-Grafana-Signature", hmac(SECRET, POSTED))))
        .isEqualTo(Refusal.FORGED);
  }

  @Test
  void a_signed_time_is_part_of_the_signature_and_old_or_repeated_ones_are_replayed()
      throws Exception {
    Source timed =
        open(
            new GrafanaSource(),
            Map.of(
                "timestampHeader",
                "X-Grafana-Alerting-Timestamp",
                "replayWindow",
                Value.of(Duration.ofMinutes(2))),
            Map.of("hmacSha256", SECRET));

    assertThat(refused(timed, at(NOW.getEpochSecond() - 121))).isEqualTo(Refusal.REPLAYED);
    assertThat(refused(timed, at(NOW.getEpochSecond() + 600))).isEqualTo(Refusal.REPLAYED);
    assertThat(accepted(timed, at(NOW.getEpochSecond() - 60))).hasSize(1);
    assertThat(refused(timed, at(NOW.getEpochSecond() - 60))).isEqualTo(Refusal.REPLAYED);
    assertThat(accepted(timed, at(NOW.getEpochSecond() - 59))).hasSize(1);
    assertThat(
            refused(timed, delivered(POSTED, "X-Grafana-Alerting-Signature", hmac(SECRET, POSTED))))
        .isEqualTo(Refusal.UNSIGNED);
    assertThat(
            refused(
                timed,
                delivered(
                    POSTED,
                    "X-Grafana-Alerting-Signature",
                    hmac(SECRET, POSTED),
                    "X-Grafana-Alerting-Timestamp",
                    Long.toString(NOW.getEpochSecond()))))
        .isEqualTo(Refusal.FORGED);
  }

  private static io.byteport.engine.source.Delivered at(long second) {
    return delivered(
        POSTED,
        "X-Grafana-Alerting-Signature",
        hmac(SECRET, second + ":" + POSTED),
        "X-Grafana-Alerting-Timestamp",
        Long.toString(second));
  }

  private static final String LISTED =
      """
      [{"annotations": {}, "endsAt": "2026-11-22T12:10:00Z", "fingerprint": "57c6d9296de2ad39",
        "receivers": [{"name": "byteport"}], "startsAt": "2026-11-22T11:50:00Z",
        "status": {"inhibitedBy": [], "silencedBy": [], "state": "active"},
        "updatedAt": "2026-11-22T11:59:00Z", "generatorURL": "https://grafana.example.com/x",
        "labels": {"alertname": "HighMemoryUsage", "grafana_folder": "Nodes"}}]
      """;

  @Test
  void polling_fetch_finds_the_same_alert_as_the_webhook() throws Exception {
    try (Site site = new Site().on("GET", "/api/alertmanager/grafana/api/v2/alerts?", LISTED);
        Source source =
            open(new GrafanaSource(), Map.of("address", site.url()), Map.of("token", SECRET))) {
      List<Alert> alerts = polled(source);

      assertThat(alerts).extracting(Alert::type).containsExactly("memory_pressure");
      assertThat(alerts.getFirst().fingerprint())
          .isEqualTo(accepted(OPEN, delivered(POSTED)).getFirst().fingerprint());
      assertThat(site.seen().getFirst().header("Authorization")).isEqualTo("Bearer " + SECRET);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "alertname, DiskSpaceLow, disk_pressure",
    "alertname, HighMemoryUsage, memory_pressure",
    "alertname, PodCrashLooping, pod_crashloop",
    "alertname, CertificateExpiring, ssl_cert_expiring",
    "alertname, HighErrorRate, application_error.error_rate_spike",
    "resource, disk, disk_pressure",
    "resource, memory, memory_pressure",
    "resource, pod, pod_crashloop",
    "resource, cert, ssl_cert_expiring",
    "resource, error, application_error.error_rate_spike",
    "resource, cpu, host.cpu_high",
    "resource, db, database.disk_pressure",
    "resource, deploy, deploy_failure",
    "severity, critical, generic.critical_alert"
  })
  void mapping(String label, String value, String signal) throws Exception {
    assertThat(one("{\"%s\":\"%s\"}".formatted(label, value)).type()).isEqualTo(signal);
  }

  @Test
  void the_name_comes_before_the_resource_and_both_before_the_severity() throws Exception {
    assertThat(
            one("{\"alertname\":\"DiskSpaceLow\",\"resource\":\"cpu\",\"severity\":\"critical\"}")
                .type())
        .isEqualTo("disk_pressure");
    assertThat(one("{\"resource\":\"cpu\",\"severity\":\"critical\"}").type())
        .isEqualTo("host.cpu_high");
  }

  @Test
  void what_is_not_critical_and_matches_nothing_is_no_signal() throws Exception {
    assertThat(one("{\"alertname\":\"Odd\",\"severity\":\"warning\"}").type()).isNull();
  }

  @Test
  void dedup_key_is_the_fingerprint_of_grafana() throws Exception {
    assertThat(accepted(OPEN, delivered(POSTED)).getFirst().fingerprint())
        .isEqualTo("57c6d9296de2ad39");
    assertThat(accepted(OPEN, delivered(POSTED))).isEqualTo(accepted(OPEN, delivered(POSTED)));
  }

  @Test
  void dedup_reset_on_resolved_to_firing_has_the_same_fingerprint_throughout() throws Exception {
    String resolved =
        POSTED.replaceFirst(
            "\"status\": \"firing\",\n +\"labels\"", "\"status\": \"resolved\", \"labels\"");
    Alert end = accepted(OPEN, delivered(resolved)).getFirst();

    assertThat(end.status()).isEqualTo(Status.RESOLVED);
    assertThat(end.fingerprint()).isEqualTo("57c6d9296de2ad39");
    assertThat(accepted(OPEN, delivered(POSTED)).getFirst().status()).isEqualTo(Status.FIRING);
  }

  @Test
  void label_map_override_finds_every_label_and_annotation() throws Exception {
    assertThat(accepted(OPEN, delivered(POSTED)).getFirst().labels())
        .containsEntry("team", "dba")
        .containsEntry("grafana_folder", "Nodes")
        .containsEntry("summary", "Memory above 90 %");
  }

  @Test
  void label_map_override_by_a_label_comes_before_the_table() throws Exception {
    assertThat(
            one("{\"alertname\":\"DiskSpaceLow\",\"byteport_signal\":\"db_pool_saturated\"}")
                .type())
        .isEqualTo("db_pool_saturated");
  }

  @Test
  void emit_resolved_gives_an_info_with_the_value_0() throws Exception {
    String body = POSTED.replace("\"firing\"", "\"resolved\"");
    Alert alert = accepted(OPEN, delivered(body)).getFirst();

    assertThat(alert.status()).isEqualTo(Status.RESOLVED);
    assertThat(alert.severity()).isEqualTo(Severity.INFO);
    assertThat(alert.value()).isEqualTo("0");
    assertThat(alert.type()).isEqualTo("memory_pressure");
  }

  @Test
  void polling_500_is_told_and_the_next_answer_is_taken() throws Exception {
    String path = "/api/alertmanager/grafana/api/v2/alerts";
    try (Site site = new Site().on("GET", path, 500, Map.of(), "{\"message\":\"out of order\"}");
        Source source = open(new GrafanaSource(), Map.of("address", site.url()), Map.of())) {
      assertThat(catchThrowableOfType(SourceException.class, () -> polled(source)))
          .hasMessageStartingWith("out of order [500]");
      site.on("GET", path, LISTED);
      assertThat(polled(source)).hasSize(1);
    }
  }

  @Test
  void webhook_only_needs_no_address() {
    assertThat(OPEN.poller()).isEmpty();
    assertThat(OPEN.receiver()).isPresent();
  }

  @Test
  void env_var_factory_reads_the_secret_anew_at_each_delivery() throws Exception {
    String[] value = {"first"};
    Source source =
        new GrafanaSource()
            .open(
                new io.byteport.engine.spi.Inventory.Entry(
                    "source",
                    "grafana",
                    "mine",
                    List.of(),
                    Map.of(),
                    Map.of(
                        "hmacSha256",
                        new io.byteport.engine.spi.Secret(
                            "the environment variable GRAFANA_WEBHOOK_SECRET",
                            () -> value[0],
                            known -> {})),
                    Map.of(),
                    Map.of()),
                io.byteport.adapter.alerts.Given.surroundings());

    assertThat(accepted(source, delivered(POSTED, "X-Grafana-Signature", hmac("first", POSTED))))
        .hasSize(1);
    value[0] = "second";
    assertThat(refused(source, delivered(POSTED, "X-Grafana-Signature", hmac("first", POSTED))))
        .isEqualTo(Refusal.FORGED);
    assertThat(accepted(source, delivered(POSTED, "X-Grafana-Signature", hmac("second", POSTED))))
        .hasSize(1);
  }

  private static Alert one(String labels) throws Exception {
    return accepted(OPEN, delivered("{\"alerts\":[{\"labels\":" + labels + "}]}")).getFirst();
  }

  @Provide
  Arbitrary<String> bodies() {
    return OddJson.of(
        List.of("alerts", "labels", "values", "status", "valueString", "startsAt", "panelURL"),
        POSTED);
  }

  @Property(tries = 300)
  void nothing_that_is_posted_makes_it_throw(@ForAll("bodies") String body) throws Exception {
    assertThat(receive(OPEN, delivered(body))).isNotNull();
  }
}
