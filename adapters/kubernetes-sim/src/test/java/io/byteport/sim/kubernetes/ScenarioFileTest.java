package io.byteport.sim.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.sim.kubernetes.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ScenarioFileTest {
  @Test
  void theScenarioInTheReadMeIsOne() throws IOException {
    String readMe = Files.readString(Path.of("README.md"));
    String yaml = readMe.replaceAll("(?s).*```yaml\n(.*?)```.*", "$1");
    Scenario scenario = Scenario.parse(yaml, "README.md");
    assertThat(scenario.workloads().getFirst().faults()).hasSize(5);
    assertThat(scenario.httpFaults()).hasSize(5);
    SimulatedCluster.start(scenario).close();
  }

  @Test
  void objectsAndCustomResourcesAreServedAsTheyStand() {
    try (TestCluster c =
        TestCluster.yaml(
            """
            customResources:
              - { group: metrics.k8s.io, version: v1beta1, kind: PodMetrics, plural: pods }
            objects:
              - apiVersion: metrics.k8s.io/v1beta1
                kind: PodMetrics
                metadata: { name: api-1, namespace: production }
                containers: [ { name: api, usage: { memory: 210Mi, cpu: 12m } } ]
              - apiVersion: v1
                kind: Secret
                metadata: { name: token }
                data: { token: eA== }
            """)) {
      assertThat(
              c.client
                  .top()
                  .pods()
                  .metrics("production")
                  .getItems()
                  .getFirst()
                  .getContainers()
                  .getFirst()
                  .getUsage()
                  .get("memory")
                  .toString())
          .isEqualTo("210Mi");
      assertThat(c.client.secrets().inNamespace("default").withName("token").get()).isNotNull();
    }
  }
}
