package io.byteport.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byteport.adapter.kubernetes.change.Drain;
import io.byteport.adapter.kubernetes.model.PodRef;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.sim.kubernetes.api.RecordedRequest;
import io.byteport.sim.kubernetes.scenario.HttpFault;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrainTest {
  private static final String NODES =
      """
      nodes:
        - { name: worker-1 }
        - { name: worker-2, unschedulable: true }
      """;
  private static final String TWO =
      NODES
          + """
          workloads:
            - { name: api, namespace: production, image: "api:1", replicas: 2 }
            - { kind: DaemonSet, name: logs, namespace: kube-system, image: "logs:1" }
          """;
  private static final String HELD =
      TWO
          + """
          disruptionBudgets:
            - { name: api-budget, namespace: production, workload: api, minAvailable: %d }
          """;

  /** A cluster whose pods are all on worker-1, which is closed now, and worker-2 is open. */
  private static Rig closed(String scenario) throws Exception {
    Rig rig = Rig.yaml(scenario);
    rig.timeout = Duration.ofMinutes(5);
    rig.change("kubectl.cordon", "node", Rig.node("worker-1")).prepared().made();
    rig.change("kubectl.uncordon", "node", Rig.node("worker-2")).prepared().made();
    rig.cluster.forgetRequests();
    return rig;
  }

  private static Rig.Change drain(Rig rig, Object... more) {
    List<Object> with = new ArrayList<>(List.of("node", Rig.node("worker-1")));
    with.addAll(List.of(more));
    return rig.change("kubectl.drain", with.toArray());
  }

  private static List<String> podsOn(Rig rig, String node) {
    return rig.cluster.client().pods().inAnyNamespace().list().getItems().stream()
        .filter(pod -> node.equals(pod.getSpec().getNodeName()))
        .map(pod -> pod.getMetadata().getName())
        .toList();
  }

  private static List<RecordedRequest> evictions(Rig rig) {
    return rig.cluster.changes().stream().filter(one -> one.path().endsWith("/eviction")).toList();
  }

  @Test
  void the_pods_are_evicted_and_waited_for_and_those_of_daemon_sets_stay() throws Exception {
    try (Rig rig = closed(TWO)) {
      List<PodRef> expected =
          rig.pods().stream()
              .map(pod -> new PodRef(null, "production", pod.getMetadata().getName()))
              .toList();
      Rig.Change change = drain(rig, "gracePeriod", Duration.ofSeconds(60)).prepared();
      assertThat(rig.cluster.changes()).isEmpty();
      assertThat(change.probed()).isEqualTo(Action.Probe.NOT_DONE);

      Action.Changed<Record> made = change.made();

      assertThat(made.changed()).isTrue();
      Drain.Output output = (Drain.Output) made.output();
      assertThat(output.evicted()).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(output.skipped()).extracting(PodRef::namespace).containsExactly("kube-system");
      assertThat(podsOn(rig, "worker-1")).singleElement().asString().startsWith("logs-");
      assertThat(change.probed()).isEqualTo(Action.Probe.TOOK_EFFECT);
      assertThat(rig.said)
          .filteredOn(line -> line.startsWith("evicted pod production/api-"))
          .hasSize(2);
      assertThat(rig.said).filteredOn(line -> line.endsWith(" is gone")).hasSize(2);
      assertThat(rig.cluster.changes()).hasSize(2);
      assertThat(evictions(rig))
          .allSatisfy(
              one ->
                  assertThat(one.body())
                      .contains("\"gracePeriodSeconds\":60", "\"preconditions\""));
    }
  }

  @Test
  void a_budget_that_forbids_it_is_quoted_before_anything_has_happened() throws Exception {
    try (Rig rig = closed(HELD.formatted(2))) {
      ActionException failure =
          catchThrowableOfType(ActionException.class, () -> drain(rig).prepared());

      assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
      assertThat(failure.effect()).isEqualTo(ActionException.Effect.NONE);
      assertThat(failure.reason())
          .startsWith(
              "Cannot evict pod as it would violate the pod's disruption budget. The disruption"
                  + " budget api-budget needs 2 healthy pods and has 2 currently (create"
                  + " pods/eviction production/api-");
      assertThat(rig.cluster.changes()).isEmpty();
    }
  }

  @Test
  void a_budget_that_is_spent_on_the_way_is_quoted_with_what_was_done_before() throws Exception {
    try (Rig rig = closed(HELD.formatted(1))) {
      Rig.Change change = drain(rig).prepared();

      ActionException failure = catchThrowableOfType(ActionException.class, change::made);

      assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
      assertThat(failure.effect()).isEqualTo(ActionException.Effect.UNKNOWN);
      String first = evictions(rig).get(0).path().replaceAll(".*/pods/|/eviction", "");
      assertThat(failure.reason())
          .startsWith(
              "Cannot evict pod as it would violate the pod's disruption budget. The disruption"
                  + " budget api-budget needs 1 healthy pods and has 1 currently")
          .contains(
              "; 1 of 2 pods were evicted: production/" + first + "; skipped: kube-system/logs-");
      assertThat(change.probed()).isEqualTo(Action.Probe.UNKNOWN);
    }
  }

  @Test
  void within_the_wait_a_budget_lets_one_after_the_other_go() throws Exception {
    try (Rig rig = closed(HELD.formatted(1))) {
      Rig.Change change = drain(rig, "budgetWait", Duration.ofMinutes(2)).prepared();
      List<Long> healthy = new ArrayList<>();
      rig.whileWaiting = () -> healthy.add(rig.pods().stream().filter(DrainTest::isReady).count());

      assertThat(((Drain.Output) change.made().output()).evicted()).hasSize(2);

      assertThat(healthy).isNotEmpty().allMatch(count -> count >= 1);
      assertThat(rig.said).anyMatch(line -> line.contains(" stays for now: Cannot evict pod as"));
      assertThat(podsOn(rig, "worker-1")).singleElement().asString().startsWith("logs-");
    }
  }

  @Test
  void a_budget_that_never_allows_it_is_quoted_after_the_wait() throws Exception {
    try (Rig rig = closed(HELD.formatted(2))) {
      Rig.Change change = drain(rig, "budgetWait", Duration.ofSeconds(30)).prepared();
      var before = rig.clock.instant();

      ActionException failure = catchThrowableOfType(ActionException.class, change::made);

      assertThat(Duration.between(before, rig.clock.instant()))
          .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(35));
      assertThat(failure.reason())
          .startsWith("Cannot evict pod as it would violate the pod's disruption budget.")
          .contains("needs 2 healthy pods and has 2 currently", "; 0 of 2 pods were evicted");
      assertThat(failure.effect()).isEqualTo(ActionException.Effect.NONE);
      assertThat(podsOn(rig, "worker-1")).hasSize(3);
    }
  }

  @Test
  void critical_pods_and_spared_owners_are_never_evicted() throws Exception {
    String scenario =
        NODES
            + """
            workloads:
              - { name: api, namespace: production, image: "api:1" }
              - { kind: StatefulSet, name: db, namespace: production, image: "db:1" }
            objects:
              - apiVersion: apps/v1
                kind: Deployment
                metadata: { name: dns, namespace: kube-system }
                spec:
                  selector: { matchLabels: { app: dns } }
                  template:
                    metadata: { labels: { app: dns } }
                    spec:
                      priorityClassName: system-cluster-critical
                      containers: [ { name: dns, image: "dns:1" } ]
              - apiVersion: v1
                kind: Pod
                metadata:
                  name: kube-proxy-worker-1
                  namespace: kube-system
                  annotations: { kubernetes.io/config.mirror: abc }
                spec: { nodeName: worker-1, containers: [ { name: proxy, image: "proxy:1" } ] }
            """;
    try (Rig rig = closed(scenario)) {
      Drain.Output output =
          (Drain.Output) drain(rig, "spare", List.of("StatefulSet")).prepared().made().output();

      assertThat(output.evicted())
          .singleElement()
          .extracting(PodRef::name)
          .asString()
          .startsWith("api-");
      assertThat(output.skipped())
          .extracting(ref -> ref.name().replaceAll("-[a-z0-9]+-[a-z0-9]{5}$", ""))
          .containsExactlyInAnyOrder("dns", "kube-proxy-worker-1", "db-0");
      assertThat(evictions(rig)).hasSize(1);
    }
  }

  @Test
  void what_kubectl_would_refuse_is_refused_in_its_words() throws Exception {
    String scenario =
        NODES
            + """
            workloads:
              - { kind: Pod, name: lonely, namespace: production, image: "one:1" }
            objects:
              - apiVersion: apps/v1
                kind: Deployment
                metadata: { name: cache, namespace: production }
                spec:
                  selector: { matchLabels: { app: cache } }
                  template:
                    metadata: { labels: { app: cache } }
                    spec:
                      volumes: [ { name: scratch, emptyDir: {} } ]
                      containers: [ { name: cache, image: "cache:1" } ]
            """;
    try (Rig rig = closed(scenario)) {
      ActionException failure =
          catchThrowableOfType(ActionException.class, () -> drain(rig).prepared());

      assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
      assertThat(failure.reason())
          .contains("cannot delete Pods that declare no controller: production/lonely")
          .containsPattern("cannot delete Pods with local storage: production/cache-");
      assertThat(rig.writes()).isEmpty();
    }
  }

  @Test
  void data_in_an_empty_dir_goes_only_when_that_is_allowed() throws Exception {
    String scenario =
        NODES
            + """
            objects:
              - apiVersion: apps/v1
                kind: Deployment
                metadata: { name: cache, namespace: production }
                spec:
                  selector: { matchLabels: { app: cache } }
                  template:
                    metadata: { labels: { app: cache } }
                    spec:
                      volumes: [ { name: scratch, emptyDir: {} } ]
                      containers: [ { name: cache, image: "cache:1" } ]
            namespaces: [ { name: production } ]
            """;
    try (Rig rig = closed(scenario)) {
      assertThat(
              ((Drain.Output) drain(rig, "deleteEmptyDirData", true).prepared().made().output())
                  .evicted())
          .hasSize(1);
    }
  }

  @Test
  void a_node_that_is_not_cordoned_is_not_drained() {
    try (Rig rig = Rig.yaml(TWO)) {
      ActionException failure =
          catchThrowableOfType(ActionException.class, () -> drain(rig).prepared());
      assertThat(failure.reason()).contains("worker-1 is not cordoned", "kubectl.cordon");
      assertThat(rig.writes()).isEmpty();
    }
  }

  private static void stopsAnswering(Rig rig, String name) {
    rig.cluster
        .client()
        .nodes()
        .withName(name)
        .editStatus(
            node -> {
              node.getStatus().getConditions().stream()
                  .filter(one -> one.getType().equals("Ready"))
                  .forEach(
                      one -> {
                        one.setStatus("Unknown");
                        one.setLastTransitionTime(rig.clock.instant().toString());
                      });
              return node;
            });
  }

  @Test
  void pods_of_a_node_that_does_not_answer_are_told_to_go_and_not_waited_for() throws Exception {
    try (Rig rig = closed(TWO)) {
      stopsAnswering(rig, "worker-1");
      Rig.Change change =
          drain(
                  rig,
                  "gracePeriod",
                  Duration.ofSeconds(30),
                  "skipWaitForDeleteTimeout",
                  Duration.ofSeconds(20))
              .prepared();
      var before = rig.clock.instant();

      Drain.Output output = (Drain.Output) change.made().output();

      assertThat(output.evicted()).hasSize(2);
      assertThat(Duration.between(before, rig.clock.instant()))
          .isBetween(Duration.ofSeconds(50), Duration.ofSeconds(55));
      assertThat(podsOn(rig, "worker-1")).hasSize(3);
      assertThat(rig.said)
          .filteredOn(line -> line.endsWith(" is still there; it goes when the node answers"))
          .hasSize(2);
      assertThat(change.probed()).isEqualTo(Action.Probe.TOOK_EFFECT);
    }
  }

  @Test
  void pods_that_do_not_go_in_time_are_named() throws Exception {
    try (Rig rig = closed(TWO)) {
      rig.timeout = Duration.ofSeconds(10);
      Rig.Change change = drain(rig).prepared();
      stopsAnswering(rig, "worker-1");

      ActionException failure = catchThrowableOfType(ActionException.class, change::made);

      assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
      assertThat(failure.effect()).isEqualTo(ActionException.Effect.UNKNOWN);
      assertThat(failure.reason())
          .contains("pods are still on the node after 10 s; still there: production/api-")
          .contains("; 2 of 2 pods were evicted: production/api-");
    }
  }

  @Test
  void after_a_crash_it_goes_on_with_the_pods_that_are_left() throws Exception {
    try (Rig rig = closed(TWO)) {
      Rig.Change change = drain(rig).prepared();
      Pod first = rig.pods().get(0);
      rig.cluster.client().resource(first).delete();

      Drain.Output output = (Drain.Output) change.made().output();

      assertThat(output.evicted())
          .singleElement()
          .isNotEqualTo(new PodRef(null, "production", first.getMetadata().getName()));
      assertThat(change.repeatable()).isTrue();
      assertThat(change.made().changed()).isFalse();
    }
  }

  @Test
  void what_came_to_the_node_after_the_look_is_not_touched() throws Exception {
    try (Rig rig = closed(TWO)) {
      Rig.Change change = drain(rig).prepared();
      rig.cluster
          .client()
          .resource(
              """
              apiVersion: v1
              kind: Pod
              metadata: { name: late, namespace: production }
              spec: { nodeName: worker-1, containers: [ { name: late, image: "late:1" } ] }
              """)
          .create();

      change.made();

      assertThat(podsOn(rig, "worker-1")).contains("late");
    }
  }

  @Test
  void a_refusal_for_want_of_permission_ends_it_at_once() throws Exception {
    try (Rig rig = closed(TWO)) {
      rig.cluster.inject(HttpFault.always(".*/eviction", HttpFault.Answer.of(403)));
      ActionException failure =
          catchThrowableOfType(ActionException.class, () -> drain(rig).prepared());
      assertThat(failure.kind()).isEqualTo(FailureKind.FORBIDDEN);
      assertThat(failure.reason()).contains("create pods/eviction production/api-");
    }
  }

  @Test
  void the_command_says_what_is_asked_for() {
    try (Rig rig = Rig.yaml(TWO)) {
      assertThat(
              drain(rig, "deleteEmptyDirData", true, "gracePeriod", Duration.ofSeconds(60))
                  .command())
          .containsExactly(
              "kubectl",
              "drain",
              "worker-1",
              "--ignore-daemonsets",
              "--delete-emptydir-data",
              "--grace-period=60",
              "--disable-eviction=false");
      assertThat(drain(rig, "ignoreDaemonSets", false).command())
          .containsExactly("kubectl", "drain", "worker-1", "--disable-eviction=false");
    }
  }

  private static boolean isReady(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() == null
        && pod.getStatus().getConditions().stream()
            .anyMatch(one -> one.getType().equals("Ready") && one.getStatus().equals("True"));
  }
}
