package io.byteport.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.byteport.adapter.kubernetes.model.Event;
import io.byteport.adapter.kubernetes.model.EventType;
import io.byteport.adapter.kubernetes.model.Node;
import io.byteport.adapter.kubernetes.model.Pod;
import io.byteport.adapter.kubernetes.model.PodPhase;
import io.byteport.adapter.kubernetes.model.Revision;
import io.byteport.adapter.kubernetes.model.Rollout;
import io.byteport.adapter.kubernetes.model.ServiceEndpoint;
import io.byteport.adapter.kubernetes.model.Workload;
import io.byteport.adapter.kubernetes.model.WorkloadKind;
import io.byteport.adapter.kubernetes.read.DescribeObject;
import io.byteport.adapter.kubernetes.read.ListEndpoints;
import io.byteport.adapter.kubernetes.read.ListEvents;
import io.byteport.adapter.kubernetes.read.ListNodes;
import io.byteport.adapter.kubernetes.read.ListPods;
import io.byteport.adapter.kubernetes.read.ListWorkloads;
import io.byteport.adapter.kubernetes.read.ReadCluster;
import io.byteport.adapter.kubernetes.read.ReadConfigReferences;
import io.byteport.adapter.kubernetes.read.ReadLogs;
import io.byteport.adapter.kubernetes.read.ReadNamespace;
import io.byteport.dsl.value.DataSize;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReadTest {
  private static final DataSize LIMIT = new DataSize(256L << 20);

  @Test
  void a_pod_that_was_killed_for_memory_says_so() throws Exception {
    try (Rig rig = Rig.named("oom")) {
      Pod pod = rig.read(Pod.class, "kubectl.pod", "pod", rig.anyPod());

      assertThat(pod.phase()).isEqualTo(PodPhase.RUNNING);
      assertThat(pod.ready()).isFalse();
      assertThat(pod.scheduled()).isTrue();
      assertThat(pod.node()).isNotNull();
      assertThat(pod.cluster()).isNull();
      assertThat(pod.memoryLimit()).isEqualTo(LIMIT);
      assertThat(pod.memoryUsed()).isNull();
      assertThat(pod.requests().memory()).isEqualTo(new DataSize(128L << 20));
      assertThat(pod.container().name()).isEqualTo("api");
      assertThat(pod.container().waitingReason()).isEqualTo("CrashLoopBackOff");
      assertThat(pod.container().exitCode()).isEqualTo(137);
      assertThat(pod.container().terminatedReason()).isEqualTo("OOMKilled");
      assertThat(pod.container().lastStartedAt()).isNotNull();
      assertThat(pod.restarts()).isPositive();
      assertThat(pod.container().readinessProbe().period()).isEqualTo(Duration.ofSeconds(5));
      assertThat(pod.owner().kind()).isEqualTo("ReplicaSet");
    }
  }

  @Test
  void the_pods_of_a_workload_are_those_that_it_owns() throws Exception {
    try (Rig rig = Rig.named("oom")) {
      ListPods.Output pods =
          rig.read(
              ListPods.Output.class,
              "kubectl.pods",
              "workload",
              Rig.workload("Deployment", "api"),
              "revision",
              "current");

      assertThat(pods.items()).hasSize(1);
      assertThat(pods.restarts()).isEqualTo(pods.items().get(0).restarts()).isPositive();
    }
  }

  @Test
  void the_pods_on_a_node_are_found_by_its_name() throws Exception {
    try (Rig rig = Rig.named("oom")) {
      String node = rig.pods().get(0).getSpec().getNodeName();
      assertThat(
              rig.read(ListPods.Output.class, "kubectl.pods", "node", Rig.struct("name", node))
                  .items())
          .hasSize(1);
      assertThat(
              rig.read(ListPods.Output.class, "kubectl.pods", "node", Rig.struct("name", "nowhere"))
                  .items())
          .isEmpty();
    }
  }

  @Test
  void the_pods_of_the_current_revision_are_told_from_older_ones() throws Exception {
    try (Rig rig = Rig.named("image-pull")) {
      ListPods.Output all =
          rig.read(
              ListPods.Output.class, "kubectl.pods", "workload", Rig.workload("Deployment", "api"));
      ListPods.Output current =
          rig.read(
              ListPods.Output.class,
              "kubectl.pods",
              "workload",
              Rig.workload("Deployment", "api"),
              "revision",
              "current");

      assertThat(all.items()).hasSizeGreaterThan(current.items().size());
      assertThat(current.items())
          .extracting(pod -> pod.container().image())
          .containsOnly("registry.example.com/api:1.5.0-rc1");
    }
  }

  @Test
  void the_log_is_that_of_the_previous_container_and_its_end_alone() throws Exception {
    try (Rig rig = Rig.named("oom")) {
      ReadLogs.Output logs =
          rig.read(
              ReadLogs.Output.class,
              "kubectl.logs",
              "pod",
              rig.anyPod(),
              "container",
              "api",
              "previous",
              true,
              "tailChars",
              60);

      assertThat(logs.text()).hasSizeLessThanOrEqualTo(60).contains("heap at 97 %");
      assertThat(logs.lines().get(logs.lines().size() - 1)).contains("container's limit");
    }
  }

  @Test
  void a_container_that_never_started_has_no_log() throws Exception {
    try (Rig rig = Rig.named("missing-config")) {
      assertThat(
              rig.find(
                  ReadLogs.Output.class,
                  "kubectl.logs",
                  "pod",
                  rig.anyPod(),
                  "previous",
                  true,
                  "tailChars",
                  2000))
          .isNull();
    }
  }

  @Test
  void without_a_previous_container_the_current_one_answers() throws Exception {
    try (Rig rig = Rig.yaml(HEALTHY)) {
      ReadLogs.Output logs =
          rig.find(ReadLogs.Output.class, "kubectl.logs", "pod", rig.anyPod(), "previous", true);
      assertThat(logs).isNotNull();
    }
  }

  @Test
  void the_events_of_a_pod_are_its_own_and_recent_oldest_first() throws Exception {
    try (Rig rig = Rig.named("oom")) {
      rig.cluster.floodEvents(Rig.NAMESPACE, 20);
      ListEvents.Output events =
          rig.read(ListEvents.Output.class, "kubectl.events", "object", rig.anyPod());

      String name = rig.pods().get(0).getMetadata().getName();
      assertThat(events.items())
          .isNotEmpty()
          .allMatch(event -> event.object().equals("Pod/production/" + name));
      assertThat(events.items()).extracting(Event::reason).contains("BackOff");
      assertThat(events.items()).extracting(Event::at).isSorted();

      rig.clock.advance(Duration.ofMinutes(1));
      assertThat(
              rig.read(
                      ListEvents.Output.class,
                      "kubectl.events",
                      "object",
                      rig.anyPod(),
                      "type",
                      "Normal",
                      "since",
                      Duration.ofHours(1))
                  .items())
          .extracting(Event::type)
          .containsOnly(EventType.NORMAL);
    }
  }

  @Test
  void the_events_of_a_workload_can_include_those_of_its_pods() throws Exception {
    try (Rig rig = Rig.named("oom")) {
      ListEvents.Output own =
          rig.read(
              ListEvents.Output.class,
              "kubectl.events",
              "object",
              Rig.workload("Deployment", "api"));
      ListEvents.Output all =
          rig.read(
              ListEvents.Output.class,
              "kubectl.events",
              "object",
              Rig.workload("Deployment", "api"),
              "includePods",
              true);

      assertThat(own.items()).noneMatch(event -> event.object().startsWith("Pod/"));
      assertThat(all.items()).anyMatch(event -> event.object().startsWith("Pod/"));
    }
  }

  @Test
  void the_events_of_the_pods_on_a_node_come_with_the_node() throws Exception {
    try (Rig rig = Rig.named("oom")) {
      String node = rig.pods().get(0).getSpec().getNodeName();
      assertThat(
              rig.read(
                      ListEvents.Output.class,
                      "kubectl.events",
                      "object",
                      Rig.struct("name", node),
                      "includePods",
                      true)
                  .items())
          .anyMatch(event -> event.object().startsWith("Pod/production/"));
    }
  }

  @Test
  void a_crashing_pod_is_not_ready_behind_its_service() throws Exception {
    try (Rig rig = Rig.named("oom")) {
      ListEndpoints.Output endpoints =
          rig.read(ListEndpoints.Output.class, "kubectl.endpoints", "namespace", Rig.NAMESPACE);

      String pod = rig.pods().get(0).getMetadata().getName();
      assertThat(endpoints.items())
          .containsExactly(new ServiceEndpoint(Rig.NAMESPACE, "api", pod, false));
    }
  }

  @Test
  void missing_configuration_is_named_and_no_value_is_asked_for() throws Exception {
    try (Rig rig = Rig.named("missing-config")) {
      ReadConfigReferences.Output references =
          rig.read(
              ReadConfigReferences.Output.class, "kubectl.configReferences", "pod", rig.anyPod());

      assertThat(references.missing()).containsExactly("secret/api-token");
      assertThat(references.present()).containsExactly("configmap/api-settings");
    }
  }

  @Test
  void a_pod_is_owned_by_the_deployment_above_its_replica_set() throws Exception {
    try (Rig rig = Rig.named("oom")) {
      Workload owner = rig.read(Workload.class, "kubectl.owner", "pod", rig.anyPod());

      assertThat(owner.kind()).isEqualTo(WorkloadKind.DEPLOYMENT);
      assertThat(owner.name()).isEqualTo("api");
      assertThat(owner.replicas()).isEqualTo(1);
      assertThat(owner.readyReplicas()).isZero();
      assertThat(owner.updatedReplicas()).isEqualTo(1);
      assertThat(owner.updatedReadyReplicas()).isZero();
      assertThat(owner.available()).isFalse();
      assertThat(owner.container().memoryLimit()).isEqualTo(LIMIT);
      assertThat(owner.container().originalMemoryLimit()).isEqualTo(LIMIT);
    }
  }

  @Test
  void a_pod_without_an_owner_owns_itself() throws Exception {
    try (Rig rig = Rig.yaml(BARE)) {
      Workload owner = rig.read(Workload.class, "kubectl.owner", "pod", Rig.pod("lone"));

      assertThat(owner.kind()).isEqualTo(WorkloadKind.POD);
      assertThat(owner.name()).isEqualTo("lone");
      assertThat(owner.readyReplicas()).isEqualTo(1);
    }
  }

  @Test
  void a_workload_is_read_by_its_kind() throws Exception {
    try (Rig rig = Rig.yaml(MANY)) {
      for (String kind : new String[] {"Deployment", "StatefulSet", "DaemonSet"}) {
        Workload workload =
            rig.read(
                Workload.class,
                "kubectl.workload",
                "workload",
                Rig.workload(kind, kind.toLowerCase(java.util.Locale.ROOT)));
        assertThat(workload.available()).as(kind).isTrue();
        assertThat(workload.readyReplicas()).as(kind).isEqualTo(workload.replicas());
        assertThat(workload.updatedReadyReplicas()).as(kind).isEqualTo(workload.replicas());
      }
    }
  }

  @Test
  void all_workloads_are_listed_with_what_is_ready_of_their_newest_revision() throws Exception {
    try (Rig rig = Rig.yaml(MANY)) {
      assertThat(rig.read(ListWorkloads.Output.class, "kubectl.workloads").items())
          .extracting(Workload::kind, Workload::name, Workload::updatedReadyReplicas)
          .containsExactly(
              tuple(WorkloadKind.DEPLOYMENT, "deployment", 2),
              tuple(WorkloadKind.STATEFUL_SET, "statefulset", 2),
              tuple(WorkloadKind.DAEMON_SET, "daemonset", 1));
    }
  }

  @Test
  void the_last_good_revision_is_the_newest_earlier_one() throws Exception {
    try (Rig rig = Rig.named("image-pull")) {
      Rollout rollout =
          rig.read(
              Rollout.class,
              "kubectl.rolloutHistory",
              "workload",
              Rig.workload("Deployment", "api"));

      assertThat(rollout.revisions()).extracting(Revision::number).containsExactly(3, 2, 1);
      assertThat(rollout.current().image()).isEqualTo("registry.example.com/api:1.5.0-rc1");
      assertThat(rollout.current().changeCause()).isEqualTo("release 1.5.0-rc1");
      assertThat(rollout.lastGood().number()).isEqualTo(2);
      assertThat(rollout.lastGood().image()).isEqualTo("registry.example.com/api:1.4.0");
    }
  }

  @Test
  void stateful_sets_and_daemon_sets_have_a_history_too_and_pods_have_none() throws Exception {
    try (Rig rig = Rig.yaml(MANY)) {
      for (String kind : new String[] {"StatefulSet", "DaemonSet"}) {
        Rollout rollout =
            rig.read(
                Rollout.class,
                "kubectl.rolloutHistory",
                "workload",
                Rig.workload(kind, kind.toLowerCase(java.util.Locale.ROOT)));
        assertThat(rollout.current().image()).as(kind).isEqualTo("registry.example.com/x:1");
        assertThat(rollout.lastGood()).as(kind).isNull();
      }
    }
    try (Rig rig = Rig.yaml(BARE)) {
      Rollout rollout =
          rig.read(
              Rollout.class, "kubectl.rolloutHistory", "workload", Rig.workload("Pod", "lone"));
      assertThat(rollout.revisions()).hasSize(1);
      assertThat(rollout.lastGood()).isNull();
    }
  }

  @Test
  void a_node_knows_what_is_left_on_it() throws Exception {
    try (Rig rig = Rig.named("oom")) {
      String name = rig.pods().get(0).getSpec().getNodeName();
      Node node = rig.read(Node.class, "kubectl.node", "node", Rig.struct("name", name));

      assertThat(node.ready()).isTrue();
      assertThat(node.memoryPressure()).isFalse();
      assertThat(node.requested().memory()).isEqualTo(new DataSize(128L << 20));
      assertThat(node.free().memory().bytes())
          .isEqualTo(node.allocatable().memory().bytes() - (128L << 20));
      assertThat(rig.read(ListNodes.Output.class, "kubectl.nodes").items())
          .extracting(Node::name)
          .containsExactly("worker-1", "worker-2");
      assertThat(rig.read(ListNodes.Output.class, "kubectl.nodes").items())
          .filteredOn(one -> one.name().equals(name))
          .containsExactly(node);
    }
  }

  @Test
  void a_description_can_be_read_and_shows_no_secret() throws Exception {
    try (Rig rig =
        Rig.yaml(
            """
            workloads:
              - kind: Deployment
                name: api
                namespace: production
                image: registry.example.com/api:1.4.0
                env: [{ name: PASSWORD, value: hunter2 }]
            objects:
              - apiVersion: v1
                kind: Secret
                metadata: { name: token, namespace: production }
                data: { name: aHVudGVyMg==, value: aHVudGVyMg== }
            """)) {
      String pod =
          rig.read(DescribeObject.Output.class, "kubectl.describe", "object", rig.anyPod()).text();
      String secret =
          rig.read(
                  DescribeObject.Output.class,
                  "kubectl.describe",
                  "object",
                  Rig.struct("kind", "Secret", "namespace", Rig.NAMESPACE, "name", "token"))
              .text();

      assertThat(pod)
          .startsWith("Name: api-")
          .contains("Namespace: production", "Controlled By: ReplicaSet/", "name: PASSWORD")
          .contains("registry.example.com/api:1.4.0")
          .contains("Events:")
          .doesNotContain("hunter2");
      assertThat(secret).contains("name: <set>", "value: <set>").doesNotContain("aHVudGVyMg");
    }
  }

  @Test
  void a_namespace_shows_its_annotations() throws Exception {
    try (Rig rig =
        Rig.yaml(
            """
            namespaces: [{ name: production, annotations: { byteport.io/team: core } }]
            """)) {
      assertThat(
              rig.read(ReadNamespace.Output.class, "kubectl.namespace", "name", Rig.NAMESPACE)
                  .annotations())
          .containsEntry("byteport.io/team", "core");
    }
  }

  @Test
  void a_cluster_is_present_while_it_answers() throws Exception {
    Rig rig = Rig.yaml(HEALTHY);
    try (rig) {
      assertThat(rig.read(ReadCluster.Output.class, "kubectl.cluster").present()).isTrue();
      rig.cluster.close();
      assertThat(rig.read(ReadCluster.Output.class, "kubectl.cluster").present()).isFalse();
    }
  }

  private static final String HEALTHY =
      """
      workloads:
        - { kind: Deployment, name: api, namespace: production, image: "registry.example.com/api:1" }
      """;

  private static final String BARE =
      """
      workloads:
        - { kind: Pod, name: lone, namespace: production, image: "registry.example.com/x:1" }
      """;

  private static final String MANY =
      """
      workloads:
        - { kind: Deployment, name: deployment, namespace: production, replicas: 2, image: "registry.example.com/x:1" }
        - { kind: StatefulSet, name: statefulset, namespace: production, replicas: 2, image: "registry.example.com/x:1" }
        - { kind: DaemonSet, name: daemonset, namespace: production, image: "registry.example.com/x:1" }
      """;
}
