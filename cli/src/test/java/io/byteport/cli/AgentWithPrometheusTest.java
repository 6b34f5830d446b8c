package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole way round: an exporter tells of a simulated cluster, Prometheus scrapes it and judges,
 * Alertmanager calls the agent, the agent asks people in Slack, heals the cluster and says so, and
 * the alert goes away by itself.
 */
@Tag("real")
class AgentWithPrometheusTest {
  private static final Path PROMETHEUS = Path.of("/usr/bin/prometheus");
  private static final Path ALERTMANAGER = Path.of("/usr/bin/prometheus-alertmanager");
  private static final String HOOK_TOKEN = "alertmanager-0123456789";
  private static final String DANA = "dana-0123456789abcdef";

  private static final String AGENT =
      """
      apiVersion: byteport.io/v1
      kind: Agent
      metadata:
        name: test
      mode: live
      listen: 127.0.0.1:PORT
      access:
        people:
          dana:
            role: approver
            token: { env: DANA_TOKEN }
      store:
        folder: FOLDER/state
      sources:
        alertmanager:
          type: alertmanager
          webhook: /webhooks/alertmanager
          credentials:
            bearer: { env: HOOK_TOKEN }
          rules:
            - when: signal.labels["alertname"] == "KubePodCrashLooping"
              signal: crashloopbackoff
      connections:
        simulated:
          type: kubernetes
          kubeconfig: FOLDER/cluster/kubeconfig
      channels:
        ops:
          type: slack-thread
          channel: C024BE91L
          address: SLACK
          credentials:
            token: { env: BOT_TOKEN }
      routes:
        - when: true
          use: [ops]
      autonomy:
        - when: true
          level: approve
      approvals:
        ask: chat
        within: 10m
      runbooks:
        configure:
          failed_deploy_auto_rollback:
            watch: false
          oomkilled_memory_pressure:
            watch: false
          crashloopbackoff_v2:
            watch: false
            params:
              stableFor: 5s
      """;

