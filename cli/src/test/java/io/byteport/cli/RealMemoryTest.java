package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A JVM that holds most of what its control group may use, on this machine: read from the kernel,
 * dumped by jcmd and ended for good. Only systemd and Prometheus are stood in for.
 */
@Tag("real")
class RealMemoryTest {
  private static final String UNIT = "byteport-hoarder.service";

  @TempDir private Path folder;
  private OneUnit unit;
  private HttpServer prometheus;

  @BeforeEach
  void begin() throws Exception {
    assumeTrue(OneUnit.isPossible(), "this machine has no memory controller of version 1");
    unit = new OneUnit(folder, UNIT, 700, Hoarder.class, "-Xmx640m", "400", "8");
    unit.await("holds 400");
    prometheus = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    prometheus.createContext(
        "/",
        exchange -> {
          byte[] body =
              series(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    prometheus.start();
  }

  @AfterEach
  void end() throws Exception {
    if (prometheus != null) {
      prometheus.stop(0);
    }
    if (unit != null) {
      unit.close();
    }
  }

  @Test
  void a_leak_is_found_its_heap_saved_and_its_unit_restarted() throws Exception {
    Path heaps = Files.createDirectory(folder.resolve("heaps"));
    long before = unit.pid();
    Program run =
        Program.run(
            "run",
            "memory_pressure_oom",
            "--live",
            "--connections",
            connections().toString(),
            "--signal",
            signal().toString(),
            "--state",
            folder.resolve("state").toString(),
            "-p",
            "firstDelay=1s",
            "-p",
            "artifactDir=" + heaps);
    assertThat(run.err()).isEmpty();
    assertThat(run.out().replaceAll("\\s+", " "))
        .contains("memory_leak", "heap saved as", "systemctl restart", "RESOLVED");
    assertThat(run.status()).isZero();
    assertThat(unit.pid()).isNotEqualTo(before);
    assertThat(ProcessHandle.of(before).filter(ProcessHandle::isAlive)).isEmpty();
    try (Stream<Path> files = Files.list(heaps)) {
      List<Path> saved = files.toList();
      assertThat(saved).hasSize(1);
      assertThat(Files.size(saved.getFirst())).isGreaterThan(350L << 20);
    }
  }

  private Path connections() throws IOException {
    return Files.writeString(
        folder.resolve("connections.yaml"),
        """
        apiVersion: byteport.io/v1
        kind: Connections
        connections:
          here: { type: local, services: [%s], path: "%s:/usr/bin:/bin" }
          metrics: { type: prometheus, address: "http://127.0.0.1:%d" }
        """
            .formatted(UNIT, folder, prometheus.getAddress().getPort()));
  }

  private Path signal() throws IOException {
    return Files.writeString(
        folder.resolve("signal.json"),
        """
        {"type": "oom_killed", "source": "test", "labels": {"service": "byteport-hoarder", "host": "here"}}
        """);
  }

  /** Memory that climbs, requests that do not, and no errors. */
  private static byte[] series(String form) {
    String query = URLDecoder.decode(form, StandardCharsets.UTF_8);
    double start = field(query, "start");
    double end = field(query, "end");
    double step = field(query, "step");
    StringBuilder values = new StringBuilder();
    for (int i = 0; start + i * step <= end + 0.001; i++) {
      double value =
          query.contains("5..") ? 0 : query.contains("resident") ? 3e8 + i * 1e6 : 50 + i % 7;
      values
          .append(values.isEmpty() ? "" : ",")
          .append("[%s,\"%s\"]".formatted(start + i * step, value));
    }
    return """
    {"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[%s]}]}}
    """
        .formatted(values)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static double field(String form, String name) {
    String value = form.replaceAll("(?s)(^|.*&)" + name + "=([0-9.]+).*", "$2");
    return Double.parseDouble(value);
  }
}
