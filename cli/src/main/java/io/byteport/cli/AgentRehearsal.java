package io.byteport.cli;

import io.byteport.cli.agent.Agent;
import io.byteport.cli.agent.LogFormat;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * An agent that starts, is told of an alert, shows its pages and ends, in a folder of its own and
 * before a cluster that is not there: what any agent does first, so that the launcher can record
 * which classes that needs.
 */
final class AgentRehearsal {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final String CONFIGURATION =
      """
      apiVersion: byteport.io/v1
      kind: Agent
      listen: 127.0.0.1:PORT
      store:
        folder: FOLDER/state
      sources:
        rehearsal:
          type: alertmanager
          webhook: /webhooks/rehearsal
      connections:
        nowhere:
          type: kubernetes
          kubeconfig: FOLDER/kubeconfig
      """;

  private static final String NOWHERE =
      """
      apiVersion: v1
      kind: Config
      current-context: nowhere
      contexts:
        - { name: nowhere, context: { cluster: nowhere, user: nobody } }
      clusters:
        - { name: nowhere, cluster: { server: "http://127.0.0.1:9" } }
      users:
        - { name: nobody, user: {} }
      """;

  private static final String ALERT =
      """
      {"version": "4", "status": "firing", "alerts": [{"status": "firing",
        "labels": {"alertname": "Rehearsal", "severity": "warning"}, "annotations": {},
        "startsAt": "2026-01-31T03:00:00Z", "fingerprint": "a1b2c3d4e5f60718"}]}
      """;

  private AgentRehearsal() {}

  /** Gives the exit status. */
  static int play() throws Exception {
    Path folder = Files.createTempDirectory("byteport-rehearsal");
    try {
      int port = freePort();
      Files.writeString(folder.resolve("kubeconfig"), NOWHERE);
      Path file =
          Files.writeString(
              folder.resolve("agent.yaml"),
              CONFIGURATION
                  .replace("PORT", Integer.toString(port))
                  .replace("FOLDER", folder.toString()));
      Agent agent = AgentCommand.start(file, LogFormat.text);
      visit("http://127.0.0.1:" + port);
      agent.stop(PATIENCE);
      return ExitStatus.OK;
    } finally {
      Folders.empty(folder);
      Files.delete(folder);
    }
  }

  private static void visit(String address) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      ask(
          http,
          HttpRequest.newBuilder(URI.create(address + "/webhooks/rehearsal"))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(ALERT)));
      for (String path : new String[] {"/readyz", "/metrics", "/", "/api/v1/runs"}) {
        ask(http, HttpRequest.newBuilder(URI.create(address + path)));
      }
    }
  }

  private static void ask(HttpClient http, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}