  @TempDir private Path folder;
  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void stop() throws InterruptedException {
    for (Process process : processes.reversed()) {
      process.destroy();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }

  @Test
  void an_alert_of_prometheus_is_asked_about_healed_told_and_gone() throws Exception {
    assumeTrue(Files.isExecutable(PROMETHEUS), "prometheus is not installed");
    assumeTrue(Files.isExecutable(ALERTMANAGER), "prometheus-alertmanager is not installed");
    int alertmanager = freePort();
    int prometheus = freePort();
    try (ClusterProcess cluster =
            ClusterProcess.start("oom", Files.createDirectory(folder.resolve("cluster")));
        SlackWorkspace slack = new SlackWorkspace();
        Exporter exporter = new Exporter(cluster);
        AgentProcess agent =
            new AgentProcess(folder)
                .configured(AGENT.replace("SLACK", slack.address()))
                .with("HOOK_TOKEN", HOOK_TOKEN)
                .with("DANA_TOKEN", DANA)
                .with("BOT_TOKEN", "xoxb-0123456789")
                .start()) {
      agent.awaitReady();
      startAlertmanager(alertmanager, agent.port);
      startPrometheus(prometheus, alertmanager, exporter.port());
      String broken = cluster.pod();

      // The alert makes its way, and the agent asks before it touches anything.
      agent.await("it asks", () -> slack.posted().size() == 1);
      SlackWorkspace.Posted question = slack.posted().getFirst();
      assertThat(question.thread()).isEmpty();
      assertThat(question.says(broken)).isTrue();
      assertThat(changes(cluster)).isEmpty();
      assertThat(firing(prometheus)).isEqualTo(1);
      assertThat(active(alertmanager)).isEqualTo(1);
      assertThat(agent.get("/metrics").body())
          .contains("byteport_alerts_firing{source=\"alertmanager\"} 1.0");
      JsonNode asked = api(agent, "GET", "approvals", null).at("/approvals/0");
      String run = asked.path("run").asString();
      assertThat(asked.path("plan").toString()).contains("384Mi");

      JsonNode answered =
          api(
              agent,
              "POST",
              "approvals/" + run,
              "{\"approved\":true,\"hash\":\"" + asked.path("hash").asString() + "\"}");
      assertThat(answered.path("by").asString()).contains("dana");

      // It is healed, and told where it was asked.
      agent.await("it is told", () -> slack.posted().size() == 2);
      SlackWorkspace.Posted told = slack.posted().getLast();
      assertThat(told.thread()).isEqualTo(question.ts());
      assertThat(told.incident()).isEqualTo(question.incident());
      assertThat(told.says("256Mi → 384Mi")).isTrue();
      assertThat(changes(cluster))
          .singleElement()
          .asString()
          .startsWith("PATCH /apis/apps/v1/namespaces/production/deployments/api?");

      // What was wrong is so no more, and everybody comes to know.
      agent.await("Prometheus sees that it is over", () -> firing(prometheus) == 0);
      agent.await("Alertmanager hears that it is over", () -> active(alertmanager) == 0);
      agent.await(
          "the agent hears that it is over",
          () -> metrics(agent).contains("byteport_alerts_firing{source=\"alertmanager\"} 0.0"));
      JsonNode story = api(agent, "GET", "runs/" + run, null);
      assertThat(story.at("/run/result").asString()).isEqualTo("resolved");
      assertThat(story.at("/run/target").asString()).isEqualTo("pod/production/" + broken);
      assertThat(kinds(story))
          .containsSubsequence(
              "opened",
              "observed",
              "classified",
              "asked",
              "approved",
              "changeIntended",
              "changeFinished",
              "finished");
      assertThat(api(agent, "GET", "runs", null).path("runs")).hasSize(1);
      assertThat(slack.posted()).hasSize(2);
      assertThat(metrics(agent))
          .contains(
              "byteport_runs_ended_total{result=\"resolved\",runbook=\"crashloopbackoff_v2\"} 1.0",
              "byteport_runs_unfinished 0.0",
              "byteport_outbox_waiting{channel=\"ops\"} 0.0");
      assertThat(agent.log()).doesNotContain(HOOK_TOKEN, DANA, "xoxb-");
      assertThat(agent.stop()).isZero();
    }
  }

  private static List<String> kinds(JsonNode story) {
    List<String> kinds = new ArrayList<>();
    story.path("entries").forEach(entry -> kinds.add(entry.path("$type").asString()));
    return kinds;
  }

  private static List<String> changes(ClusterProcess cluster) throws IOException {
    return cluster.writes().stream().filter(write -> !write.contains("dryRun=All")).toList();
  }

  private static String metrics(AgentProcess agent) {
    try {
      return agent.get("/metrics").body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private int firing(int prometheus) {
    JsonNode alerts = ask("http://127.0.0.1:" + prometheus + "/api/v1/alerts").at("/data/alerts");
    int firing = 0;
    for (JsonNode alert : alerts) {
      firing += alert.path("state").asString().equals("firing") ? 1 : 0;
    }
    return firing;
  }

  private int active(int alertmanager) {
    return ask("http://127.0.0.1:" + alertmanager + "/api/v2/alerts?active=true").size();
  }

  private static JsonNode ask(String address) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return JsonMapper.shared()
          .readTree(
              http.send(
                      HttpRequest.newBuilder(URI.create(address)).build(),
                      HttpResponse.BodyHandlers.ofString())
                  .body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode api(AgentProcess agent, String method, String path, @Nullable String body)
      throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:" + agent.port + "/api/v1/" + path))
                  .header("Authorization", "Bearer " + DANA)
                  .header("Content-Type", "application/json")
                  .method(
                      method,
                      body == null
                          ? HttpRequest.BodyPublishers.noBody()
                          : HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return JsonMapper.shared().readTree(answer.body());
    }
  }

  private void startAlertmanager(int port, int agent) throws IOException {
    Path configuration =
        Files.writeString(
            folder.resolve("alertmanager.yml"),
            """
            route: { receiver: byteport, group_wait: 1s, group_interval: 1s, repeat_interval: 1h }
            receivers:
              - name: byteport
                webhook_configs:
                  - url: http://127.0.0.1:%d/webhooks/alertmanager
                    send_resolved: true
                    http_config: { authorization: { type: Bearer, credentials: %s } }
            """
                .formatted(agent, HOOK_TOKEN));
    start(
        "alertmanager.log",
        ALERTMANAGER.toString(),
        "--config.file=" + configuration,
        "--storage.path=" + folder.resolve("alertmanager"),
        "--cluster.listen-address=",
        "--web.listen-address=127.0.0.1:" + port);
  }

  private void startPrometheus(int port, int alertmanager, int exporter) throws IOException {
    Files.writeString(
        folder.resolve("rules.yml"),
        """
        groups:
          - name: pods
            interval: 1s
            rules:
              - alert: KubePodCrashLooping
                expr: >-
                  max_over_time(
                  kube_pod_container_status_waiting_reason{reason="CrashLoopBackOff"}[10s]) == 1
                labels: { severity: critical }
                annotations: { summary: "{{ $labels.pod }} crashes again and again" }
        """);
    Path configuration =
        Files.writeString(
            folder.resolve("prometheus.yml"),
            """
            global: { scrape_interval: 1s, evaluation_interval: 1s }
            rule_files: [rules.yml]
            alerting: { alertmanagers: [{ static_configs: [{ targets: ["127.0.0.1:%d"] }] }] }
            scrape_configs:
              - job_name: kube-state-metrics
                honor_labels: true
                static_configs: [{ targets: ["127.0.0.1:%d"] }]
            """
                .formatted(alertmanager, exporter));
    start(
        "prometheus.log",
        PROMETHEUS.toString(),
        "--config.file=" + configuration,
        "--storage.tsdb.path=" + folder.resolve("data"),
        "--rules.alert.resend-delay=1s",
        "--web.listen-address=127.0.0.1:" + port);
  }

  private void start(String log, String... command) throws IOException {
    processes.add(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(log).toFile())
            .start());
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  /** Says of the pods of a cluster what kube-state-metrics would. */
  private record Exporter(HttpServer server) implements AutoCloseable {
    Exporter(ClusterProcess cluster) throws IOException {
      this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
      server.createContext(
          "/metrics",
          exchange -> {
            byte[] text = text(cluster.api()).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
          });
      server.start();
    }

    int port() {
      return server.getAddress().getPort();
    }

    private static String text(PlainApi api) {
      StringBuilder text = new StringBuilder();
      for (JsonNode pod : api.get("/api/v1/namespaces/production/pods").path("items")) {
        for (JsonNode container : pod.at("/status/containerStatuses")) {
          String reason = container.at("/state/waiting/reason").asString("");
          if (!reason.isEmpty()) {
            text.append(
                """
                kube_pod_container_status_waiting_reason{namespace="production",pod="%s",\
                container="%s",reason="%s"} 1
                """
                    .formatted(
                        pod.at("/metadata/name").asString(),
                        container.path("name").asString(),
                        reason));
          }
        }
      }
      return text.toString();
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
