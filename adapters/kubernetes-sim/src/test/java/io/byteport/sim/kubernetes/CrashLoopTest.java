package io.byteport.sim.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.sim.kubernetes.scenario.Fault;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.Pod;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CrashLoopTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void aContainerShortOfMemoryIsKilledUntilItsLimitIsHighEnough() {
    try (TestCluster c = TestCluster.named("oom")) {
      assertThat(c.waitingFor()).isEqualTo("CrashLoopBackOff");
      ContainerStateTerminated last = c.status().getLastState().getTerminated();
      assertThat(last.getExitCode()).isEqualTo(137);
      assertThat(last.getReason()).isEqualTo("OOMKilled");

      c.setMemoryLimit("299Mi");
      c.advance(MINUTE);
      assertThat(c.pods()).noneMatch(p -> ready(p));

      c.setMemoryLimit("384Mi");
      c.advance(MINUTE);
      assertThat(ready(c.pod())).isTrue();
      assertThat(c.status().getRestartCount()).isZero();
      c.advance(Duration.ofHours(1));
      assertThat(c.status().getRestartCount()).isZero();
    }
  }

  @Test
  void aFaultThatBeginsLaterHitsARunningContainerThen() {
    try (TestCluster c =
        TestCluster.yaml(
            """
            workloads:
              - name: api
                namespace: production
                image: "api:1"
                faults: [ { crash: { exitCode: 9, after: 20s }, from: 2h } ]
            """)) {
      c.advance(Duration.ofHours(2).plusSeconds(19));
      assertThat(CrashLoopTest.ready(c.pod())).isTrue();
      c.advance(Duration.ofSeconds(2));
      assertThat(c.status().getRestartCount()).isEqualTo(1);
      assertThat(c.status().getLastState().getTerminated().getExitCode()).isEqualTo(9);
    }
  }

  @Test
  void theBackOffDoublesFromTenSecondsToFiveMinutes() {
    try (TestCluster c =
        TestCluster.yaml(
            """
            warmUp: 0s
            workloads:
              - name: api
                namespace: production
                image: api:1
                faults: [ { crash: { exitCode: 3, after: 4s, log: gave up } } ]
            """)) {
      List<String> seen = new ArrayList<>();
      for (int second = 0; second < 1500; second += 5) {
        c.advance(Duration.ofSeconds(5));
        ContainerStateWaiting waiting = c.status().getState().getWaiting();
        if (waiting != null && waiting.getReason().equals("CrashLoopBackOff")) {
          String message = waiting.getMessage();
          String backOff = message.substring(0, message.indexOf(" restarting"));
          if (seen.isEmpty() || !seen.getLast().equals(backOff)) {
            seen.add(backOff);
          }
        }
      }
      assertThat(seen)
          .containsExactly(
              "back-off 10s",
              "back-off 20s",
              "back-off 40s",
              "back-off 1m20s",
              "back-off 2m40s",
              "back-off 5m0s");
      assertThat(c.status().getLastState().getTerminated().getExitCode()).isEqualTo(3);
      assertThat(c.events("BackOff")).hasSize(1);
      assertThat(c.events("BackOff").getFirst().getCount()).isGreaterThan(20);
      assertThat(c.events("BackOff").getFirst().getInvolvedObject().getUid())
          .isEqualTo(c.pod().getMetadata().getUid());
    }
  }

  @Test
  void theLogOfThePreviousContainerIsKept() {
    try (TestCluster c = TestCluster.named("oom")) {
      String log = "/api/v1/namespaces/production/pods/" + c.pod().getMetadata().getName() + "/log";
      assertThat(c.get(log + "?previous=true&container=api").body())
          .isEqualTo(
              """
              api starting
              loading 1840000 rows into the price cache
              heap at 97 % of the container's limit
              """);
      assertThat(c.get(log + "?previous=true&tailLines=1").body()).startsWith("heap at 97 %");
      assertThat(c.get(log + "?previous=true&limitBytes=12").body()).isEqualTo("api starting");
    }
  }

  @Test
  void aPodThatNeverRestartedHasNoPreviousLog() {
    try (TestCluster c = TestCluster.named("missing-config")) {
      String name = c.pod().getMetadata().getName();
      String log = "/api/v1/namespaces/production/pods/" + name + "/log";
      HttpResponse<String> previous = c.get(log + "?previous=true");
      assertThat(previous.statusCode()).isEqualTo(400);
      assertThat(TestCluster.json(previous).path("message").asText())
          .isEqualTo("previous terminated container \"api\" in pod \"%s\" not found", name);
      assertThat(TestCluster.json(c.get(log)).path("message").asText())
          .isEqualTo(
              "container \"api\" in pod \"%s\" is waiting to start: CreateContainerConfigError",
              name);
    }
  }

  @Test
  void aLivenessProbeThatIsTooEarlyKillsUntilItWaitsLongEnough() {
    try (TestCluster c = TestCluster.named("liveness")) {
      ContainerStateTerminated last = c.status().getLastState().getTerminated();
      assertThat(last.getExitCode()).isEqualTo(143);
      assertThat(last.getReason()).isEqualTo("Error");
      assertThat(c.events("Unhealthy"))
          .anyMatch(e -> e.getMessage().startsWith("Liveness probe failed: "))
          .anyMatch(
              e -> Instant.parse(e.getLastTimestamp()).isAfter(Instant.parse(last.getStartedAt())));
      assertThat(c.events("Killing")).isNotEmpty();
      String name = c.pod().getMetadata().getName();
      assertThat(c.client.pods().inNamespace("production").withName(name).terminated().getLog())
          .contains("server started on :8080, listening");

      c.strategic(
          TestCluster.api(),
          """
          {"spec":{"template":{"spec":{"containers":[
            {"name":"api","livenessProbe":{"initialDelaySeconds":30,"failureThreshold":5}}]}}}}
          """);
      c.advance(MINUTE);
      assertThat(ready(c.pod())).isTrue();
      c.advance(Duration.ofMinutes(30));
      assertThat(c.status().getRestartCount()).isZero();
    }
  }

  @Test
  void aPodComesUpAfterItsDependencyDid() {
    try (TestCluster c = TestCluster.named("dependency")) {
      assertThat(c.status().getLastState().getTerminated().getExitCode()).isEqualTo(1);
      assertThat(c.cluster.reachable("postgres", 5432)).isFalse();
      c.advance(Duration.ofSeconds(119));
      assertThat(c.cluster.reachable("postgres", 5432)).isFalse();
      c.advance(Duration.ofSeconds(1));
      assertThat(c.cluster.reachable("postgres.production.svc", 5432)).isTrue();
      assertThat(c.cluster.reachable("postgres", 5433)).isFalse();
      int restarts = c.status().getRestartCount();
      c.advance(MINUTE);
      assertThat(ready(c.pod())).isTrue();
      assertThat(c.status().getRestartCount()).isEqualTo(restarts + 1);
      assertThat(c.cluster.reachable("api.production", 80)).isTrue();
    }
  }

  @Test
  void aFaultInjectedIntoARunningContainerEndsWhenHealed() {
    try (TestCluster c =
        TestCluster.yaml(
            "workloads: [ { name: api, namespace: production, image: 'api:1', memoryLimit: 256Mi }"
                + " ]")) {
      assertThat(ready(c.pod())).isTrue();
      c.cluster.inject(
          "Deployment",
          "production",
          "api",
          new Fault.OutOfMemory(
              new Fault.Scope("api", Optional.empty()), 300L << 20, Duration.ofSeconds(4), "x"));
      c.advance(Duration.ofMinutes(5));
      assertThat(c.waitingFor()).isEqualTo("CrashLoopBackOff");
      c.cluster.heal("production", "api");
      c.advance(Duration.ofMinutes(6));
      assertThat(ready(c.pod())).isTrue();
    }
  }

  static boolean ready(Pod pod) {
    return pod.getStatus().getConditions().stream()
        .anyMatch(k -> k.getType().equals("Ready") && k.getStatus().equals("True"));
  }
}
