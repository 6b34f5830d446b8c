package io.byteport.adapter.alerts.alertmanager;

import static io.byteport.adapter.alerts.Given.SECRET;
import static io.byteport.adapter.alerts.Given.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.byteport.adapter.alerts.prometheus.PrometheusSource;
import io.byteport.engine.signal.Signal.Severity;
import io.byteport.engine.signal.Signal.Status;
import io.byteport.engine.source.Alert;
import io.byteport.engine.source.Delivered;
import io.byteport.engine.source.Polled;
import io.byteport.engine.source.Received;
import io.byteport.engine.source.Source;
import io.byteport.engine.source.SourceException;
import io.byteport.engine.source.SourceType;
import io.byteport.engine.spi.Inventory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prometheus and Alertmanager as they are installed. A rule fires while a target is down, which is
 * a server of the test.
 */
@Tag("real")
class RealAlertmanagerTest {
  private static final Path PROMETHEUS = Path.of("/usr/bin/prometheus");
  private static final Path ALERTMANAGER = Path.of("/usr/bin/prometheus-alertmanager");
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir static Path folder;
  private static final List<Process> PROCESSES = new ArrayList<>();
  private static final List<Received> RECEIVED = new CopyOnWriteArrayList<>();
  private static HttpServer hook;
  private static Source alertmanager;
  private static Source prometheus;
  private static int target;

  @BeforeAll
  static void open() throws Exception {
    assumeTrue(Files.isExecutable(PROMETHEUS), "prometheus is not installed");
    assumeTrue(Files.isExecutable(ALERTMANAGER), "prometheus-alertmanager is not installed");
    target = freePort();
    int prometheusPort = freePort();
    int alertmanagerPort = freePort();
    hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hook.createContext("/webhooks/alertmanager", RealAlertmanagerTest::heard);
    hook.start();
    alertmanager = source(new AlertmanagerSource(), alertmanagerPort, Map.of("bearer", SECRET));
    prometheus =
        new PrometheusSource()
            .open(
                entry(
                    "prometheus",
                    Map.of(
                        "address",
                        "http://127.0.0.1:" + prometheusPort,
                        "queries",
                        List.of("high service_unavailable while up == 0")),
                    Map.of()),
                surroundings());
    startAlertmanager(alertmanagerPort);
    startPrometheus(prometheusPort, alertmanagerPort);
  }

  private static Source source(SourceType type, int port, Map<String, String> credentials) {
    return type.open(
        entry(type.name(), Map.of("address", "http://127.0.0.1:" + port), credentials),
        surroundings());
  }

  private static SourceType.Surroundings surroundings() {
    return new SourceType.Surroundings(InstantSource.system(), Inventory.EMPTY, body -> List.of());
  }

