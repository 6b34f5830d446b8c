package io.byteport.adapter.alerts.pagerduty;

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
import io.byteport.adapter.alerts.Told;
import io.byteport.engine.channel.ChannelException;
import io.byteport.engine.signal.Signal.Severity;
import io.byteport.engine.signal.Signal.Status;
import io.byteport.engine.source.Alert;
import io.byteport.engine.source.Delivered;
import io.byteport.engine.source.Received.Refusal;
import io.byteport.engine.source.Source;
import io.byteport.engine.source.SourceException;
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

class PagerDutyTest {
  private static final String INCIDENT =
      """
      {"id": "PT4KHLK", "type": "incident", "summary": "[#1234] Disk of db-01 is filling up",
       "self": "https://api.pagerduty.com/incidents/PT4KHLK",
       "html_url": "https://example.pagerduty.com/incidents/PT4KHLK", "incident_number": 1234,
       "title": "Disk of db-01 is filling up", "created_at": "2026-11-22T11:45:00Z",
       "status": "triggered", "incident_key": "a3c5e7",
       "service": {"id": "PIJ90N7", "type": "service_reference", "summary": "Orders database"},
       "assignments": [], "urgency": "high", "priority": {"id": "P53", "summary": "P1"},
       "escalation_policy": {"id": "PE1", "summary": "Default"}}
      """;
  private static final String LISTED =
      "{\"incidents\": [" + INCIDENT + "], \"limit\": 100, \"offset\": 0, \"more\": false}";
  private static final String POSTED =
      """
      {"event": {"id": "01E", "event_type": "incident.triggered", "resource_type": "incident",
       "occurred_at": "2026-11-22T11:45:01Z", "agent": null, "client": null,
       "data": {"id": "PT4KHLK", "type": "incident", "number": 1234, "status": "triggered",
         "html_url": "https://example.pagerduty.com/incidents/PT4KHLK", "incident_key": "a3c5e7",
         "created_at": "2026-11-22T11:45:00Z", "title": "Disk of db-01 is filling up",
         "service": {"id": "PIJ90N7", "summary": "Orders database"}, "urgency": "high",
         "assignees": [], "teams": [], "priority": null, "resolve_reason": null}}}
      """;

  private static Source at(Site site, Object... settings) {
    Map<String, Object> all = new LinkedHashMap<>(Map.of("address", site.url()));
    for (int i = 0; i < settings.length; i += 2) {
      all.put((String) settings[i], settings[i + 1]);
    }
    return open(new PagerDutySource(), all, Map.of("token", SECRET, "hmacSha256", SECRET));
  }

  @Test
  void incident_polling_finds_what_is_triggered_and_acknowledged() throws Exception {
    try (Site site = new Site().on("GET", "/incidents?", LISTED);
        Source source = at(site, "serviceIds", List.of("PIJ90N7", "PIJ90N8"))) {
      Alert alert = polled(source).getFirst();

      assertThat(alert.type()).isEqualTo("database.disk_pressure");
      assertThat(alert.title()).isEqualTo("Disk of db-01 is filling up");
      assertThat(alert.status()).isEqualTo(Status.FIRING);
      assertThat(alert.startedAt()).isEqualTo("2026-11-22T11:45:00Z");
      assertThat(alert.link()).isEqualTo("https://example.pagerduty.com/incidents/PT4KHLK");
      assertThat(alert.labels())
          .containsEntry("service", "Orders database")
          .containsEntry("number", "1234")
          .containsEntry("priority", "P1");
      Site.Seen seen = site.seen().getFirst();
      assertThat(seen.target())
          .isEqualTo(
              "/incidents?statuses%5B%5D=triggered&statuses%5B%5D=acknowledged"
                  + "&service_ids%5B%5D=PIJ90N7&service_ids%5B%5D=PIJ90N8"
                  + "&sort_by=created_at%3Aasc&limit=100&offset=0");
      assertThat(seen.header("Authorization")).isEqualTo("Token token=" + SECRET);
      assertThat(seen.header("Accept")).isEqualTo("application/vnd.pagerduty+json;version=2");
    }
  }

