package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent as a process, told by Alertmanager, before a simulated cluster. */
class AgentCommandTest {
  private static final String RUNBOOK = "crashloopbackoff_v2";

  private static final String SMALL =
      """
      apiVersion: byteport.io/v1
      kind: Agent
      metadata:
        name: test
      listen: 127.0.0.1:PORT
      store:
        folder: FOLDER/state
      sources:
        alertmanager:
          type: alertmanager
          webhook: /webhooks/alertmanager
      runbooks:
        library: false
        folders: [FOLDER/runbooks]
      """;

  private static final String LIVE =
      """
      apiVersion: byteport.io/v1
      kind: Agent
      metadata:
        name: test
      mode: live
      listen: 127.0.0.1:PORT
      store:
        folder: FOLDER/state
      sources:
        alertmanager:
          type: alertmanager
          webhook: /webhooks/alertmanager
          rules:
            - when: signal.labels["alertname"] == "KubePodCrashLooping"
              signal: crashloopbackoff
      connections:
        simulated:
          type: kubernetes
          kubeconfig: FOLDER/cluster/kubeconfig
      channels:
        ops:
          type: slack-webhook
          credentials:
            address: { env: CHAT }
      routes:
        - when: true
          use: [ops]
      autonomy:
        - when: true
          level: act
      runbooks:
        library: false
        folders: [FOLDER/runbooks]
        configure:
          crashloopbackoff_v2:
            watch: false
            params:
              stableFor: 5s
      """;

  @TempDir private Path folder;

  private Path runbooks() throws IOException {
    Path runbooks = Files.createDirectories(folder.resolve("runbooks"));
    Variant.file(runbooks, RUNBOOK, Map.of("  every: 15s\n", "  every: 2s\n"));
    return runbooks;
  }

  private static String alert(String pod, String status) {
    return """
    {
      "version": "4",
      "groupKey": "{}",
      "status": "%s",
      "receiver": "byteport",
      "groupLabels": {},
      "commonLabels": {},
      "commonAnnotations": {},
      "externalURL": "http://alertmanager.example.com",
      "alerts": [
        {
          "status": "%s",
          "labels": {
            "alertname": "KubePodCrashLooping",
            "severity": "critical",
            "namespace": "production",
            "pod": "%s",
            "container": "api"
          },
          "annotations": {},
          "startsAt": "2026-01-31T03:00:00Z",
          "endsAt": "0001-01-01T00:00:00Z",
          "generatorURL": "http://prometheus.example.com",
          "fingerprint": "a1b2c3d4e5f60718"
        }
      ]
    }
    """
        .formatted(status, status, pod);
  }

  @Test
  @Tag("slow")
  void an_alert_is_healed_told_and_resolved() throws Exception {
    runbooks();
    try (ClusterProcess cluster =
            ClusterProcess.start("oom", Files.createDirectory(folder.resolve("cluster")));
        AgentProcess agent = new AgentProcess(folder).configured(LIVE).start()) {
      agent.awaitReady();
      assertThat(agent.log())
          .contains(
              "mode       LIVE: changes are made",
              "1 may be started, 0 of them watch by themselves");

      assertThat(agent.post("/webhooks/alertmanager", alert(cluster.pod(), "firing")))
          .isEqualTo(202);
      agent.await("it is told", () -> agent.tells("memory limit 256Mi → 384Mi"));
      assertThat(realWrites(cluster))
          .singleElement()
          .asString()
          .startsWith("PATCH /apis/apps/v1/namespaces/production/deployments/api?");
      assertThat(agent.post("/webhooks/alertmanager", alert(cluster.pod(), "resolved")))
          .isEqualTo(202);

      String metrics = agent.get("/metrics").body();
      assertThat(metrics)
          .contains(
              "byteport_runs_ended_total{result=\"resolved\",runbook=\"crashloopbackoff_v2\"} 1.0",
              "byteport_alerts_firing{source=\"alertmanager\"} 0.0",
              "byteport_notifications_total{channel=\"ops\",outcome=\"sent\"}",
              "byteport_live 1.0");
      assertThat(agent.stop()).isZero();
      assertThat(agent.log()).contains("takes nothing more").endsWith("ended\n");
    }
  }

