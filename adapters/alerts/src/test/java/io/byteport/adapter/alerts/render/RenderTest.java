package io.byteport.adapter.alerts.render;

import static io.byteport.adapter.alerts.Given.NOW;
import static io.byteport.adapter.alerts.Given.SECRET;
import static io.byteport.adapter.alerts.Given.accepted;
import static io.byteport.adapter.alerts.Given.connection;
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
import io.byteport.engine.signal.Signal.Severity;
import io.byteport.engine.signal.Signal.Status;
import io.byteport.engine.source.Alert;
import io.byteport.engine.source.Delivered;
import io.byteport.engine.source.Polled;
import io.byteport.engine.source.Received.Refusal;
import io.byteport.engine.source.Source;
import io.byteport.engine.source.SourceException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenderTest {
  private static final String SERVICE = "srv-cukouhrtq21c73e9scng";
  private static final String POSTED =
      """
      {"type": "deploy_ended", "timestamp": "2026-11-22T11:58:00.123Z",
       "data": {"id": "evt-cukouhrtq21c73e9scng", "serviceId": "%s",
         "serviceName": "shop", "status": "failed"}}
      """
          .formatted(SERVICE);
  private static final byte[] KEY = SECRET.getBytes(StandardCharsets.UTF_8);
  private static final String WHSEC = "whsec_" + Base64.getEncoder().encodeToString(KEY);

  private static Source heard() {
    return open(new RenderSource(), Map.of(), Map.of("hmacSha256", WHSEC));
  }

  private static Delivered signed(String body, long second, byte[] key) {
    String signature =
        "v1," + Base64.getEncoder().encodeToString(hmac(key, "evt-1." + second + "." + body));
    return delivered(
        body,
        "webhook-id",
        "evt-1",
        "webhook-timestamp",
        Long.toString(second),
        "webhook-signature",
        "v1,AAAA " + signature);
  }

  private static Delivered signed(String body) {
    return signed(body, NOW.getEpochSecond(), KEY);
  }

  @Test
  void a_deploy_that_failed_is_heard() throws Exception {
    Alert alert = accepted(heard(), signed(POSTED)).getFirst();

    assertThat(alert.type()).isEqualTo("deploy_failed");
    assertThat(alert.severity()).isEqualTo(Severity.HIGH);
    assertThat(alert.title()).isEqualTo("shop: deploy_ended");
    assertThat(alert.fingerprint()).isEqualTo(SERVICE + "/deploy");
    assertThat(alert.startedAt()).isEqualTo("2026-11-22T11:58:00.123Z");
    assertThat(alert.labels()).containsEntry("service_id", SERVICE);
  }

  @ParameterizedTest
  @CsvSource({
    "deploy_ended, failed, deploy_failed, FIRING",
    "deploy_ended, succeeded, deploy_failed, RESOLVED",
    "deploy_ended, canceled, ,",
    "image_pull_failed, '', deploy_failed, FIRING",
    "server_failed, '', health_check_failing, FIRING",
    "server_available, '', health_check_failing, RESOLVED",
    "deploy_started, '', ,"
  })
  void events_are_read_as_the_table_says(String type, String status, String signal, Status firing)
      throws Exception {
    String body = POSTED.replace("deploy_ended", type).replace("\"failed\"", "\"" + status + "\"");
    List<Alert> alerts = accepted(heard(), signed(body));
    assertThat(alerts.stream().map(Alert::type).findFirst().orElse(null)).isEqualTo(signal);
    assertThat(alerts.stream().map(Alert::status).findFirst().orElse(null)).isEqualTo(firing);
  }

  @Test
  void signatures_are_judged_with_their_time() throws Exception {
    long now = NOW.getEpochSecond();
    Source source = heard();
    assertThat(refused(source, delivered(POSTED))).isEqualTo(Refusal.UNSIGNED);
    assertThat(refused(source, signed(POSTED, now, "other".getBytes(StandardCharsets.UTF_8))))
        .isEqualTo(Refusal.FORGED);
    assertThat(refused(source, signed(POSTED, now - 301, KEY))).isEqualTo(Refusal.REPLAYED);
    assertThat(accepted(source, signed(POSTED, now - 10, KEY))).hasSize(1);
    assertThat(refused(source, signed(POSTED, now - 10, KEY))).isEqualTo(Refusal.REPLAYED);
    assertThat(refused(source, signed("[]", now, KEY))).isEqualTo(Refusal.MALFORMED);
  }

  @Test
  void a_secret_that_is_none_is_told() {
    Source source = open(new RenderSource(), Map.of(), Map.of("hmacSha256", "whsec_%%%"));
    assertThat(catchThrowableOfType(SourceException.class, () -> receive(source, signed(POSTED))))
        .hasMessage("the credential `hmacSha256` is no secret in base64");
  }

  private static Source at(Site site) {
    return open(
        new RenderSource(),
        Map.of("services", List.of(SERVICE)),
        Map.of("hmacSha256", WHSEC),
        connection("render", Map.of("address", site.url()), Map.of("token", SECRET)));
  }

  private static String deploy(String id, String status, String finished) {
    return """
    {"deploy": {"id": "%s", "status": "%s", "trigger": "new_commit",
      "commit": {"id": "d3adb33f", "message": "Faster"},
      "createdAt": "2026-11-22T09:00:00Z", "finishedAt": "%s"}, "cursor": "x"}
    """
        .formatted(id, status, finished);
  }

  @ParameterizedTest
  @CsvSource({
    "build_failed, live, 2026-11-22T11:50:00Z, dep-1",
    "update_failed, live, 2026-11-22T11:50:00Z, dep-1",
    "pre_deploy_failed, live, 2026-11-22T11:50:00Z, dep-1",
    "canceled, update_failed, 2026-11-22T11:50:00Z, dep-2",
    "build_in_progress, update_failed, 2026-11-22T11:50:00Z, dep-2",
    "live, update_failed, 2026-11-22T11:50:00Z,",
    "update_failed, live, 2026-11-22T10:50:00Z,"
  })
  void polling_finds_the_newest_deploy_that_ended_if_it_failed_lately(
      String first, String second, String finished, String found) throws Exception {
    String body =
        "[" + deploy("dep-1", first, finished) + "," + deploy("dep-2", second, finished) + "]";
    try (Site site = new Site().on("GET", "/services/" + SERVICE + "/deploys?", body);
        Source source = at(site)) {
      List<Alert> alerts = polled(source);
      assertThat(
              alerts.stream()
                  .filter(one -> one.status() == Status.FIRING)
                  .map(one -> one.labels().get("deploy_id"))
                  .findFirst()
                  .orElse(null))
          .isEqualTo(found);
      assertThat(alerts)
          .allSatisfy(alert -> assertThat(alert.fingerprint()).isEqualTo(SERVICE + "/deploy"))
          .allSatisfy(alert -> assertThat(alert.labels()).containsEntry("sha", "d3adb33f"));
    }
  }

  @Test
  void polling_says_that_a_deploy_went_well_and_nothing_of_servers() throws Exception {
    String body = "[" + deploy("dep-1", "live", "2026-11-22T11:50:00Z") + "]";
    try (Site site = new Site().on("GET", "/services/" + SERVICE + "/deploys?", body);
        Source source = at(site)) {
      Polled polled = source.poller().orElseThrow().poll(null);
      assertThat(polled.everything()).isFalse();
      assertThat(polled.alerts()).extracting(Alert::status).containsExactly(Status.RESOLVED);
    }
  }

  @Test
  void a_refusal_is_told_in_the_words_of_render() throws Exception {
    try (Site site =
            new Site().on("GET", "/services/", 401, Map.of(), "{\"message\":\"unauthorized\"}");
        Source source = at(site)) {
      assertThat(catchThrowableOfType(SourceException.class, () -> polled(source)))
          .hasMessageContaining("unauthorized");
    }
  }

  @Provide
  Arbitrary<String> bodies() {
    return OddJson.of(List.of("type", "data", "serviceId", "status", "timestamp"), POSTED);
  }

  @Property(tries = 300)
  void nothing_that_is_posted_makes_it_throw(@ForAll("bodies") String body) throws Exception {
    assertThat(receive(heard(), signed(body))).isNotNull();
  }
}