  @Test
  void dedup_key_is_the_incident_across_cycles() throws Exception {
    try (Site site = new Site().on("GET", "/incidents?", LISTED);
        Source source = at(site)) {
      assertThat(polled(source)).extracting(Alert::fingerprint).containsExactly("PT4KHLK");
      assertThat(polled(source)).extracting(Alert::fingerprint).containsExactly("PT4KHLK");
    }
  }

  @Test
  void dedup_key_is_the_same_polled_and_posted() throws Exception {
    assertThat(one(POSTED).fingerprint()).isEqualTo("PT4KHLK");
    assertThat(one(POSTED).type()).isEqualTo("database.disk_pressure");
    assertThat(one(POSTED).labels()).containsEntry("number", "1234");
  }

  @ParameterizedTest
  @CsvSource({"high, CRITICAL", "low, WARNING", "odd, WARNING"})
  void urgency_is_the_severity(String urgency, Severity severity) throws Exception {
    assertThat(one(POSTED.replace("\"high\"", "\"" + urgency + "\"")).severity())
        .isEqualTo(severity);
  }

  @ParameterizedTest
  @CsvSource({
    "Orders database, 'Disk of db-01 is filling up', database.disk_pressure",
    "Orders API, 'CrashLoopBackOff: api-1', pod_crashloop",
    "Edge, 'Certificate of www.example.com expires in 6 days', ssl_cert_expiring",
    "Deploys, 'Rollout of web failed', deploy_failure",
    "Shop, 'Error rate above 5 %', application_error.error_rate_spike",
    "web-01, 'CPU at 97 %', host.cpu_high",
    "web-01, 'Disk usage above 90 %', host.disk_pressure",
    "web-01, 'Out of memory', host.memory_pressure"
  })
  void signal_heuristics(String service, String title, String signal) {
    assertThat(Heuristics.signal(service, title, true)).isEqualTo(signal);
    assertThat(Heuristics.signal(service, title, false)).isEqualTo(signal);
  }

  @Test
  void words_inside_of_other_words_are_no_hints() {
    assertThat(Heuristics.signal("Load balancer", "Concert tickets: nobody can pay", false))
        .isNull();
    assertThat(Heuristics.signal("Podcast", "Memorable outage of discus", false)).isNull();
  }

  @Test
  void fallback_of_what_is_urgent_is_service_unavailable() {
    assertThat(Heuristics.signal("Checkout", "Nobody can pay", true))
        .isEqualTo("service_unavailable");
    assertThat(Heuristics.signal("Checkout", "Nobody can pay", false)).isNull();
  }

  @Test
  void auto_resolve_puts_the_incident_and_notes_by_whom() throws Exception {
    try (Site site =
            new Site()
                .on("PUT", "/incidents/PT4KHLK", "{\"incident\":{}}")
                .on("POST", "/incidents/PT4KHLK/notes", 201, Map.of(), "{\"note\":{}}");
        Source source = at(site, "fromEmail", "byteport@example.com")) {
      source.feedback().orElseThrow().ended("PT4KHLK", Told.that("resolved"));

      assertThat(site.seen()).extracting(Site.Seen::method).containsExactly("PUT", "POST");
      Site.Seen put = site.seen().getFirst();
      assertThat(put.body()).contains("\"status\":\"resolved\"", "\"type\":\"incident_reference\"");
      assertThat(put.header("From")).isEqualTo("byteport@example.com");
      assertThat(site.seen().get(1).body())
          .contains("disk_space_auto_reclaim", "run-7", "https://byteport.example.com/runs/run-7");
    }
  }

  @Test
  void auto_resolve_leaves_alone_what_was_not_resolved() throws Exception {
    try (Site site = new Site();
        Source source = at(site, "fromEmail", "byteport@example.com")) {
      for (String result : List.of("escalated", "skipped", "handed_off")) {
        source.feedback().orElseThrow().ended("PT4KHLK", Told.that(result));
      }
      assertThat(site.seen()).isEmpty();
    }
  }

  @Test
  void auto_resolve_after_a_crash_is_fine_with_what_is_resolved_already() throws Exception {
    String already =
        "{\"error\":{\"message\":\"Invalid Input\",\"errors\":[\"Incident Already Resolved\"]}}";
    try (Site site =
            new Site()
                .on("PUT", "/incidents/PT4KHLK", 400, Map.of(), already)
                .on("POST", "/incidents/PT4KHLK/notes", 201, Map.of(), "{}");
        Source source = at(site, "fromEmail", "byteport@example.com")) {
      source.feedback().orElseThrow().ended("PT4KHLK", Told.that("resolved"));
      assertThat(site.seen()).hasSize(2);
    }
  }