  private static void startAlertmanager(int port) throws IOException {
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
                .formatted(hook.getAddress().getPort(), SECRET));
    start(
        "alertmanager.log",
        ALERTMANAGER.toString(),
        "--config.file=" + configuration,
        "--storage.path=" + folder.resolve("alertmanager"),
        "--cluster.listen-address=",
        "--web.listen-address=127.0.0.1:" + port);
  }

  private static void startPrometheus(int port, int alertmanagerPort) throws IOException {
    Files.writeString(
        folder.resolve("rules.yml"),
        """
        groups:
          - name: test
            interval: 1s
            rules:
              - alert: HighErrorRate
                expr: up{job="shop"} == 0
                labels: { severity: page, team: shop }
                annotations: { summary: "{{ $labels.job }} is down", value: "{{ $value }}" }
        """);
    Path configuration =
        Files.writeString(
            folder.resolve("prometheus.yml"),
            """
            global: { scrape_interval: 1s, evaluation_interval: 1s }
            rule_files: [rules.yml]
            alerting: { alertmanagers: [{ static_configs: [{ targets: ["127.0.0.1:%d"] }] }] }
            scrape_configs:
              - job_name: shop
                static_configs: [{ targets: ["127.0.0.1:%d"] }]
            """
                .formatted(alertmanagerPort, target));
    start(
        "prometheus.log",
        PROMETHEUS.toString(),
        "--config.file=" + configuration,
        "--storage.tsdb.path=" + folder.resolve("data"),
        "--rules.alert.resend-delay=1s",
        "--web.listen-address=127.0.0.1:" + port);
  }

  private static void start(String log, String... command) throws IOException {
    PROCESSES.add(
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

  private static void heard(HttpExchange exchange) throws IOException {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
    byte[] body = exchange.getRequestBody().readAllBytes();
    int status = 200;
    try {
      RECEIVED.add(
          alertmanager
              .receiver()
              .orElseThrow()
              .receive(new Delivered(headers, body, Instant.now())));
    } catch (SourceException failed) {
      status = 500;
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  @AfterAll
  static void close() throws Exception {
    for (Process process : PROCESSES) {
      process.destroy();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
    if (hook != null) {
      hook.stop(0);
      alertmanager.close();
      prometheus.close();
    }
  }

  @Test
  void an_alert_is_heard_and_found_while_it_fires_and_its_end_is_heard() throws Exception {
    Alert heard = await(() -> received(Status.FIRING));
    assertThat(heard.type()).isEqualTo("application_error.error_rate_spike");
    assertThat(heard.title()).isEqualTo("shop is down");
    assertThat(heard.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(heard.labels()).containsEntry("team", "shop").containsEntry("job", "shop");
    assertThat(heard.value()).isEqualTo("0");

    Alert listed = await(() -> first(alertmanager, heard.title()));
    assertThat(listed.fingerprint()).isEqualTo(heard.fingerprint());
    assertThat(listed.type()).isEqualTo(heard.type());
    assertThat(listed.startedAt()).isEqualTo(heard.startedAt());

    Alert ruled = await(() -> first(prometheus, heard.title()));
    assertThat(ruled.type()).isEqualTo(heard.type());
    Alert queried = await(() -> first(prometheus, "service_unavailable while up == 0"));
    assertThat(queried.type()).isEqualTo("service_unavailable");
    assertThat(queried.severity()).isEqualTo(Severity.HIGH);
    assertThat(queried.labels()).containsEntry("job", "shop");

    HttpServer shop =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), 0);
    shop.createContext(
        "/metrics",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/plain");
          byte[] body = "shop_up 1\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    shop.start();
    try {
      Alert ended = await(() -> received(Status.RESOLVED));
      assertThat(ended.fingerprint()).isEqualTo(heard.fingerprint());
      assertThat(ended.startedAt()).isEqualTo(heard.startedAt());
      assertThat(await(() -> nothing(alertmanager)).alerts()).isEmpty();
      assertThat(await(() -> nothing(prometheus)).alerts()).isEmpty();
    } finally {
      shop.stop(0);
    }
    assertThat(RECEIVED).allMatch(Received.Accepted.class::isInstance);
  }

  private static List<Alert> received(Status status) {
    return RECEIVED.stream()
        .filter(Received.Accepted.class::isInstance)
        .flatMap(one -> ((Received.Accepted) one).alerts().stream())
        .filter(alert -> alert.status() == status)
        .toList();
  }

  private static List<Alert> first(Source source, String title) throws Exception {
    return polled(source).stream()
        .flatMap(polled -> polled.alerts().stream())
        .filter(alert -> alert.title().equals(title))
        .toList();
  }

  private static List<Polled> nothing(Source source) throws Exception {
    return polled(source).stream().filter(polled -> polled.alerts().isEmpty()).toList();
  }

  /** One answer; none while the server starts. */
  private static List<Polled> polled(Source source) throws InterruptedException {
    try {
      return List.of(source.poller().orElseThrow().poll(null));
    } catch (SourceException notYet) {
      return List.of();
    }
  }

  private static <T> T await(Callable<List<T>> found) throws Exception {
    Instant end = Instant.now().plus(LIMIT);
    while (true) {
      List<T> all = found.call();
      if (!all.isEmpty()) {
        return all.getFirst();
      }
      assertThat(Instant.now()).as("within " + LIMIT).isBefore(end);
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }
}
