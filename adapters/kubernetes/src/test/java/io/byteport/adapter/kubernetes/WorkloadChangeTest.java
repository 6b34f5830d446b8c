package io.byteport.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byteport.adapter.kubernetes.change.RelaxAntiAffinity;
import io.byteport.adapter.kubernetes.change.RolloutRestart;
import io.byteport.adapter.kubernetes.change.Scale;
import io.byteport.adapter.kubernetes.change.SetPriorityClass;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.sim.kubernetes.api.RecordedRequest;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkloadChangeTest {
  private static final StructValue API = Rig.workload("Deployment", "api");
  private static final String TWO =
      """
      workloads:
        - { name: api, namespace: production, image: "api:1", replicas: 2 }
        - { kind: StatefulSet, name: db, namespace: production, image: "db:1" }
      objects:
        - apiVersion: scheduling.k8s.io/v1
          kind: PriorityClass
          metadata: { name: high }
          value: 1000
      """;
  private static final String APART =
      """
      namespaces: [ { name: production } ]
      objects:
        - apiVersion: apps/v1
          kind: Deployment
          metadata: { name: api, namespace: production }
          spec:
            replicas: 2
            selector: { matchLabels: { app: api } }
            template:
              metadata: { labels: { app: api } }
              spec:
                containers: [ { name: api, image: "api:1" } ]
                affinity:
                  podAntiAffinity:
                    requiredDuringSchedulingIgnoredDuringExecution:
                      - topologyKey: kubernetes.io/hostname
                        labelSelector: { matchLabels: { app: api } }
                    preferredDuringSchedulingIgnoredDuringExecution:
                      - weight: 5
                        podAffinityTerm: { topologyKey: zone }
      """;

  private static ActionException refusal(Rig.Change change) {
    return catchThrowableOfType(ActionException.class, change::prepared);
  }

  /** Every change is tried first as a dry run, and made in one write. */
  private static void assertRehearsedThenMadeOnce(Rig rig) {
    List<RecordedRequest> writes = rig.writes();
    assertThat(writes).hasSize(2);
    assertThat(writes.get(0).query()).contains("dryRun=All");
    assertThat(writes.get(1).query()).doesNotContain("dryRun");
    assertThat(writes.get(0).path()).isEqualTo(writes.get(1).path());
  }

  @Test
  void one_pod_is_deleted_as_it_was_looked_at_and_never_by_force() throws Exception {
    try (Rig rig = Rig.yaml(TWO)) {
      Pod pod = rig.pods().get(0);
      String name = pod.getMetadata().getName();
      Rig.Change change = rig.change("kubectl.deletePod", "pod", Rig.pod(name)).prepared();
      assertThat(change.probed()).isEqualTo(Action.Probe.NOT_DONE);

      assertThat(change.made().changed()).isTrue();

      assertRehearsedThenMadeOnce(rig);
      assertThat(rig.writes().get(1).body())
          .contains("\"preconditions\":{\"uid\":\"" + pod.getMetadata().getUid() + "\"}")
          .doesNotContain("gracePeriodSeconds");
      assertThat(change.probed()).isEqualTo(Action.Probe.TOOK_EFFECT);
      rig.advance(Duration.ofMinutes(2));
      assertThat(rig.pods()).hasSize(3).noneMatch(one -> one.getMetadata().getName().equals(name));
      assertThat(change.made().changed()).isFalse();
      assertThat(change.command())
          .containsExactly("kubectl", "delete", "pod", name, "-n", "production");
    }
  }

  @Test
  void a_pod_in_another_phase_is_not_deleted() throws Exception {
    try (Rig rig = Rig.yaml(TWO)) {
      String name = rig.pods().get(0).getMetadata().getName();

      ActionException failure =
          refusal(rig.change("kubectl.deletePod", "pod", Rig.pod(name), "onlyPhase", "Failed"));

      assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
      assertThat(failure.reason()).isEqualTo("Pod production/" + name + " is Running, not Failed");
      assertThat(rig.writes()).isEmpty();
    }
  }

  @Test
  void with_a_phase_the_server_is_told_which_version_was_looked_at() throws Exception {
    try (Rig rig = Rig.yaml(TWO)) {
      Pod pod = rig.pods().get(0);
      rig.change(
              "kubectl.deletePod",
              "pod",
              Rig.pod(pod.getMetadata().getName()),
              "onlyPhase",
              "Running")
          .prepared()
          .made();
      assertThat(rig.writes().get(1).body())
          .contains("\"resourceVersion\":\"" + pod.getMetadata().getResourceVersion() + "\"");
    }
  }

  @Test
  void a_pod_that_is_not_there_is_no_success() {
    try (Rig rig = Rig.yaml(TWO)) {
      ActionException failure = refusal(rig.change("kubectl.deletePod", "pod", Rig.pod("gone")));
      assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND);
      assertThat(failure.reason()).startsWith("pods \"gone\" not found");
    }
  }

  @Test
  void a_workload_is_scaled_and_settled_when_all_are_there() throws Exception {
    try (Rig rig = Rig.yaml(TWO)) {
      Rig.Change change = rig.change("kubectl.scale", "workload", API, "replicas", 4).prepared();
      assertThat(change.probed()).isEqualTo(Action.Probe.NOT_DONE);

      assertThat(change.made().output()).isEqualTo(new Scale.Output(2, 4));

      assertRehearsedThenMadeOnce(rig);
      assertThat(rig.writes().get(1).path()).endsWith("/deployments/api/scale");
      assertThat(rig.deployment("api").getSpec().getReplicas()).isEqualTo(4);
      assertThat(change.settled()).isFalse();
      rig.advance(Duration.ofMinutes(1));
      assertThat(change.settled()).isTrue();
      assertThat(change.probed()).isEqualTo(Action.Probe.TOOK_EFFECT);
      assertThat(change.command())
          .containsExactly(
              "kubectl", "scale", "deployment/api", "-n", "production", "--replicas=4");
    }
  }

  @Test
  void what_somebody_else_has_scaled_meanwhile_is_left() throws Exception {
    try (Rig rig = Rig.yaml(TWO)) {
      Rig.Change mine = rig.change("kubectl.scale", "workload", API, "replicas", 4).prepared();
      rig.cluster.client().apps().deployments().inNamespace("production").withName("api").scale(3);

      ActionException failure = catchThrowableOfType(ActionException.class, mine::made);

      assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
      assertThat(failure.reason()).contains("scaled Deployment production/api to 3");
      assertThat(mine.probed()).isEqualTo(Action.Probe.UNKNOWN);
    }
  }

  @Test
  void what_has_no_number_of_pods_or_an_owner_is_not_scaled() {
    try (Rig rig = Rig.yaml(TWO)) {
      assertThat(
              refusal(
                  rig.change(
                      "kubectl.scale",
                      "workload",
                      Rig.workload("Pod", rig.pods().get(0).getMetadata().getName()),
                      "replicas",
                      2)))
          .extracting(ActionException::kind)
          .isEqualTo(FailureKind.INVALID);
      String set =
          rig.cluster
              .client()
              .apps()
              .replicaSets()
              .inNamespace("production")
              .list()
              .getItems()
              .get(0)
              .getMetadata()
              .getName();
      assertThat(
              refusal(
                  rig.change(
                      "kubectl.scale", "workload", Rig.workload("ReplicaSet", set), "replicas", 2)))
          .hasMessageContaining("has an owner");
    }
  }

  @Test
  void a_restart_replaces_all_pods_and_a_repetition_none() throws Exception {
    try (Rig rig = Rig.yaml(TWO)) {
      List<String> before = rig.pods().stream().map(one -> one.getMetadata().getUid()).toList();
      Rig.Change change = rig.change("kubectl.rolloutRestart", "workload", API).prepared();

      Action.Changed<Record> made = change.made();

      assertThat(made.changed()).isTrue();
      assertThat(((RolloutRestart.Output) made.output()).generation())
          .isEqualTo(rig.deployment("api").getMetadata().getGeneration().intValue());
      assertRehearsedThenMadeOnce(rig);
      rig.advance(Duration.ofMinutes(3));
      assertThat(change.settled()).isTrue();
      assertThat(rig.pods())
          .filteredOn(pod -> pod.getMetadata().getName().startsWith("api-"))
          .hasSize(2)
          .noneMatch(pod -> before.contains(pod.getMetadata().getUid()));
      rig.cluster.forgetRequests();
      assertThat(change.made().changed()).isFalse();
      assertThat(change.probed()).isEqualTo(Action.Probe.TOOK_EFFECT);
      assertThat(rig.writes()).isEmpty();
    }
  }

  @Test
  void a_stateful_set_is_restarted_too() throws Exception {
    try (Rig rig = Rig.yaml(TWO)) {
      Rig.Change change =
          rig.change("kubectl.rolloutRestart", "workload", Rig.workload("StatefulSet", "db"))
              .prepared();
      assertThat(change.made().changed()).isTrue();
      assertThat(change.command())
          .containsExactly("kubectl", "rollout", "restart", "statefulset/db", "-n", "production");
    }
  }

  @Test
  void a_paused_deployment_is_resumed_before_it_is_restarted() throws Exception {
    try (Rig rig = Rig.yaml(TWO)) {
      Rig.Change pause = rig.change("kubectl.rolloutPause", "workload", API).prepared();
      assertThat(pause.made().changed()).isTrue();
      assertThat(pause.probed()).isEqualTo(Action.Probe.TOOK_EFFECT);
      assertThat(rig.deployment("api").getSpec().getPaused()).isTrue();
      assertThat(rig.change("kubectl.rolloutPause", "workload", API).prepared().made().changed())
          .isFalse();
      assertThat(refusal(rig.change("kubectl.rolloutRestart", "workload", API)))
          .hasMessageContaining("is paused");

      Rig.Change resume = rig.change("kubectl.rolloutResume", "workload", API).prepared();
      assertThat(resume.probed()).isEqualTo(Action.Probe.NOT_DONE);
      assertThat(resume.made().changed()).isTrue();
      assertThat(resume.probed()).isEqualTo(Action.Probe.TOOK_EFFECT);
      assertThat(rig.change("kubectl.rolloutRestart", "workload", API).prepared().made().changed())
          .isTrue();
    }
  }

  @Test
  void only_a_deployment_can_be_paused() {
    try (Rig rig = Rig.yaml(TWO)) {
      assertThat(
              refusal(
                  rig.change(
                      "kubectl.rolloutPause", "workload", Rig.workload("StatefulSet", "db"))))
          .hasMessageContaining("only a Deployment can");
    }
  }

  @Test
  void a_priority_class_is_set_if_there_is_one_of_that_name() throws Exception {
    try (Rig rig = Rig.yaml(TWO)) {
      Rig.Change change =
          rig.change("kubectl.setPriorityClass", "workload", API, "priorityClass", "high")
              .prepared();
      assertThat(change.made().output()).isEqualTo(new SetPriorityClass.Output(null, "high"));
      assertRehearsedThenMadeOnce(rig);
      assertThat(rig.deployment("api").getSpec().getTemplate().getSpec().getPriorityClassName())
          .isEqualTo("high");
      assertThat(change.probed()).isEqualTo(Action.Probe.TOOK_EFFECT);
      assertThat(
              refusal(
                  rig.change("kubectl.setPriorityClass", "workload", API, "priorityClass", "none")))
          .extracting(ActionException::kind)
          .isEqualTo(FailureKind.NOT_FOUND);
      assertThat(
              refusal(
                  rig.change(
                      "kubectl.setPriorityClass",
                      "workload",
                      API,
                      "priorityClass",
                      "system-node-critical")))
          .extracting(ActionException::kind)
          .isEqualTo(FailureKind.REFUSED);
      assertThat(change.command().get(change.command().size() - 1))
          .isEqualTo(
              "--patch={\"spec\":{\"template\":{\"spec\":{\"priorityClassName\":\"high\"}}}}");
    }
  }

  @Test
  void required_rules_become_preferred_ones_and_the_way_back_is_known() throws Exception {
    try (Rig rig = Rig.yaml(APART)) {
      Rig.Change change = rig.change("kubectl.relaxAntiAffinity", "workload", API).prepared();
      assertThat(change.probed()).isEqualTo(Action.Probe.NOT_DONE);

      assertThat(change.made().output()).isEqualTo(new RelaxAntiAffinity.Output(1, 2));

      assertRehearsedThenMadeOnce(rig);
      var rules =
          rig.deployment("api")
              .getSpec()
              .getTemplate()
              .getSpec()
              .getAffinity()
              .getPodAntiAffinity();
      assertThat(rules.getRequiredDuringSchedulingIgnoredDuringExecution()).isEmpty();
      assertThat(rules.getPreferredDuringSchedulingIgnoredDuringExecution())
          .extracting(one -> one.getWeight() + " " + one.getPodAffinityTerm().getTopologyKey())
          .containsExactly("5 zone", "100 kubernetes.io/hostname");
      assertThat(change.probed()).isEqualTo(Action.Probe.TOOK_EFFECT);
      assertThat(rig.deployment("api").getMetadata().getAnnotations())
          .containsEntry("deployment.kubernetes.io/revision", "2");

      rig.change("kubectl.rolloutUndo", "workload", API, "toRevision", 1).prepared().made();
      assertThat(
              rig.deployment("api")
                  .getSpec()
                  .getTemplate()
                  .getSpec()
                  .getAffinity()
                  .getPodAntiAffinity()
                  .getRequiredDuringSchedulingIgnoredDuringExecution())
          .hasSize(1);
    }
  }

  @Test
  void a_workload_that_was_made_anew_is_another_one_for_all_of_them() throws Exception {
    try (Rig rig = Rig.yaml(APART)) {
      List<Rig.Change> changes =
          List.of(
              rig.change("kubectl.scale", "workload", API, "replicas", 3).prepared(),
              rig.change("kubectl.rolloutRestart", "workload", API).prepared(),
              rig.change("kubectl.rolloutPause", "workload", API).prepared(),
              rig.change("kubectl.relaxAntiAffinity", "workload", API).prepared());
      var before = rig.deployment("api");
      rig.cluster.client().resource(before).delete();
      before.getMetadata().setUid(null);
      before.getMetadata().setResourceVersion(null);
      rig.cluster.client().resource(before).create();
      rig.cluster.forgetRequests();

      for (Rig.Change change : changes) {
        ActionException failure = catchThrowableOfType(ActionException.class, change::made);
        assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
        assertThat(failure.effect()).isEqualTo(ActionException.Effect.NONE);
        assertThat(change.probed()).isEqualTo(Action.Probe.UNKNOWN);
      }
      assertThat(rig.cluster.changes()).isEmpty();
    }
  }
}
