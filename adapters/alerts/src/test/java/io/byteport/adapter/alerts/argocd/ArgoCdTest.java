package io.byteport.adapter.alerts.argocd;

import static io.byteport.adapter.alerts.Given.SECRET;
import static io.byteport.adapter.alerts.Given.accepted;
import static io.byteport.adapter.alerts.Given.delivered;
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

class ArgoCdTest {
  private static final String POSTED =
      """
      {"app": {
        "metadata": {"name": "shop", "namespace": "argocd"},
        "spec": {"project": "default", "destination": {"namespace": "production"},
          "source": {"repoURL": "https://git.example.com/shop.git", "targetRevision": "HEAD"}},
        "status": {
          "sync": {"status": "OutOfSync", "revision": "d3adb33f"},
          "health": {"status": "Degraded", "message": "Deployment web exceeded its deadline"},
          "operationState": {"phase": "Failed", "message": "one or more objects failed to apply",
            "startedAt": "2026-11-22T11:50:00Z", "finishedAt": "2026-11-22T11:52:00Z",
            "syncResult": {"revision": "c0ffee01"},
            "operation": {"initiatedBy": {"username": "ada"}}},
          "resources": [
            {"kind": "Deployment", "namespace": "production", "name": "web",
             "health": {"status": "Degraded"}},
            {"kind": "Deployment", "namespace": "production", "name": "worker",
             "health": {"status": "Healthy"}},
            {"kind": "Service", "namespace": "production", "name": "web"}],
          "summary": {"externalURLs": ["https://shop.example.com"]}}}}
      """;

  private static final Source OPEN = open(new ArgoCdSource(), Map.of(), Map.of());

  @Test
  void a_sync_that_failed_names_the_deployment_in_trouble() throws Exception {
    Alert alert = accepted(OPEN, delivered(POSTED)).getFirst();

    assertThat(alert.type()).isEqualTo("deployment_rollback");
    assertThat(alert.severity()).isEqualTo(Severity.HIGH);
    assertThat(alert.title()).isEqualTo("shop: one or more objects failed to apply");
    assertThat(alert.fingerprint()).isEqualTo("argocd/shop");
    assertThat(alert.startedAt()).isEqualTo("2026-11-22T11:52:00Z");
    assertThat(alert.labels())
        .containsEntry("deployment", "web")
        .containsEntry("namespace", "production")
        .containsEntry("sha", "c0ffee01")
        .containsEntry("author", "ada")
        .containsEntry("reason", "one or more objects failed to apply");
  }

  @Test
  void a_degraded_application_is_one_too_by_itself_or_in_a_field() throws Exception {
    String degraded = POSTED.replace("\"Failed\"", "\"Succeeded\"");
    assertThat(accepted(OPEN, delivered(degraded)).getFirst().labels())
        .containsEntry("reason", "Deployment web exceeded its deadline");
    String bare = degraded.strip().substring("{\"app\": ".length());
    assertThat(accepted(OPEN, delivered(bare.substring(0, bare.length() - 1))))
        .isEqualTo(accepted(OPEN, delivered(degraded)));
  }

  @Test
  void success_and_health_are_the_end_of_it_and_all_between_says_nothing() throws Exception {
    String well = POSTED.replace("\"Failed\"", "\"Succeeded\"").replace("Degraded", "Healthy");
    Alert end = accepted(OPEN, delivered(well)).getFirst();
    assertThat(end.status()).isEqualTo(Status.RESOLVED);
    assertThat(end.fingerprint()).isEqualTo("argocd/shop");
    String between = POSTED.replace("\"Failed\"", "\"Running\"").replace("Degraded", "Progressing");
    assertThat(accepted(OPEN, delivered(between))).isEmpty();
  }

  @Test
  void where_it_is_not_clear_which_deployment_is_meant_none_is_named() throws Exception {
    String both = POSTED.replace("{\"status\": \"Healthy\"}", "{\"status\": \"Degraded\"}");
    assertThat(accepted(OPEN, delivered(both)).getFirst().labels())
        .doesNotContainKey("deployment")
        .containsEntry("namespace", "production");
  }

  @Test
  void what_is_no_application_is_malformed_and_a_stranger_is_refused() throws Exception {
    for (String body : List.of("", "{}", "[]", "{\"app\":\"shop\"}")) {
      assertThat(refused(OPEN, delivered(body))).as(body).isEqualTo(Refusal.MALFORMED);
    }
    Source guarded = open(new ArgoCdSource(), Map.of(), Map.of("bearer", SECRET));
    assertThat(refused(guarded, delivered(POSTED))).isEqualTo(Refusal.UNSIGNED);
    assertThat(accepted(guarded, delivered(POSTED, "Authorization", "Bearer " + SECRET)))
        .hasSize(1);
  }

  @Provide
  Arbitrary<String> bodies() {
    return OddJson.of(
        List.of("app", "metadata", "name", "status", "phase", "health", "resources", "kind"),
        POSTED);
  }

  @Property(tries = 300)
  void nothing_that_is_posted_makes_it_throw(@ForAll("bodies") String body) throws Exception {
    assertThat(receive(OPEN, delivered(body))).isNotNull();
  }
}
