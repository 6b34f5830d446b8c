package io.byteport.sim.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.sim.kubernetes.scenario.Fault;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InitContainerTest {
  private static final String TWO_THAT_END_WELL =
      """
      warmUp: 0s
      workloads:
        - name: api
          namespace: production
          image: "api:1"
          initContainers:
            - { name: migrate, image: "migrate:1", memoryRequest: 512Mi }
            - { name: warm, image: "warm:1" }
      """;

  private static String failing(String fault) {
    return """
    warmUp: 10m
    workloads:
      - name: api
        namespace: production
        image: "api:1"
        initContainers:
          - { name: migrate, image: "migrate:1" }
          - { name: warm, image: "warm:1" }
        faults:
          - { container: migrate, %s }
    """
        .formatted(fault);
  }

  @Test
  void initContainersRunOneAfterTheOtherBeforeTheContainers() {
    try (TestCluster c = TestCluster.yaml(TWO_THAT_END_WELL)) {
      c.advance(Duration.ofSeconds(3));
      assertThat(initial(c.pod(), 0).getState().getRunning()).isNotNull();
      assertThat(initial(c.pod(), 1).getState().getWaiting().getReason())
          .isEqualTo("PodInitializing");
      assertThat(c.waitingFor()).isEqualTo("PodInitializing");
      assertThat(condition(c.pod(), "Initialized").getStatus()).isEqualTo("False");
      assertThat(condition(c.pod(), "Initialized").getMessage())
          .isEqualTo("containers with incomplete status: [migrate warm]");
      assertThat(c.pod().getStatus().getPhase()).isEqualTo("Pending");

      c.advance(Duration.ofSeconds(30));
      Pod pod = c.pod();
      assertThat(CrashLoopTest.ready(pod)).isTrue();
      assertThat(condition(pod, "Initialized").getStatus()).isEqualTo("True");
      assertThat(pod.getStatus().getInitContainerStatuses())
          .allSatisfy(
              status -> {
                assertThat(status.getState().getTerminated().getReason()).isEqualTo("Completed");
                assertThat(status.getReady()).isTrue();
                assertThat(status.getRestartCount()).isZero();
              });
      assertThat(startOf(initial(pod, 1))).isGreaterThan(endOf(initial(pod, 0)));
      assertThat(c.status().getState().getRunning().getStartedAt())
          .isGreaterThan(endOf(initial(pod, 1)));
    }
  }

  @Test
  void aFailedInitContainerBacksOffAndHoldsAllOthersBack() {
    try (TestCluster c =
        TestCluster.yaml(failing("crash: { exitCode: 3, after: 1s }, log: \"no schema\""))) {
      Pod pod = c.pod();
      ContainerStatus migrate = initial(pod, 0);
      assertThat(migrate.getState().getWaiting().getReason()).isEqualTo("CrashLoopBackOff");
      assertThat(migrate.getLastState().getTerminated().getExitCode()).isEqualTo(3);
      assertThat(migrate.getRestartCount()).isGreaterThan(3);
      assertThat(initial(pod, 1).getState().getWaiting().getReason()).isEqualTo("PodInitializing");
      assertThat(c.waitingFor()).isEqualTo("PodInitializing");
      assertThat(CrashLoopTest.ready(pod)).isFalse();
      assertThat(
              c.client
                  .pods()
                  .inNamespace(TestCluster.NAMESPACE)
                  .withName(pod.getMetadata().getName())
                  .inContainer("migrate")
                  .terminated()
                  .getLog())
          .contains("no schema");
      assertThat(c.events("BackOff"))
          .anySatisfy(
              event ->
                  assertThat(event.getInvolvedObject().getFieldPath())
                      .isEqualTo("spec.initContainers{migrate}"));
    }
  }

  @Test
  void aPodThatReplacesTheFailedOneInitializesWhereTheFaultEndsWithThePod() {
    try (TestCluster c =
        TestCluster.yaml(failing("crash: { exitCode: 3, after: 1s, untilReplaced: true }"))) {
      c.advance(Duration.ofMinutes(2));
      assertThat(CrashLoopTest.ready(c.pod())).isFalse();
      c.client.pods().resource(c.pod()).delete();
      c.advance(Duration.ofMinutes(1));
      assertThat(CrashLoopTest.ready(c.pod())).isTrue();
    }
  }

  @Test
  void anInitContainerThatWaitsForAnotherServiceEndsWellOnceThatAnswers() {
    try (TestCluster c =
        TestCluster.yaml(failing("dependsOn: { host: postgres, port: 5432, upAfter: 3m }"))) {
      assertThat(CrashLoopTest.ready(c.pod())).isFalse();
      c.advance(Duration.ofMinutes(10));
      assertThat(CrashLoopTest.ready(c.pod())).isTrue();
    }
  }

  @Test
  void anInitContainerThatIsNotTriedAgainFailsThePod() {
    try (TestCluster c =
        TestCluster.yaml(
            """
            warmUp: 0s
            objects:
              - apiVersion: v1
                kind: Pod
                metadata: { name: once, namespace: production }
                spec:
                  restartPolicy: Never
                  initContainers: [ { name: setup, image: "setup:1" } ]
                  containers: [ { name: main, image: "main:1" } ]
            """)) {
      Fault.Scope setup = new Fault.Scope("setup", Optional.empty());
      c.cluster.inject(
          "Pod",
          TestCluster.NAMESPACE,
          "once",
          new Fault.Crash(setup, 4, Duration.ofSeconds(1), "", false));
      c.advance(Duration.ofMinutes(1));
      assertThat(initial(c.pod(), 0).getState().getTerminated().getExitCode()).isEqualTo(4);
      assertThat(c.pod().getStatus().getPhase()).isEqualTo("Failed");
      assertThat(c.waitingFor()).isEqualTo("PodInitializing");
    }
  }

  @Test
  void kubectlShowsWhereTheInitializationStands() {
    try (TestCluster c = TestCluster.yaml(failing("crash: { exitCode: 3, after: 1s }"))) {
      assertThat(table(c)).contains("Init:CrashLoopBackOff");
    }
    try (TestCluster c = TestCluster.yaml(TWO_THAT_END_WELL)) {
      c.advance(Duration.ofSeconds(3));
      assertThat(table(c)).contains("Init:0/2");
      c.advance(Duration.ofSeconds(30));
      assertThat(table(c)).contains("Running");
    }
  }

  private static String table(TestCluster c) {
    try {
      return c.http()
          .send(
              HttpRequest.newBuilder(
                      URI.create(c.cluster.url() + "/api/v1/namespaces/production/pods"))
                  .header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
                  .build(),
              BodyHandlers.ofString())
          .body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ContainerStatus initial(Pod pod, int index) {
    return pod.getStatus().getInitContainerStatuses().get(index);
  }

  private static String startOf(ContainerStatus status) {
    return status.getState().getTerminated().getStartedAt();
  }

  private static String endOf(ContainerStatus status) {
    return status.getState().getTerminated().getFinishedAt();
  }

  private static PodCondition condition(Pod pod, String type) {
    List<PodCondition> all = pod.getStatus().getConditions();
    return all.stream().filter(one -> one.getType().equals(type)).findFirst().orElseThrow();
  }
}
