package io.byteport.sim.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RolloutTest {
  private static final String REVISION = "deployment.kubernetes.io/revision";

  @Test
  void anUndoRevivesTheOldReplicaSetAndRenumbersIt() {
    try (TestCluster c = TestCluster.named("image-pull")) {
      Map<Integer, ReplicaSet> before = revisions(c);
      assertThat(before.keySet()).containsExactly(1, 2, 3);
      assertThat(before.get(2).getMetadata().getAnnotations())
          .containsEntry("kubernetes.io/change-cause", "release 1.4.0");
      assertThat(c.pods()).extracting(CrashLoopTest::ready).containsExactlyInAnyOrder(true, false);

      Deployment present = c.deployment();
      present.getSpec().setTemplate(before.get(2).getSpec().getTemplate());
      present.getSpec().getTemplate().getMetadata().getLabels().remove("pod-template-hash");
      c.client.resource(present).update();
      c.advance(Duration.ofSeconds(30));

      Map<Integer, ReplicaSet> after = revisions(c);
      assertThat(after.keySet()).containsExactly(1, 3, 4);
      assertThat(after.get(4).getMetadata().getName())
          .isEqualTo(before.get(2).getMetadata().getName());
      assertThat(c.deployment().getMetadata().getAnnotations()).containsEntry(REVISION, "4");
      assertThat(c.pod().getSpec().getContainers().getFirst().getImage()).endsWith(":1.4.0");
      assertThat(c.deployment().getStatus().getObservedGeneration())
          .isEqualTo(c.deployment().getMetadata().getGeneration());
    }
  }

  @Test
  void aRolloutKeepsTheOldPodUntilTheNewOneIsReady() {
    try (TestCluster c =
        TestCluster.yaml(
            """
            workloads:
              - { name: api, namespace: production, image: "api:1", replicas: 2,
                  readinessProbe: { initialDelay: 8s } }
            """)) {
      image(c, "api:2");
      for (int second = 0; second < 60; second++) {
        c.advance(Duration.ofSeconds(1));
        assertThat(c.pods().stream().filter(CrashLoopTest::ready).count())
            .isGreaterThanOrEqualTo(2);
        assertThat(c.deployment().getStatus().getReplicas()).isLessThanOrEqualTo(3);
      }
      assertThat(c.pods()).hasSize(2).allMatch(p -> image(p).equals("api:2"));
      assertThat(condition(c, "Progressing")).isEqualTo("NewReplicaSetAvailable");
    }
  }

  @Test
  void aRolloutThatGetsNowhereExceedsItsDeadline() {
    try (TestCluster c =
        TestCluster.yaml(
            """
            workloads:
              - name: api
                namespace: production
                image: "api:1"
                progressDeadline: 60s
                age: 5h
                faults: [ { badImage: "api:2" } ]
            """)) {
      image(c, "api:2");
      c.advance(Duration.ofSeconds(50));
      assertThat(condition(c, "Progressing")).isEqualTo("ReplicaSetUpdated");
      c.advance(Duration.ofSeconds(15));
      assertThat(condition(c, "Progressing")).isEqualTo("ProgressDeadlineExceeded");
      assertThat(condition(c, "Available")).isEqualTo("MinimumReplicasAvailable");
    }
  }

  @Test
  void historyBeyondItsLimitIsForgotten() {
    try (TestCluster c =
        TestCluster.yaml(
            "workloads: [ { name: api, namespace: production, image: 'api:0', historyLimit: 2 }"
                + " ]")) {
      for (int i = 1; i <= 5; i++) {
        image(c, "api:" + i);
        c.advance(Duration.ofSeconds(30));
      }
      assertThat(revisions(c).keySet()).containsExactly(4, 5, 6);
    }
  }

  @Test
  void aStatefulSetReplacesItsPodsFromTheTopAndKeepsRevisions() {
    try (TestCluster c =
        TestCluster.yaml(
            """
            workloads:
              - { kind: StatefulSet, name: db, namespace: production, image: "db:1", replicas: 3 }
            """)) {
      assertThat(c.pods())
          .extracting(p -> p.getMetadata().getName())
          .containsExactly("db-0", "db-1", "db-2");
      String path = "/apis/apps/v1/namespaces/production/statefulsets/db";
      c.strategic(path, patchImage("db", "db:2"));
      c.advance(Duration.ofSeconds(4));
      assertThat(c.pods().getFirst().getSpec().getContainers().getFirst().getImage())
          .isEqualTo("db:1");
      c.advance(Duration.ofMinutes(1));
      assertThat(c.pods()).hasSize(3).allMatch(p -> image(p).equals("db:2"));
      List<ControllerRevision> revisions =
          c.client.apps().controllerRevisions().inNamespace("production").list().getItems();
      assertThat(revisions)
          .extracting(ControllerRevision::getRevision)
          .containsExactlyInAnyOrder(1L, 2L);
      ControllerRevision first =
          revisions.stream().filter(r -> r.getRevision() == 1).findFirst().orElseThrow();
      String data = io.fabric8.kubernetes.client.utils.Serialization.asJson(first.getData());
      c.strategic(path, data);
      c.advance(Duration.ofMinutes(1));
      assertThat(c.pods()).hasSize(3).allMatch(p -> image(p).equals("db:1"));
      assertThat(c.client.apps().controllerRevisions().inNamespace("production").list().getItems())
          .extracting(ControllerRevision::getRevision)
          .containsExactlyInAnyOrder(2L, 3L);
    }
  }

  @Test
  void aDaemonSetHasAPodOnEveryNode() {
    try (TestCluster c =
        TestCluster.yaml(
            """
            nodes: [ { name: a }, { name: b }, { name: c, taints: [ { key: gpu } ] } ]
            workloads:
              - { kind: DaemonSet, name: agent, namespace: production, image: "agent:1" }
            """)) {
      assertThat(c.pods())
          .extracting(p -> p.getSpec().getNodeName())
          .containsExactlyInAnyOrder("a", "b");
      c.strategic(
          "/apis/apps/v1/namespaces/production/daemonsets/agent", patchImage("agent", "agent:2"));
      c.advance(Duration.ofMinutes(1));
      assertThat(c.pods()).hasSize(2).allMatch(p -> image(p).equals("agent:2"));
    }
  }

  @Test
  void aDeletedDeploymentTakesItsPodsWithIt() {
    try (TestCluster c = TestCluster.named("oom")) {
      c.client.resource(c.deployment()).delete();
      c.advance(Duration.ofSeconds(40));
      assertThat(c.pods()).isEmpty();
      assertThat(c.client.apps().replicaSets().inNamespace("production").list().getItems())
          .isEmpty();
    }
  }

  private static void image(TestCluster c, String image) {
    assertThat(c.strategic(TestCluster.api(), patchImage("api", image)).statusCode())
        .isEqualTo(200);
  }

  private static String patchImage(String container, String image) {
    return """
    {"spec":{"template":{"spec":{"containers":[{"name":"%s","image":"%s"}]}}}}
    """
        .formatted(container, image);
  }

  private static String image(Pod pod) {
    return pod.getSpec().getContainers().getFirst().getImage();
  }

  private static String condition(TestCluster c, String type) {
    return c.deployment().getStatus().getConditions().stream()
        .filter(k -> k.getType().equals(type))
        .findFirst()
        .orElseThrow()
        .getReason();
  }

  private static Map<Integer, ReplicaSet> revisions(TestCluster c) {
    Map<Integer, ReplicaSet> found = new TreeMap<>();
    c.client
        .apps()
        .replicaSets()
        .inNamespace("production")
        .list()
        .getItems()
        .forEach(
            rs -> found.put(Integer.valueOf(rs.getMetadata().getAnnotations().get(REVISION)), rs));
    return found;
  }
}
