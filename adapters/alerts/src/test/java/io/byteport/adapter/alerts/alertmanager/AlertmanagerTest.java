package io.byteport.adapter.alerts.alertmanager;

import static io.byteport.adapter.alerts.Given.NOW;
import static io.byteport.adapter.alerts.Given.SECRET;
import static io.byteport.adapter.alerts.Given.accepted;
import static io.byteport.adapter.alerts.Given.delivered;
import static io.byteport.adapter.alerts.Given.hmac;
import static io.byteport.adapter.alerts.Given.open;
import static io.byteport.adapter.alerts.Given.polled;
import static io.byteport.adapter.alerts.Given.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byteport.adapter.alerts.OddJson;
import io.byteport.adapter.alerts.Site;
import io.byteport.engine.signal.Signal.Severity;
import io.byteport.engine.signal.Signal.Status;
import io.byteport.engine.source.Alert;
import io.byteport.engine.source.Polled;
import io.byteport.engine.source.Received.Refusal;
import io.byteport.engine.source.Source;
import io.byteport.engine.source.SourceException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class AlertmanagerTest {
  private static final String POSTED =
      """
      {
        "version": "4",
        "groupKey": "{}:{alertname=\\"DiskSpaceLow\\"}",
        "truncatedAlerts": 0,
        "status": "firing",
        "receiver": "byteport",
        "groupLabels": {"alertname": "DiskSpaceLow"},
        "commonLabels": {"alertname": "DiskSpaceLow"},
        "commonAnnotations": {},
        "externalURL": "http://alertmanager:9093",
        "alerts": [
          {
            "status": "firing",
            "labels": {"alertname": "DiskSpaceLow", "instance": "web-01", "severity": "critical"},
            "annotations": {"summary": "Disk of web-01\\nis filling up", "value": "9.1e+01"},
            "startsAt": "2026-11-22T11:58:03.123Z",
            "endsAt": "0001-01-01T00:00:00Z",
            "generatorURL": "http://prometheus:9090/graph?g0.expr=x",
            "fingerprint": "c1d2e3f4a5b60718"
          },
          {
            "status": "resolved",
            "labels": {"alertname": "Nonsense", "instance": "web-02", "severity": "critical"},
            "annotations": {},
            "startsAt": "2026-11-22T10:00:00+01:00",
            "endsAt": "2026-11-22T11:59:00Z",
            "generatorURL": "",
            "fingerprint": "00d2e3f4a5b60718"
          }
        ]
      }
      """;

  private static final Source OPEN = open(new AlertmanagerSource(), Map.of(), Map.of());

  @Test
  void what_is_posted_becomes_alerts_with_all_that_is_known() throws Exception {
    List<Alert> alerts = accepted(OPEN, delivered(POSTED));

    assertThat(alerts).hasSize(2);
    Alert first = alerts.getFirst();
    assertThat(first.type()).isEqualTo("disk_pressure");
    assertThat(first.title()).isEqualTo("Disk of web-01 is filling up");
    assertThat(first.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(first.status()).isEqualTo(Status.FIRING);
    assertThat(first.labels())
        .containsEntry("instance", "web-01")
        .containsEntry("summary", "Disk of web-01\nis filling up");
    assertThat(first.startedAt()).isEqualTo(Instant.parse("2026-11-22T11:58:03.123Z"));
    assertThat(first.value()).isEqualTo("91");
    assertThat(first.fingerprint()).isEqualTo("c1d2e3f4a5b60718");
    assertThat(first.link()).isEqualTo("http://prometheus:9090/graph?g0.expr=x");
  }

  @Test
  void what_has_resolved_is_an_info_with_the_value_0() throws Exception {
    Alert second = accepted(OPEN, delivered(POSTED)).get(1);

    assertThat(second.status()).isEqualTo(Status.RESOLVED);
    assertThat(second.severity()).isEqualTo(Severity.INFO);
    assertThat(second.value()).isEqualTo("0");
    assertThat(second.type()).isNull();
    assertThat(second.link()).isNull();
  }

  @Test
  void an_alert_that_is_named_as_a_signal_is_that_signal() throws Exception {
    assertThat(one("{\"alertname\":\"db_pool_saturated\"}").type()).isEqualTo("db_pool_saturated");
    assertThat(one("{\"alertname\":\"X\",\"byteport_signal\":\"memory_pressure_high\"}").type())
        .isEqualTo("memory_pressure_high");
    assertThat(one("{\"alertname\":\"X\",\"resource\":\"cpu\"}").type()).isEqualTo("host.cpu_high");
    assertThat(one("{\"alertname\":\"Something\"}").type()).isNull();
  }

  @Test
  void words_of_severity_are_read_as_the_table_says() throws Exception {
    assertThat(one("{\"a\":\"b\",\"severity\":\"page\"}").severity()).isEqualTo(Severity.CRITICAL);
    assertThat(one("{\"a\":\"b\",\"severity\":\"Error\"}").severity()).isEqualTo(Severity.HIGH);
    assertThat(one("{\"a\":\"b\",\"severity\":\"none\"}").severity()).isEqualTo(Severity.INFO);
    assertThat(one("{\"a\":\"b\",\"priority\":\"P2\"}").severity()).isEqualTo(Severity.HIGH);
    assertThat(one("{\"a\":\"b\",\"severity\":\"blue\"}").severity()).isEqualTo(Severity.WARNING);
    assertThat(one("{\"a\":\"b\"}").severity()).isEqualTo(Severity.WARNING);
  }

  @Test
  void signs_of_life_are_no_alerts() throws Exception {
    assertThat(
            accepted(OPEN, delivered("{\"alerts\":[{\"labels\":{\"alertname\":\"Watchdog\"}}]}")))
        .isEmpty();
  }

  @Test
  void a_fingerprint_that_is_missing_is_made_of_the_labels_in_any_order() throws Exception {
    String one = one("{\"alertname\":\"A\",\"b\":\"1\"}").fingerprint();
    assertThat(one("{\"b\":\"1\",\"alertname\":\"A\"}").fingerprint()).isEqualTo(one);
    assertThat(one("{\"b\":\"2\",\"alertname\":\"A\"}").fingerprint()).isNotEqualTo(one);
  }

  @Test
  void a_time_that_is_none_or_yet_to_come_is_now() throws Exception {
    for (String time : List.of("0001-01-01T00:00:00Z", "soon", "2031-01-01T00:00:00Z")) {
      String body = "{\"alerts\":[{\"labels\":{\"a\":\"b\"},\"startsAt\":\"" + time + "\"}]}";
      assertThat(accepted(OPEN, delivered(body)).getFirst().startedAt()).as(time).isEqualTo(NOW);
    }
  }

  @Test
  void what_is_not_sent_by_alertmanager_is_malformed() throws Exception {
    for (String body :
        List.of("", "no", "[]", "{}", "null", "{\"alerts\":{}}", POSTED.substring(0, 300))) {
      assertThat(refused(OPEN, delivered(body))).as(body).isEqualTo(Refusal.MALFORMED);
    }
    assertThat(accepted(OPEN, delivered("{\"alerts\":[1,null,[],{},{\"labels\":3}]}"))).isEmpty();
  }

  @Test
  void only_the_bearer_of_the_token_is_let_in() throws Exception {
    Source source = open(new AlertmanagerSource(), Map.of(), Map.of("bearer", SECRET));

    assertThat(accepted(source, delivered(POSTED, "Authorization", "Bearer " + SECRET))).hasSize(2);
    assertThat(refused(source, delivered(POSTED))).isEqualTo(Refusal.UNSIGNED);
    assertThat(refused(source, delivered(POSTED, "Authorization", "Basic " + SECRET)))
        .isEqualTo(Refusal.UNSIGNED);
    assertThat(refused(source, delivered(POSTED, "Authorization", "Bearer " + SECRET + "x")))
        .isEqualTo(Refusal.FORGED);
    assertThat(refused(source, delivered("{", "Authorization", "Bearer wrong")))
        .isEqualTo(Refusal.FORGED);
  }

  @Test
  void a_token_and_a_signature_are_both_needed_where_both_are_configured() throws Exception {
    Source source =
        open(
            new AlertmanagerSource(),
            Map.of("header", "X-Proxy-Signature"),
            Map.of("bearer", SECRET, "hmacSha256", "other"));
    String signature = "sha256=" + hmac("other", POSTED);

    assertThat(
            accepted(
                source,
                delivered(
                    POSTED, "Authorization", "Bearer " + SECRET, "X-Proxy-Signature", signature)))
        .hasSize(2);
    assertThat(refused(source, delivered(POSTED, "X-Proxy-Signature", signature)))
        .isEqualTo(Refusal.UNSIGNED);
    assertThat(refused(source, delivered(POSTED, "Authorization", "Bearer " + SECRET)))
        .isEqualTo(Refusal.UNSIGNED);
  }

  private static final String LISTED =
      """
      [
        {
          "annotations": {"summary": "Memory of api-1"},
          "endsAt": "2026-11-22T12:03:00.000Z",
          "fingerprint": "aa11",
          "receivers": [{"name": "byteport"}],
          "startsAt": "2026-11-22T11:30:00.000Z",
          "status": {"inhibitedBy": [], "silencedBy": [], "state": "active"},
          "updatedAt": "2026-11-22T11:59:00.000Z",
          "generatorURL": "http://prometheus:9090/x",
          "labels": {"alertname": "HighMemoryUsage", "pod": "api-1", "severity": "warning"}
        },
        {
          "annotations": {},
          "fingerprint": "bb22",
          "startsAt": "2026-11-22T11:30:00.000Z",
          "status": {"inhibitedBy": [], "silencedBy": ["x"], "state": "suppressed"},
          "labels": {"alertname": "HighMemoryUsage", "pod": "api-2"}
        }
      ]
      """;

  @Test
  void polling_finds_all_that_fires_and_is_not_silenced() throws Exception {
    try (Site site = new Site().on("GET", "/prefix/api/v2/alerts?", LISTED);
        Source source =
            open(
                new AlertmanagerSource(),
                Map.of("address", site.url() + "/prefix/", "filter", List.of("team=\"dba\"")),
                Map.of("token", SECRET))) {
      Polled polled = source.poller().orElseThrow().poll(null);

      assertThat(polled.everything()).isTrue();
      assertThat(polled.alerts()).extracting(Alert::fingerprint).containsExactly("aa11");
      assertThat(polled.alerts()).extracting(Alert::type).containsExactly("memory_pressure");
      assertThat(site.seen().getFirst().target())
          .isEqualTo(
              "/prefix/api/v2/alerts?active=true&silenced=false&inhibited=false"
                  + "&filter=team%3D%22dba%22");
      assertThat(site.seen().getFirst().header("Authorization")).isEqualTo("Bearer " + SECRET);
    }
  }

  @Test
  void an_answer_of_500_is_told_in_its_own_words_without_the_token() throws Exception {
    try (Site site =
            new Site()
                .on(
                    "GET",
                    "/api/v2/alerts",
                    500,
                    Map.of("Retry-After", "120"),
                    "{\"message\":\"no space left, says " + SECRET + "\"}");
        Source source =
            open(
                new AlertmanagerSource(), Map.of("address", site.url()), Map.of("token", SECRET))) {
      SourceException failure = catchThrowableOfType(SourceException.class, () -> polled(source));

      assertThat(failure)
          .hasMessageStartingWith("no space left, says *** [500] (GET 127.0.0.1:")
          .hasMessageEndingWith("/api/v2/alerts)");
      assertThat(failure.retryAfter()).isEqualTo(Duration.ofMinutes(2));
    }
  }

  @Test
  void an_answer_that_is_no_list_and_a_server_that_is_gone_are_told() throws Exception {
    Source source;
    try (Site site = new Site().on("GET", "/api/v2/alerts", "{\"alerts\":[]}")) {
      source = open(new AlertmanagerSource(), Map.of("address", site.url()), Map.of());
      Source asking = source;
      assertThat(catchThrowableOfType(SourceException.class, () -> polled(asking)))
          .hasMessageContaining("expected a list of alerts");
      site.on("GET", "/api/v2/alerts", "<html>");
      assertThat(catchThrowableOfType(SourceException.class, () -> polled(asking)))
          .hasMessageContaining("expected JSON");
      site.on("GET", "/api/v2/alerts", 302, Map.of("Location", "http://elsewhere/"), "");
      assertThat(catchThrowableOfType(SourceException.class, () -> polled(asking)))
          .hasMessageContaining("not followed");
    }
    assertThat(catchThrowableOfType(SourceException.class, () -> polled(source)))
        .hasMessageContaining("127.0.0.1");
    source.close();
  }

  @Test
  void without_an_address_it_is_not_polled() {
    assertThat(OPEN.poller()).isEmpty();
    assertThat(OPEN.receiver()).isPresent();
    assertThat(OPEN.feedback()).isEmpty();
  }

  private static Alert one(String labels) throws Exception {
    return accepted(OPEN, delivered("{\"alerts\":[{\"labels\":" + labels + "}]}")).getFirst();
  }

  @Provide
  Arbitrary<String> bodies() {
    return OddJson.of(
        List.of(
            "alerts",
            "labels",
            "annotations",
            "status",
            "startsAt",
            "values",
            "fingerprint",
            "severity",
            "alertname",
            "state",
            "generatorURL",
            "title"),
        POSTED,
        LISTED);
  }

  @Property(tries = 500)
  void nothing_that_is_posted_makes_it_throw(@ForAll("bodies") String body) throws Exception {
    assertThat(io.byteport.adapter.alerts.Given.receive(OPEN, delivered(body))).isNotNull();
  }

  @Property(tries = 300)
  void nothing_that_is_answered_makes_the_mapper_throw(@ForAll("bodies") String body) {
    assertThat(
            new ManagedAlerts((name, labels, severity) -> null)
                .listed(io.byteport.adapter.cloud.http.Json.lenient(body), NOW))
        .doesNotContainNull();
  }
}
