package io.byteport.adapter.alerts.flux;

import static io.byteport.adapter.alerts.Given.SECRET;
import static io.byteport.adapter.alerts.Given.accepted;
import static io.byteport.adapter.alerts.Given.delivered;
import static io.byteport.adapter.alerts.Given.hmac;
import static io.byteport.adapter.alerts.Given.open;
import static io.byteport.adapter.alerts.Given.receive;
import static io.byteport.adapter.alerts.Given.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.adapter.alerts.OddJson;
import io.byteport.engine.signal.Signal.Severity;
import io.byteport.engine.signal.Signal.Status;
import io.byteport.engine.source.Alert;
import io.byteport.engine.source.Received.Refusal;
import io.byteport.engine.source.Source;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class FluxTest {
  private static final String POSTED =
      """
      {"involvedObject": {"kind": "Kustomization", "namespace": "flux-system", "name": "shop",
         "uid": "7d0cdc51", "apiVersion": "kustomize.toolkit.fluxcd.io/v1"},
       "severity": "error", "timestamp": "2026-11-22T11:52:00Z",
       "message": "health check failed after 1m: failed early due to stalled resources: [Deployment/production/web status: 'Failed']",
       "reason": "HealthCheckFailed", "metadata": {"revision": "main@sha1:d3adb33fd3adb33f"},
       "reportingController": "kustomize-controller", "reportingInstance": "kustomize-1"}
      """;

  private static final Source OPEN = open(new FluxSource(), Map.of(), Map.of());

  @Test
  void an_error_names_the_deployment_that_its_message_names() throws Exception {
    Alert alert = accepted(OPEN, delivered(POSTED)).getFirst();

    assertThat(alert.type()).isEqualTo("deployment_rollback");
    assertThat(alert.severity()).isEqualTo(Severity.HIGH);
    assertThat(alert.fingerprint()).isEqualTo("Kustomization/flux-system/shop");
    assertThat(alert.labels())
        .containsEntry("deployment", "web")
        .containsEntry("namespace", "production")
        .containsEntry("sha", "d3adb33fd3adb33f")
        .containsEntry("event", "HealthCheckFailed");
  }

  @Test
  void an_error_that_names_none_leaves_it_open() throws Exception {
    String body = POSTED.replace("Deployment/production/web", "something");
    assertThat(accepted(OPEN, delivered(body)).getFirst().labels())
        .doesNotContainKeys("deployment", "name")
        .containsEntry("namespace", "flux-system");
  }

  @Test
  void success_is_the_end_of_it_and_progress_says_nothing() throws Exception {
    String well =
        POSTED
            .replace("\"error\"", "\"info\"")
            .replace("HealthCheckFailed", "ReconciliationSucceeded");
    Alert end = accepted(OPEN, delivered(well)).getFirst();
    assertThat(end.status()).isEqualTo(Status.RESOLVED);
    assertThat(end.fingerprint()).isEqualTo("Kustomization/flux-system/shop");
    assertThat(accepted(OPEN, delivered(well.replace("ReconciliationSucceeded", "Progressing"))))
        .isEmpty();
  }

  @Test
  void the_signature_of_generic_hmac_is_taken() throws Exception {
    Source signed = open(new FluxSource(), Map.of(), Map.of("hmacSha256", SECRET));
    assertThat(accepted(signed, delivered(POSTED, "X-Signature", "sha256=" + hmac(SECRET, POSTED))))
        .hasSize(1);
    assertThat(refused(signed, delivered(POSTED, "X-Signature", "sha256=" + hmac("x", POSTED))))
        .isEqualTo(Refusal.FORGED);
    assertThat(refused(OPEN, delivered("{}"))).isEqualTo(Refusal.MALFORMED);
  }

  @Provide
  Arbitrary<String> bodies() {
    return OddJson.of(
        List.of("involvedObject", "kind", "name", "severity", "message", "reason", "metadata"),
        POSTED);
  }

  @Property(tries = 300)
  void nothing_that_is_posted_makes_it_throw(@ForAll("bodies") String body) throws Exception {
    assertThat(receive(OPEN, delivered(body))).isNotNull();
  }
}