  @Test
  @Tag("slow")
  void an_agent_that_is_killed_goes_on_and_repeats_nothing() throws Exception {
    runbooks();
    try (ClusterProcess cluster =
            ClusterProcess.start("oom", Files.createDirectory(folder.resolve("cluster")));
        AgentProcess agent = new AgentProcess(folder).configured(LIVE).start()) {
      agent.awaitReady();
      agent.post("/webhooks/alertmanager", alert(cluster.pod(), "firing"));
      agent.await("it changes something", () -> !realWrites(cluster).isEmpty());
      agent.kill();

      agent.start().awaitReady();
      agent.await("it is resolved", () -> agent.log().contains("resolved: Every expectation"));
      agent.await("it is told", () -> agent.tells("crashloopbackoff_v2"));
      assertThat(realWrites(cluster)).hasSize(1);
      assertThat(agent.post("/webhooks/alertmanager", alert(cluster.pod(), "firing")))
          .isEqualTo(202);
      assertThat(agent.get("/metrics").body())
          .contains("byteport_signals_duplicate_total{source=\"alertmanager\"} 1.0");
    }
  }

  @Test
  @Tag("slow")
  void a_bad_edit_keeps_what_runs_and_says_so_and_a_good_one_takes_effect() throws Exception {
    runbooks();
    try (AgentProcess agent = new AgentProcess(folder).configured(SMALL).start()) {
      agent.awaitReady();
      assertThat(agent.log()).contains("mode       dry run: nothing is changed");
      assertThat(agent.log()).contains("autonomy   observe");

      agent.configured(SMALL.replace("folders:", "foldres:"));
      agent.await("it is not taken", () -> agent.log().contains("is not taken"));
      assertThat(agent.log()).contains("foldres");
      assertThat(agent.status("/readyz")).isEqualTo(200);
      assertThat(agent.post("/webhooks/alertmanager", alert("api-1", "resolved"))).isEqualTo(202);

      agent.configured(SMALL.replace("/webhooks/alertmanager", "/webhooks/am"));
      agent.await("it is taken", () -> agent.log().contains("the configuration was read again"));
      agent.await(
          "the new path is served",
          () -> {
            try {
              return agent.post("/webhooks/am", alert("api-1", "resolved")) == 202;
            } catch (IOException | InterruptedException e) {
              return false;
            }
          });
      assertThat(agent.post("/webhooks/alertmanager", alert("api-1", "resolved"))).isEqualTo(404);
    }
  }

  @Test
  @Tag("slow")
  void a_broken_runbook_keeps_the_one_that_was_there() throws Exception {
    Path runbooks = runbooks();
    try (AgentProcess agent = new AgentProcess(folder).configured(SMALL).start()) {
      agent.awaitReady();
      Files.writeString(
          runbooks.resolve(RUNBOOK + ".yaml"), "apiVersion: byteport.io/v1\nkind: Runbook\n");
      agent.await("it is not taken", () -> agent.log().contains("is not taken"));
      runbooks();
      agent.signal("HUP");
      agent.await("it is taken", () -> agent.log().contains("the configuration was read again"));
      assertThat(agent.status("/readyz")).isEqualTo(200);
    }
  }

  @Test
  @Tag("slow")
  void a_configuration_with_errors_does_not_start_and_names_their_places() throws Exception {
    runbooks();
    try (AgentProcess agent =
        new AgentProcess(folder).configured(SMALL.replace("webhook:", "webhok:")).start()) {
      assertThat(agent.exit()).isEqualTo(2);
      assertThat(agent.log())
          .contains("BP-", "webhok", "agent.yaml:", "byteport: the agent does not start");
    }
  }

  private static List<String> realWrites(ClusterProcess cluster) {
    try {
      return cluster.writes().stream().filter(write -> !write.contains("dryRun=All")).toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
