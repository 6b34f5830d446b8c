package io.byteport.engine.signal;

import static io.byteport.engine.signal.Runbooks.EVALUATOR;
import static io.byteport.engine.signal.Runbooks.NOON;
import static io.byteport.engine.signal.Runbooks.enabled;
import static io.byteport.engine.signal.Runbooks.signal;
import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.value.Value;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.Mode;
import io.byteport.engine.run.RunId;
import io.byteport.engine.signal.Routing.Candidate;
import io.byteport.engine.signal.Routing.Chosen;
import io.byteport.engine.signal.Routing.Refused;
import io.byteport.engine.spi.Inventory;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RouterTest {
  private static final Map<String, String> POD = Map.of("namespace", "production", "pod", "api-1");

  private final Router router = new Router(EVALUATOR, Inventory.EMPTY);

  private static EnabledRunbook forPods(String id, String metadata) {
    return enabled(
        id,
        metadata,
        """
        detectors:
          pod_broken: { doc: A pod is broken, aliases: [pod.broken] }
        inputs:
          namespace: { type: string, required: true }
          pod: { type: string, required: true }
        target:
          type: pod
          namespace: ${inputs.namespace}
          name: ${inputs.pod}
        """);
  }

  private static EnabledRunbook forHosts(String id, String metadata) {
    return enabled(
        id,
        metadata,
        """
        detectors:
          pod_broken: { doc: Something on a host is broken }
        inputs:
          name: { type: string, from: [instance], required: true }
        target:
          type: host
          name: ${inputs.name}
        """);
  }

  private Routing route(Signal signal, EnabledRunbook... enabled) {
    return router.route(signal, Arrays.asList(enabled), NOON);
  }

  private Chosen chosen(Signal signal, EnabledRunbook... enabled) {
    assertThat(route(signal, enabled)).isInstanceOf(Chosen.class);
    return (Chosen) route(signal, enabled);
  }

  private Refused refused(Signal signal, EnabledRunbook... enabled) {
    assertThat(route(signal, enabled)).isInstanceOf(Refused.class);
    return (Refused) route(signal, enabled);
  }

  @Test
  void the_runbook_whose_detector_names_the_signal_takes_it_with_inputs_and_target() {
    Chosen chosen = chosen(signal("pod_broken", POD), forPods("pods", ""));
    assertThat(chosen.runbook().id()).isEqualTo("pods");
    assertThat(chosen.inputs().get("pod")).isEqualTo(Value.of("api-1"));
    assertThat(chosen.target().get("type")).isEqualTo(Value.of("pod"));
    assertThat(chosen.targetKey()).isEqualTo("pod/production/api-1");
    assertThat(chosen.passedOver()).isEmpty();
  }

  @Test
  void an_alias_of_a_detector_claims_as_its_id_does() {
    assertThat(chosen(signal("pod.broken", POD), forPods("pods", "")).runbook().id())
        .isEqualTo("pods");
  }

  @Test
  void a_signal_that_nobody_claims_is_refused_with_the_nearest_that_somebody_does() {
    Refused refused = refused(signal("pod_brokn", POD), forPods("pods", ""));
    assertThat(refused.reason())
        .isEqualTo(
            "No enabled runbook has a detector `pod_brokn`; the nearest that one has is"
                + " `pod_broken`");
    assertThat(refused.candidates()).isEmpty();
  }

  @Test
  void a_signal_that_lacks_required_labels_is_refused_and_told_what_is_missing() {
    Refused refused = refused(signal("pod_broken", Map.of("pod", "api-1")), forPods("pods", ""));
    assertThat(refused.explanation())
        .isEqualTo(
            """
            No enabled runbook can take `pod_broken`: the signal does not say enough
            - `pods`: `namespace` (string) is missing: expected the label `namespace`\
            """);
  }

  @Test
  void a_resolved_signal_opens_nothing() {
    assertThat(route(signal("pod_broken", POD, Signal.Status.RESOLVED), forPods("pods", "")))
        .isEqualTo(new Routing.Cleared());
  }

  @Test
  void the_newer_generation_takes_a_signal_from_the_one_that_it_supersedes() {
    Chosen chosen =
        chosen(
            signal("pod_broken", POD),
            forPods("a_old", ""),
            forPods("pods_v2", "supersedes: [a_old]"));
    assertThat(chosen.runbook().id()).isEqualTo("pods_v2");
    assertThat(chosen.passedOver())
        .containsExactly(new Candidate("a_old", "it is superseded by `pods_v2`"));
  }

  @Test
  void
      superseding_reaches_over_generations_and_aliases_even_over_one_that_cannot_take_the_signal() {
    EnabledRunbook middle = forHosts("middle", "aliases: [between]\nsupersedes: [a_old]");
    Chosen chosen =
        chosen(
            signal("pod_broken", POD),
            forPods("a_old", ""),
            middle,
            forPods("newest", "supersedes: [between]"));
    assertThat(chosen.runbook().id()).isEqualTo("newest");
    assertThat(chosen.passedOver())
        .extracting(Candidate::runbook)
        .containsExactly("middle", "a_old");
  }

  @Test
  void an_older_generation_still_serves_what_its_successor_cannot_take() {
    Chosen chosen =
        chosen(
            signal("pod_broken", Map.of("instance", "web-1")),
            forPods("pods_v2", "supersedes: [hosts]"),
            forHosts("hosts", ""));
    assertThat(chosen.runbook().id()).isEqualTo("hosts");
    assertThat(chosen.targetKey()).isEqualTo("host/web-1");
  }

  @Test
  void two_that_supersede_each_other_leave_the_choice_to_the_other_rules() {
    Chosen chosen =
        chosen(
            signal("pod_broken", POD),
            forPods("second", "supersedes: [first]"),
            forPods("first", "supersedes: [second]"));
    assertThat(chosen.runbook().id()).isEqualTo("first");
  }

  @Test
  void the_most_specific_target_wins() {
    Map<String, String> labels =
        Map.of("namespace", "production", "pod", "api-1", "instance", "web-1");
    Chosen chosen =
        chosen(signal("pod_broken", labels), forHosts("a_hosts", ""), forPods("pods", ""));
    assertThat(chosen.runbook().id()).isEqualTo("pods");
    assertThat(chosen.passedOver())
        .containsExactly(
            new Candidate("a_hosts", "the target of `pods` is more specific (pod before host)"));
  }

  @Test
  void pods_come_before_workloads_nodes_hosts_and_the_rest() {
    assertThat(List.of("pod", "deployment", "node", "host", "certificate"))
        .isSortedAccordingTo(
            (one, other) -> Integer.compare(Specificity.rank(one), Specificity.rank(other)));
    assertThat(Specificity.rank("database")).isEqualTo(Specificity.rank("certificate"));
  }

  @Test
  void among_equals_the_first_by_id_wins_whatever_the_order() {
    List<EnabledRunbook> enabled =
        Arrays.asList(forPods("c", ""), forPods("a", ""), forPods("b", ""));
    for (int i = 0; i < 3; i++) {
      Collections.rotate(enabled, 1);
      assertThat(router.route(signal("pod_broken", POD), enabled, NOON))
          .isInstanceOfSatisfying(
              Chosen.class, chosen -> assertThat(chosen.runbook().id()).isEqualTo("a"));
    }
  }

  @Test
  void a_run_opens_with_everything_that_it_needs_to_be_recovered() {
    Signal signal = signal("pod_broken", POD);
    Chosen chosen = chosen(signal, forPods("pods", ""));
    Event.Opened opened = Opening.of(chosen, signal, Mode.LIVE, new RunId("run-1"), NOON);
    assertThat(opened.run()).isEqualTo(new RunId("run-1"));
    assertThat(opened.at()).isEqualTo(NOON);
    assertThat(opened.runbook()).isEqualTo("pods");
    assertThat(opened.runbookVersion()).isEqualTo("1.2.3");
    assertThat(opened.runbookText()).startsWith("apiVersion:").contains("id: pods");
    assertThat(opened.mode()).isEqualTo(Mode.LIVE);
    assertThat(opened.targetKey()).isEqualTo("pod/production/api-1");
    assertThat(opened.target().get("name")).isEqualTo(Value.of("api-1"));
    assertThat(opened.signal()).isEqualTo(signal);
  }
}
