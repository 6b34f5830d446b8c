package io.byteport.sim.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
