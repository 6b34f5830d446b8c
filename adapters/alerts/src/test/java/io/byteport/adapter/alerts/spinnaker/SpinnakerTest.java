package io.byteport.adapter.alerts.spinnaker;

import static io.byteport.adapter.alerts.Given.SECRET;
import static io.byteport.adapter.alerts.Given.accepted;
import static io.byteport.adapter.alerts.Given.delivered;
import static io.byteport.adapter.alerts.Given.open;
import static io.byteport.adapter.alerts.Given.receive;
import static io.byteport.adapter.alerts.Given.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.adapter.alerts.OddJson;
import io.byteport.engine.signal.Signal.Severity;
import io.byteport.engine.source.Alert;
import io.byteport.engine.source.Received.Refusal;
import io.byteport.engine.source.Source;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SpinnakerTest {
  private static final String EVENT =
      """
      {"details": {"source": "orca", "type": "orca:pipeline:failed", "application": "shop"},
       "content": {"executionId": "01HF", "execution": {
         "id": "01HF", "name": "deploy to prod", "application": "shop", "status": "TERMINAL",
         "startTime": 1795347000000, "endTime": 1795347600000,
         "trigger": {"type": "git", "hash": "d3adb33f", "user": "ada"},
         "stages": [
           {"type": "bake", "context": {}},
           {"type": "deployManifest", "context": {"manifests": [
             {"kind": "Deployment", "metadata": {"name": "web", "namespace": "production"}},
             {"kind": "Service", "metadata": {"name": "web", "namespace": "production"}}],
             "outputs.manifests": [
             {"kind": "Deployment", "metadata": {"name": "web", "namespace": "production"}}]}}]}}}
      """;

  private static final Source OPEN = open(new SpinnakerSource(), Map.of(), Map.of());

  @Test
  void a_pipeline_that_failed_names_the_deployment_that_it_put_out() throws Exception {
    Alert alert = accepted(OPEN, delivered(EVENT)).getFirst();

    assertThat(alert.type()).isEqualTo("deployment_rollback");
    assertThat(alert.title()).isEqualTo("deploy to prod of shop failed");
    assertThat(alert.severity()).isEqualTo(Severity.HIGH);
    assertThat(alert.fingerprint()).isEqualTo("01HF");
    assertThat(alert.startedAt()).isEqualTo("2026-11-22T11:40:00Z");
    assertThat(alert.labels())
        .containsEntry("deployment", "web")
        .containsEntry("namespace", "production")
        .containsEntry("sha", "d3adb33f")
        .containsEntry("author", "ada");
  }

  @Test
  void it_may_come_in_an_envelope() throws Exception {
    String enveloped = "{\"eventName\": \"spinnaker_events\", \"payload\": " + EVENT + "}";
    assertThat(accepted(OPEN, delivered(enveloped))).isEqualTo(accepted(OPEN, delivered(EVENT)));
  }

  @Test
  void other_events_say_nothing_and_other_bodies_are_malformed() throws Exception {
    for (String type : List.of("orca:pipeline:complete", "orca:stage:failed", "igor:build")) {
      assertThat(accepted(OPEN, delivered(EVENT.replace("orca:pipeline:failed", type))))
          .as(type)
          .isEmpty();
    }
    assertThat(refused(OPEN, delivered("{\"content\":{}}"))).isEqualTo(Refusal.MALFORMED);
  }

  @Test
  void the_name_and_the_password_that_echo_sends_are_judged() throws Exception {
    Source guarded =
        open(
            new SpinnakerSource(),
            Map.of(),
            Map.of("basicUsername", "echo", "basicPassword", SECRET));
    String right =
        Base64.getEncoder().encodeToString(("echo:" + SECRET).getBytes(StandardCharsets.UTF_8));
    assertThat(accepted(guarded, delivered(EVENT, "Authorization", "Basic " + right))).hasSize(1);
    assertThat(refused(guarded, delivered(EVENT))).isEqualTo(Refusal.UNSIGNED);
  }

  @Provide
  Arbitrary<String> bodies() {
    return OddJson.of(
        List.of("details", "type", "content", "execution", "id", "stages", "manifests", "kind"),
        EVENT);
  }

  @Property(tries = 300)
  void nothing_that_is_posted_makes_it_throw(@ForAll("bodies") String body) throws Exception {
    assertThat(receive(OPEN, delivered(body))).isNotNull();
  }
}
