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
import java.nio.file.attribute.PosixFilePermissions;
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
  private static final Path MEMORY = Path.of("/sys/fs/cgroup/memory");
  private static final String UNIT = "byteport-hoarder.service";
  private static final int LIMIT_MIB = 700;

  /** A systemd of one unit: 400 MiB are held at first, 8 after a restart. */
  private static final String SYSTEMCTL =
      """
      #!/bin/sh
      cd "$(dirname "$0")" || exit 1
      start() {
        setsid ./hoard "$1" > hoarder.log 2>&1 < /dev/null &
        echo $! > pid
        echo $! > "$(cat group)/cgroup.procs"
        date +%s%N > invocation
      }
      case $1 in
        begin) start 400 ;;
        restart) kill -9 "$(cat pid)"; start 8 ;;
        show)
          wanted=$2; [ "$wanted" = --no-pager ] && wanted=$3
          printf 'Id=UNIT\\nLoadState=loaded\\nActiveState=active\\nNRestarts=0\\nInvocationID=%s\\nActiveEnterTimestamp=Mon 2026-01-05 03:04:05 UTC\\nResult=success\\nControlGroup=/system.slice/UNIT\\n' "$(cat invocation)" |
            case $wanted in
              --property=*,*) cat ;;
              *) grep "^${wanted#--property=}=" ;;
            esac ;;
        *) exit 1 ;;
      esac
      """;

  @TempDir private Path folder;
  private Path group = MEMORY.resolve("system.slice").resolve(UNIT);
  private HttpServer prometheus;

  @BeforeEach
  void begin() throws Exception {
    assumeTrue(Files.isWritable(MEMORY), "this machine has no memory controller of version 1");
    Files.createDirectories(group);
    Files.writeString(group.resolve("memory.limit_in_bytes"), LIMIT_MIB + "M");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes =
        Path.of(Hoarder.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .toString();
    program("systemctl", SYSTEMCTL.replace("UNIT", UNIT));
    program("dmesg", "#!/bin/sh\nexit 0\n");
    program(
        "hoard",
        "#!/bin/sh\nexec '%s' -Xmx640m -XX:+UseSerialGC -cp '%s' %s \"$1\"\n"
            .formatted(java, classes, Hoarder.class.getName()));
    Files.writeString(folder.resolve("group"), group.toString());
    assertThat(
            new ProcessBuilder(folder.resolve("systemctl").toString(), "begin").start().waitFor())
        .isZero();
    awaitLine(folder.resolve("hoarder.log"), "holds 400");
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
    if (Files.exists(folder.resolve("pid"))) {
      ProcessHandle.of(pid()).ifPresent(ProcessHandle::destroyForcibly);
      ProcessHandle.of(pid()).ifPresent(handle -> handle.onExit().join());
    }
    Files.deleteIfExists(group);
  }

  @Test
  void a_leak_is_found_its_heap_saved_and_its_unit_restarted() throws Exception {
    Path heaps = Files.createDirectory(folder.resolve("heaps"));
    long before = pid();
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
    assertThat(pid()).isNotEqualTo(before);
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

  private long pid() throws IOException {
    return Long.parseLong(Files.readString(folder.resolve("pid")).strip());
  }

  private void program(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void awaitLine(Path file, String line) throws Exception {
    for (int i = 0; i < 600; i++) {
      if (Files.exists(file) && Files.readString(file).contains(line)) {
        return;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("never said: " + line + ", but " + Files.readString(file));
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
