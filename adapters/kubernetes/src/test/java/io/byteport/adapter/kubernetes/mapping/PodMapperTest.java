package io.byteport.adapter.kubernetes.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.Container;
import io.byteport.adapter.kubernetes.model.Pod;
import io.byteport.adapter.kubernetes.model.PodPhase;
import io.byteport.adapter.kubernetes.model.WorkloadKind;
import io.byteport.adapter.kubernetes.model.WorkloadRef;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Percent;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetrics;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PodMapperTest {
  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  private static io.fabric8.kubernetes.api.model.Pod pod(String yaml) {
    return YAML.unmarshal(yaml, io.fabric8.kubernetes.api.model.Pod.class);
  }

  private static Pod map(String yaml) {
    return PodMapper.map(pod(yaml), null, null, null).orElseThrow();
  }

  private static final String TWO =
      """
      apiVersion: v1
      kind: Pod
      metadata: { name: api-1, namespace: production, uid: u-1 }
      spec:
        nodeName: worker-3
        containers:
          - { name: api, image: "api:1", resources: { limits: { memory: 256Mi }, requests: { cpu: 250m, memory: 128Mi } } }
          - { name: proxy, image: "proxy:2", resources: { requests: { cpu: 100m, memory: 32Mi } } }
        initContainers:
          - { name: migrate, image: "api:1", resources: { requests: { cpu: "1", memory: 64Mi } } }
      """;

  private static final String CRASHING =
      TWO
          + """
          status:
            phase: Running
            conditions: [{ type: Ready, status: "False" }]
            containerStatuses:
              - name: api
                restartCount: 4
                ready: false
                state: { waiting: { reason: CrashLoopBackOff } }
                lastState: { terminated: { exitCode: 137, reason: Error, startedAt: "2026-11-21T02:58:30Z" } }
              - { name: proxy, restartCount: 7, ready: true, state: { running: { startedAt: "2026-11-21T02:00:00Z" } } }
            initContainerStatuses:
              - { name: migrate, restartCount: 0, ready: true, state: { terminated: { exitCode: 0, reason: Completed } } }
          """;

  @Test
  void the_container_that_waits_is_the_one_to_speak_of() {
    Pod pod = map(CRASHING);

    assertThat(pod.container().name()).isEqualTo("api");
    assertThat(pod.containers())
        .extracting(Container::name)
        .containsExactly("api", "proxy", "migrate");
    assertThat(pod.restarts()).isEqualTo(11);
    assertThat(pod.ready()).isFalse();
  }

  @Test
  void a_pod_that_is_shut_down_says_so_and_names_its_pull_secrets() {
    assertThat(map(CRASHING).deleting()).isFalse();
    assertThat(map(CRASHING).imagePullSecrets()).isEmpty();

    Pod leaving =
        map(
            CRASHING
                .replace("uid: u-1", "uid: u-1, deletionTimestamp: \"2026-11-21T03:00:00Z\"")
                .replace("spec:", "spec:\n  imagePullSecrets: [{ name: registry }]"));
    assertThat(leaving.deleting()).isTrue();
    assertThat(leaving.imagePullSecrets()).containsExactly("registry");
  }

  @Test
  void else_it_is_the_one_with_most_restarts() {
    assertThat(
            map(CRASHING.replace(
                    "waiting: { reason: CrashLoopBackOff }",
                    "running: { startedAt: \"2026-11-21T02:59:00Z\" }"))
                .container()
                .name())
        .isEqualTo("proxy");
  }

  @Test
  void of_several_that_wait_it_is_the_one_with_most_restarts() {
    String starting =
        TWO
            + """
            status:
              containerStatuses:
                - { name: api, restartCount: 0, state: { waiting: { reason: PodInitializing } } }
                - { name: proxy, restartCount: 0, state: { waiting: { reason: PodInitializing } } }
              initContainerStatuses:
                - { name: migrate, restartCount: 3, state: { waiting: { reason: CrashLoopBackOff } } }
            """;
    assertThat(map(starting).container().name()).isEqualTo("migrate");
  }

  @Test
  void the_one_asked_for_is_taken_and_an_unknown_one_is_none() {
    assertThat(PodMapper.map(pod(CRASHING), "proxy", null, null).orElseThrow().container().name())
        .isEqualTo("proxy");
    assertThat(PodMapper.map(pod(CRASHING), "nobody", null, null)).isEmpty();
  }

  @Test
  void how_a_container_ended_is_told_as_the_kubelet_says_it() {
    Container api = map(CRASHING).container();

    assertThat(api.exitCode()).isEqualTo(137);
    assertThat(api.terminatedReason()).isEqualTo("Error"); // killed, but not known to be for memory
    assertThat(api.lastStartedAt()).isEqualTo(Instant.parse("2026-11-21T02:58:30Z"));
  }

  @Test
  void an_end_that_lasts_counts_before_an_earlier_one() {
    Container api =
        map(CRASHING.replace(
                "state: { waiting: { reason: CrashLoopBackOff } }",
                "state: { terminated: { exitCode: 1, reason: Error, startedAt:"
                    + " \"2026-11-21T02:59:00Z\" } }"))
            .containers()
            .get(0);
    assertThat(api.exitCode()).isEqualTo(1);
    assertThat(api.waitingReason()).isNull();
    assertThat(api.lastStartedAt()).isEqualTo(Instant.parse("2026-11-21T02:59:00Z"));
  }

  @Test
  void a_pod_that_nobody_has_looked_at_is_pending_and_ran_nothing() {
    Pod pod =
        map(
            TWO.replace("  nodeName: worker-3\n", "")
                + "status: { phase: Pending, reason: Evicted }");

    assertThat(pod.phase()).isEqualTo(PodPhase.PENDING);
    assertThat(pod.reason()).isEqualTo("Evicted");
    assertThat(pod.scheduled()).isFalse();
    assertThat(pod.node()).isNull();
    assertThat(pod.container().exitCode()).isNull();
    assertThat(pod.container().lastStartedAt()).isNull();
    assertThat(pod.owner()).isNull();
  }

  @Test
  void the_way_to_a_start_may_need_more_than_what_stays() {
    Pod pod = map(TWO);
    assertThat(pod.requests().cpu()).isEqualTo(1.0); // migrate alone needs more than api and proxy
    assertThat(pod.requests().memory()).isEqualTo(new DataSize(160L << 20));
  }

  @Test
  void what_a_container_uses_is_compared_with_its_limit() {
    PodMetrics metrics =
        YAML.unmarshal(
            """
            apiVersion: metrics.k8s.io/v1beta1
            kind: PodMetrics
            metadata: { name: api-1, namespace: production }
            containers:
              - { name: api, usage: { memory: 192Mi } }
              - { name: proxy, usage: { memory: 16Mi } }
            """,
            PodMetrics.class);
    Pod pod = PodMapper.map(pod(CRASHING), null, metrics, new Cluster("eu")).orElseThrow();

    assertThat(pod.memoryLimit()).isEqualTo(new DataSize(256L << 20));
    assertThat(pod.memoryUsed()).isEqualTo(new DataSize(192L << 20));
    assertThat(pod.memoryUsedPercent()).isEqualTo(new Percent(75));
    assertThat(pod.cluster()).isEqualTo(new Cluster("eu"));
    assertThat(pod.node().cluster()).isEqualTo(new Cluster("eu"));
  }

  @Test
  void a_pod_belongs_to_the_deployment_after_which_its_replica_set_is_named() {
    io.fabric8.kubernetes.api.model.Pod pod =
        pod(
            """
            apiVersion: v1
            kind: Pod
            metadata:
              name: api-7d9f-xk2p9
              namespace: production
              labels: { pod-template-hash: 7d9f }
              ownerReferences: [{ kind: ReplicaSet, name: api-7d9f, controller: true, uid: r }]
            spec: { containers: [{ name: api }] }
            """);
    assertThat(PodMapper.belongs(pod, ref(WorkloadKind.DEPLOYMENT, "api"))).isTrue();
    assertThat(PodMapper.belongs(pod, ref(WorkloadKind.REPLICA_SET, "api-7d9f"))).isTrue();
    assertThat(PodMapper.belongs(pod, ref(WorkloadKind.DEPLOYMENT, "ap"))).isFalse();
    assertThat(PodMapper.belongs(pod, ref(WorkloadKind.STATEFUL_SET, "api"))).isFalse();
  }

  private static WorkloadRef ref(WorkloadKind kind, String name) {
    return new WorkloadRef(null, kind, "production", name);
  }
}
