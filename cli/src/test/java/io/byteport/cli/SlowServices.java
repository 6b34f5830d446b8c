package io.byteport.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;

/**
 * Services that are slow: a runbook that looks once at the page of each and calls a human, the
 * server of these pages, which knows when it was looked at which, and an agent's configuration.
 */
final class SlowServices implements AutoCloseable {
  private static final String RUNBOOK =
      """
      apiVersion: byteport.io/v1
      kind: Runbook
      metadata:
        id: service_slow
        title: A service is slow
        category: application
        severity: warning
        status: shipped
        version: 1.0.0
        doc: A service answers slowly, and nobody but a human knows why.

      detectors:
        service_slow: { doc: A service answers slowly }

      inputs:
        service: { type: string, required: true, doc: Which service it is }

      target:
        type: service
        namespace: production
        name: ${inputs.service}

      diagnose:
        page:
          uses: http.get
          with:
            url: ADDRESS/look
            query:
              service: ${inputs.service}

      classify:
        rules:
          - class: slow
            when: page.status == 200
            confidence: 0.90
            because: Its page answers ${page.status}

      remediate:
        slow:
          steps:
            - escalate: Nobody but a human knows why

      summary: "${target.name} is slow: ${class}"

      escalate:
        to:
          chat: {}
      """;

  /** Instead of calling a human it restarts the service, and looks again. */
  private static final String REPAIR =
      """
            - id: restart
              name: restarted
              uses: http.post
              with:
                url: ADDRESS/restart
                json:
                  service: ${inputs.service}

      guardrails:
        few_restarts: { limit: 2, every: 1h, per: [target] }

      verify:
        within: 1m
        every: 1s
        expect:
          answers: page.status == 200

      notify:
        acting:
          to:
            chat: {}

      resolve:
        to:
          chat: {}
      """;

  private static final String AGENT =
      """
      apiVersion: byteport.io/v1
      kind: Agent
      metadata:
        name: test
      mode: live
      listen: 127.0.0.1:PORT
      store:
      STORE
      sources:
        alertmanager:
          type: alertmanager
          webhook: /webhooks/alertmanager
          credentials:
            hmacSha256: { env: HOOK_SECRET }
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
      """;

  private final HttpServer server;
  private final Map<String, List<Long>> looks = new ConcurrentHashMap<>();
  private final Map<String, Integer> restarts = new ConcurrentHashMap<>();
  private volatile Duration restartTakes = Duration.ZERO;

  SlowServices() throws IOException {
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/look",
        exchange -> {
          String service = exchange.getRequestURI().getQuery().substring("service=".length());
          looks
              .computeIfAbsent(service, first -> new CopyOnWriteArrayList<>())
              .add(System.nanoTime());
          exchange.sendResponseHeaders(200, 4);
          exchange.getResponseBody().write("slow".getBytes(StandardCharsets.US_ASCII));
          exchange.close();
        });
    server.createContext(
        "/restart",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          restarts.merge(
              JsonMapper.shared().readTree(body).path("service").asString(), 1, Integer::sum);
          try {
            Thread.sleep(restartTakes);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  /** By service, how often it was restarted. */
  Map<String, Integer> restarts() {
    return restarts;
  }

  /** From now on, whoever asks for a restart waits for so long. */
  void restartTakes(Duration time) {
    this.restartTakes = time;
  }

  /** By service, when it was looked at it, in nanoseconds of this process. */
  Map<String, List<Long>> looks() {
    return looks;
  }

  /** Lays an agent out in a folder, whose state is in a folder of it. */
  AgentProcess agent(Path folder) throws IOException {
    return agent(folder, "  folder: FOLDER/state");
  }

  AgentProcess agent(Path folder, String store) throws IOException {
    return agent(folder, store, RUNBOOK);
  }

  /** The same, which repairs. */
  AgentProcess repairing(Path folder, String store) throws IOException {
    return agent(
        folder, store, RUNBOOK.replace("      - escalate: Nobody but a human knows why\n", REPAIR));
  }

  private AgentProcess agent(Path folder, String store, String runbook) throws IOException {
    Files.writeString(
        Files.createDirectories(folder.resolve("runbooks")).resolve("service_slow.yaml"),
        runbook.replace("ADDRESS", "http://127.0.0.1:" + server.getAddress().getPort()));
    return new AgentProcess(folder)
        .configured(AGENT.replace("STORE", store))
        .with("HOOK_SECRET", Burst.SECRET);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
