package io.byteport.sim.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeTest {
  @Test
  void aSilentNodeIsTaintedItsPodsMovedAfterFiveMinutesAndStuckUntilItReturns() {
    try (TestCluster c =
        TestCluster.yaml(
            """
            warmUp: 1m
            nodes: [ { name: a } ]
            workloads: [ { name: api, namespace: production, image: "api:1" } ]
            """)) {
      c.strategic(
          "/api/v1/nodes/a/status",
          """
          {"status":{"conditions":[{"type":"Ready","status":"Unknown","reason":"NodeStatusUnknown",
            "lastTransitionTime":"2026-01-05T10:00:00Z"}]}}
          """);
      assertThat(CrashLoopTest.ready(c.pod())).isFalse();
      assertThat(c.client.nodes().withName("a").get().getSpec().getTaints())
          .extracting(t -> t.getKey() + ":" + t.getEffect())
          .containsExactly(
              "node.kubernetes.io/unreachable:NoSchedule",
              "node.kubernetes.io/unreachable:NoExecute");
      c.advance(Duration.ofMinutes(6));
      assertThat(c.pods()).hasSize(2);
      assertThat(c.pods()).anyMatch(p -> p.getMetadata().getDeletionTimestamp() != null);
      assertThat(c.events("FailedScheduling")).isNotEmpty();
      c.strategic(
          "/api/v1/nodes/a/status",
          """
          {"status":{"conditions":[{"type":"Ready","status":"True",
            "lastTransitionTime":"2026-01-05T10:06:00Z"}]}}
          """);
      c.advance(Duration.ofSeconds(30));
      assertThat(CrashLoopTest.ready(c.pod())).isTrue();
    }
  }

  @Test
  void aNodeReturnsWhenTheScenarioSaysSo() {
    try (TestCluster c =
        TestCluster.yaml(
            "nodes: [ { name: a, conditions: { Ready: 'False' }, readyAfter: 2m } ]")) {
      assertThat(readiness(c)).isEqualTo("False");
      c.advance(Duration.ofMinutes(2));
      assertThat(readiness(c)).isEqualTo("True");
    }
  }

  @Test
  void aNodesConditionsChangeWhenTheScenarioSaysSo() {
    try (TestCluster c =
        TestCluster.yaml(
            """
            nodes:
              - name: a
                later:
                  - { after: 1m, conditions: { Ready: Unknown } }
                  - { after: 3m, conditions: { Ready: "True", DiskPressure: "True" } }
            workloads: [ { name: api, namespace: production, image: "api:1" } ]
            """)) {
      assertThat(readiness(c)).isEqualTo("True");
      c.advance(Duration.ofMinutes(1));
      assertThat(readiness(c)).isEqualTo("Unknown");
      assertThat(CrashLoopTest.ready(c.pod())).isFalse();
      c.advance(Duration.ofMinutes(2));
      assertThat(readiness(c)).isEqualTo("True");
      assertThat(c.client.nodes().withName("a").get().getSpec().getTaints())
          .extracting(t -> t.getKey())
          .containsExactly("node.kubernetes.io/disk-pressure");
    }
  }

  @Test
  void aNodeSaysOfItselfWhatItIsToldToSay() {
    try (TestCluster c = TestCluster.yaml("nodes: [ { name: a } ]")) {
      c.cluster.report("a", Map.of("Ready", "False"));
      assertThat(readiness(c)).isEqualTo("False");
      c.cluster.report("a", Map.of("Ready", "True"));
      assertThat(readiness(c)).isEqualTo("True");
    }
  }

  @Test
  void noNodeHasTwoPodsOfWhatIsKeptApart() {
    try (TestCluster c =
        TestCluster.yaml(
            """
            nodes: [ { name: a }, { name: b, memory: 1Gi } ]
            workloads:
              - { name: api, namespace: production, image: "api:1", replicas: 2, memoryRequest: 2Gi, apart: true }
            """)) {
      assertThat(c.pods())
          .extracting(p -> String.valueOf(p.getSpec().getNodeName()))
          .containsExactlyInAnyOrder("a", "null");
      assertThat(c.events("FailedScheduling").getFirst().getMessage())
          .startsWith(
              "0/2 nodes are available: 1 Insufficient memory, 1 node(s) didn't match pod"
                  + " anti-affinity rules");
    }
  }

  @Test
  void aPodThatFitsNowhereStaysPendingWithTheReason() {
    try (TestCluster c =
        TestCluster.yaml(
            """
            nodes: [ { name: a, memory: 1Gi }, { name: b, taints: [ { key: gpu, value: "yes" } ] } ]
            workloads: [ { name: api, namespace: production, image: "api:1", memoryRequest: 2Gi } ]
            """)) {
      assertThat(c.events("FailedScheduling").getFirst().getMessage())
          .startsWith(
              "0/2 nodes are available: 1 Insufficient memory, 1 node(s) had untolerated taint"
                  + " {gpu: yes}");
      assertThat(c.pod().getStatus().getPhase()).isEqualTo("Pending");
      c.strategic("/api/v1/nodes/b", "{\"spec\":{\"taints\":[]}}");
      c.advance(Duration.ofSeconds(10));
      assertThat(c.pod().getSpec().getNodeName()).isEqualTo("b");
    }
  }

  private static String readiness(TestCluster c) {
    return c.client.nodes().withName("a").get().getStatus().getConditions().stream()
        .filter(k -> k.getType().equals("Ready"))
        .findFirst()
        .orElseThrow()
        .getStatus();
  }
}
