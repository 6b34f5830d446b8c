package io.byteport.sim.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.sim.kubernetes.scenario.Scenario;
import io.byteport.sim.kubernetes.scenario.ScenarioException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioTest {
  @ParameterizedTest
  @CsvSource({
    "oom, CrashLoopBackOff",
    "image-pull, ImagePullBackOff",
    "missing-config, CreateContainerConfigError",
    "liveness, CrashLoopBackOff",
    "dependency, CrashLoopBackOff",
    "skip, CrashLoopBackOff"
  })
  void theShippedScenariosBeginInTheMiddleOfTheIncident(String name, String waiting) {
    try (TestCluster c = TestCluster.named(name)) {
      assertThat(c.pods())
          .anyMatch(
              p -> {
                var state = p.getStatus().getContainerStatuses().getFirst().getState();
                return state.getWaiting() != null && state.getWaiting().getReason().equals(waiting);
              });
      assertThat(c.pods())
          .allMatch(
              p ->
                  name.equals("skip")
                      == p.getMetadata()
                          .getAnnotations()
                          .containsKey("byteport.io/skip-crashloop-remediation"));
    }
  }

  @Test
  void theSameScenarioAndCallsGiveTheSameCluster() {
    assertThat(history()).isEqualTo(history());
  }

  private static String history() {
    try (TestCluster c = TestCluster.named("image-pull")) {
      c.strategic(
          TestCluster.api(),
          """
          {"spec":{"template":{"spec":{"containers":[{"name":"api","image":"api:7"}]}}}}
          """);
      c.advance(java.time.Duration.ofMinutes(3));
      return c.get("/api/v1/pods").body()
          + c.get("/api/v1/events").body()
          + c.get("/api/v1/nodes").body()
          + c.get("/apis/apps/v1/replicasets").body();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          workloads: [ { name: a, image: b, replicaz: 2 } ] | x.yaml:2: unknown key `replicaz`
          warmUp: soon            | x.yaml:2: `warmUp` is not a duration like `10s`, `5m` or `72h`: `soon`
          workloads: [ { image: b } ]                       | x.yaml:2: `name` is missing
          nodes: worker           | x.yaml:2: expected a list
          workloads: [ { name: a, image: b, faults: [ { container: a } ] } ] | x.yaml:2: expected one of `outOfMemoryBelow`, `badImage`, `startsAfter`, `dependsOn`, `crash`
          nodes: [                | x.yaml:3: expected the node content, but found '<stream end>'
          """)
  void aMistakeIsNamedWithItsLine(String line, String message) {
    assertThatThrownBy(() -> Scenario.parse("# a scenario\n" + line + "\n", "x.yaml"))
        .isInstanceOf(ScenarioException.class)
        .hasMessage(message);
  }

  @Test
  void anUnknownScenarioIsSaid() {
    assertThatThrownBy(() -> Scenario.named("nothing"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no scenario `nothing`");
  }
}