  @Test
  void auto_resolve_that_is_not_taken_is_told() throws Exception {
    try (Site site =
            new Site()
                .on("PUT", "/incidents/A", 500, Map.of(), "{\"error\":{\"message\":\"Oops\"}}")
                .on(
                    "PUT",
                    "/incidents/B",
                    404,
                    Map.of(),
                    "{\"error\":{\"message\":\"Not Found\"}}");
        Source source = at(site, "fromEmail", "byteport@example.com")) {
      ChannelException later =
          catchThrowableOfType(
              ChannelException.class,
              () -> source.feedback().orElseThrow().ended("A", Told.that("resolved")));
      assertThat(later).hasMessageStartingWith("Oops [500]");
      assertThat(later.isPermanent()).isFalse();
      assertThat(
              catchThrowableOfType(
                  ChannelException.class,
                  () -> source.feedback().orElseThrow().ended("B", Told.that("resolved"))))
          .hasMessageStartingWith("Not Found [404]")
          .matches(ChannelException::isPermanent);
    }
  }

  @Test
  void without_a_name_to_resolve_in_nothing_is_told_back() {
    try (Site site = new Site();
        Source source = at(site)) {
      assertThat(source.feedback()).isEmpty();
    }
  }

  @Test
  void api_error_tolerance_tells_it_with_the_time_to_stay_away() throws Exception {
    try (Site site =
            new Site()
                .on(
                    "GET",
                    "/incidents?",
                    429,
                    Map.of("ratelimit-reset", "42"),
                    "{\"error\":{\"message\":\"Rate Limit Exceeded\",\"code\":2020}}");
        Source source = at(site)) {
      SourceException failure = catchThrowableOfType(SourceException.class, () -> polled(source));
      assertThat(failure).hasMessageStartingWith("Rate Limit Exceeded [429]");
      assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(42));
      site.on("GET", "/incidents?", LISTED);
      assertThat(polled(source)).hasSize(1);
    }
  }

  @Test
  void pagination_reads_all_pages() throws Exception {
    String first = LISTED.replace("\"more\": false", "\"more\": true");
    String second = LISTED.replace("PT4KHLK", "PSECOND");
    try (Site site = new Site().on("GET", page(0), first).on("GET", page(100), second);
        Source source = at(site)) {
      assertThat(polled(source))
          .extracting(Alert::fingerprint)
          .containsExactly("PT4KHLK", "PSECOND");
    }
  }

  @Test
  void pagination_that_breaks_off_takes_nothing() throws Exception {
    String first = LISTED.replace("\"more\": false", "\"more\": true");
    try (Site site = new Site().on("GET", page(0), first).on("GET", page(100), 500, Map.of(), "");
        Source source = at(site)) {
      assertThat(catchThrowableOfType(SourceException.class, () -> polled(source)))
          .hasMessageStartingWith("the server answered 500");
    }
  }

  @Test
  void pagination_that_does_not_end_is_told() throws Exception {
    try (Site site = new Site().on("GET", "/incidents?", "{\"incidents\":[],\"more\":true}");
        Source source = at(site)) {
      assertThat(catchThrowableOfType(SourceException.class, () -> polled(source)))
          .hasMessage("there are more than 10000 open incidents");
      assertThat(site.seen()).hasSize(100);
    }
  }

  private static String page(int offset) {
    return "/incidents?statuses%5B%5D=triggered&statuses%5B%5D=acknowledged"
        + "&sort_by=created_at%3Aasc&limit=100&offset="
        + offset;
  }

  @Test
  void a_token_of_another_account_is_noticed() throws Exception {
    try (Site site = new Site().on("GET", "/incidents?", LISTED);
        Source source = at(site, "subdomain", "other")) {
      assertThat(catchThrowableOfType(SourceException.class, () -> polled(source)))
          .hasMessage("expected incidents of `other`, found one of `example.pagerduty.com`");
    }
  }

  @Test
  void what_we_opened_ourselves_is_not_heard() throws Exception {
    String ours = POSTED.replace("a3c5e7", "byteport/mine/disk_pressure/host/web-01");
    assertThat(accepted(signed(), signed(ours))).isEmpty();
  }

  @Test
  void the_end_of_an_incident_is_its_resolution() throws Exception {
    Alert alert =
        one(
            POSTED
                .replace("incident.triggered", "incident.resolved")
                .replace("\"status\": \"triggered\"", "\"status\": \"resolved\""));
    assertThat(alert.status()).isEqualTo(Status.RESOLVED);
    assertThat(alert.severity()).isEqualTo(Severity.INFO);
    assertThat(alert.fingerprint()).isEqualTo("PT4KHLK");
  }

  @Test
  void incidents_of_other_services_than_those_that_are_named_are_not_heard() throws Exception {
    for (String service : List.of("PIJ90N7", "POTHER")) {
      Source source =
          open(
              new PagerDutySource(),
              Map.of("serviceIds", List.of(service)),
              Map.of("hmacSha256", SECRET));
      assertThat(accepted(source, signed(POSTED)))
          .as(service)
          .hasSize(service.equals("POTHER") ? 0 : 1);
    }
  }

  @Test
  void events_about_something_else_say_nothing() throws Exception {
    for (String body :
        List.of(
            "{\"event\":{\"event_type\":\"pagey.ping\",\"data\":{\"type\":\"ping\"}}}",
            "{\"event\":{\"event_type\":\"incident.annotated\","
                + "\"data\":{\"id\":\"P1\",\"type\":\"incident_note\"}}}",
            "{\"event\":{\"event_type\":\"service.created\","
                + "\"data\":{\"id\":\"P1\",\"type\":\"service\"}}}")) {
      assertThat(accepted(signed(), signed(body))).as(body).isEmpty();
    }
    assertThat(refused(signed(), signed("{\"messages\":[]}"))).isEqualTo(Refusal.MALFORMED);
    assertThat(refused(signed(), signed("event"))).isEqualTo(Refusal.MALFORMED);
  }

  @Test
  void one_right_signature_of_several_is_enough() throws Exception {
    String right = "v1=" + hmac(SECRET, POSTED);
    String wrong = "v1=" + hmac("old", POSTED);
    for (String header :
        List.of(right, wrong + "," + right, right + "," + wrong, wrong + ", " + right)) {
      assertThat(accepted(signed(), delivered(POSTED, "X-PagerDuty-Signature", header)))
          .as(header)
          .hasSize(1);
    }
    for (String header :
        List.of(wrong, wrong + "," + wrong, "v1=", "", "v1=" + hmac(SECRET, POSTED).substring(2))) {
      assertThat(refused(signed(), delivered(POSTED, "X-PagerDuty-Signature", header)))
          .as(header)
          .isEqualTo(Refusal.FORGED);
    }
    assertThat(refused(signed(), delivered(POSTED))).isEqualTo(Refusal.UNSIGNED);
  }

  @Test
  void without_a_secret_nothing_can_be_judged() {
    Source source = open(new PagerDutySource(), Map.of(), Map.of());
    assertThat(
            catchThrowableOfType(
                SourceException.class,
                () -> receive(source, delivered(POSTED, "X-PagerDuty-Signature", "v1=00"))))
        .hasMessage("the source `mine` has no credential `hmacSha256`");
    assertThat(source.poller()).isEmpty();
  }

  private static Source signed() {
    return open(new PagerDutySource(), Map.of(), Map.of("hmacSha256", SECRET));
  }

  private static Delivered signed(String body) {
    return delivered(body, "X-PagerDuty-Signature", "v1=" + hmac(SECRET, body));
  }

  private static Alert one(String body) throws Exception {
    return accepted(signed(), signed(body)).getFirst();
  }

  @Provide
  Arbitrary<String> bodies() {
    return OddJson.of(
        List.of("event", "event_type", "data", "id", "type", "service", "incidents", "title"),
        POSTED,
        LISTED);
  }

  @Property(tries = 300)
  void nothing_that_is_posted_makes_it_throw(@ForAll("bodies") String body) throws Exception {
    assertThat(receive(signed(), signed(body))).isNotNull();
    assertThat(
            Incidents.listed(
                io.byteport.adapter.cloud.http.Json.lenient(body),
                io.byteport.adapter.alerts.Given.NOW))
        .doesNotContainNull();
  }
}
