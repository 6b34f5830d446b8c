package io.byteport.adapter.probes.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.byteport.adapter.probes.http.Web;
import io.byteport.adapter.probes.tls.TrustRoots;
import io.byteport.dsl.value.Value;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus as it is installed, which looks at itself every second. */
@Tag("real")
class RealPrometheusTest {
  private static final Path PROGRAM = Path.of("/usr/bin/prometheus");
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final ActionContext CONTEXT =
      new ActionContext(InstantSource.system(), LIMIT, "test");

  @TempDir static Path folder;
  private static Process process;
  private static Web web;
  private static PrometheusServers servers;

  @BeforeAll
  static void open() throws Exception {
    assumeTrue(Files.isExecutable(PROGRAM), "prometheus is not installed");
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path configuration =
        Files.writeString(
            folder.resolve("prometheus.yml"),
            """
            global: { scrape_interval: 1s }
            scrape_configs:
              - job_name: it's "me"
                static_configs: [{ targets: ["127.0.0.1:%d"] }]
            """
                .formatted(port));
    process =
        new ProcessBuilder(
                PROGRAM.toString(),
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    web = new Web(TrustRoots.system());
    servers =
        new PrometheusServers(
            new Inventory(
                List.of(
                    Inventory.Entry.of(
                        "prometheus", "it", Map.of("address", "http://127.0.0.1:" + port)))),
            web);
    Instant end = Instant.now().plus(LIMIT);
    while (!isUp()) {
      assertThat(Instant.now()).isBefore(end);
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }

  @AfterAll
  static void close() throws Exception {
    if (process != null) {
      process.destroy();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      web.close();
    }
  }

  private static boolean isUp() throws InterruptedException {
    try {
      return Value.of(1).equals(query("up{job=$job}", "it's \"me\""));
    } catch (ActionException notYet) {
      return false;
    }
  }

  private static Value query(String query, String job)
      throws ActionException, InterruptedException {
    return new PrometheusQuery(servers)
        .read(
            new PrometheusQuery.Input(query, Map.of("job", job), null, Unit.NUMBER, null, LIMIT),
            CONTEXT)
        .value();
  }

  @Test
  void bound_values_are_values_to_the_real_parser_too() throws Exception {
    assertThat(query("up{job=~$job}", "it's \"me\"")).isEqualTo(Value.of(1));
    assertThat(query("count(up{job!=$job}) or vector(7)", "it's \"me\"")).isEqualTo(Value.of(7));
    for (String hostile :
        List.of(
            "\"} or vector(1) or up{job=\"",
            "x\n\u0000\u001b[2J\\",
            "\\\"} or vector(1) #",
            ".*",
            "it.s \"me\"",
            "é😀" + (char) 0xD800)) {
      for (String query : List.of("up{job=$job}", "up{job=~$job}")) {
        assertThatThrownBy(() -> query(query, hostile))
            .as(query + " with " + hostile)
            .isInstanceOf(ActionException.class)
            .hasMessage("the query finds nothing");
      }
    }
  }

  @Test
  void a_query_that_it_does_not_understand_is_quoted() {
    ActionException failure =
        catchThrowableOfType(ActionException.class, () -> query("sum(up{", "x"));
    assertThat(failure.kind()).isEqualTo(FailureKind.INVALID);
    assertThat(failure.reason()).startsWith("bad_data: ").contains("parse error");
  }

  @Test
  void samples_carry_their_labels() throws Exception {
    PrometheusSamples.Output output =
        new PrometheusSamples(servers)
            .read(
                new PrometheusSamples.Input("up", null, null, Unit.PERCENT, null, LIMIT), CONTEXT);
    assertThat(output.samples()).hasSize(1);
    assertThat(output.samples().getFirst().labels()).containsEntry("job", "it's \"me\"");
  }

  @Test
  void what_was_before_it_began_is_not_there() {
    assertThatThrownBy(
            () ->
                new PrometheusRange(servers)
                    .read(
                        new PrometheusRange.Input(
                            "up",
                            null,
                            null,
                            Duration.ofHours(2),
                            Duration.ofMinutes(1),
                            Unit.NUMBER,
                            null,
                            LIMIT),
                        CONTEXT))
        .as("it began within this minute, or in the one before")
        .hasMessageMatching(
            "only \\d+ of 121 points are there, which says too little|the query finds nothing");
    assertThatThrownBy(
            () ->
                new PrometheusCompare(servers)
                    .read(
                        new PrometheusCompare.Input(
                            "up",
                            null,
                            null,
                            Instant.now().minus(Duration.ofHours(2)),
                            Unit.NUMBER,
                            null,
                            LIMIT),
                        CONTEXT))
        .hasMessage("the query finds nothing");
  }

  @Test
  void a_range_has_a_point_for_each_step() throws Exception {
    PrometheusRange.Output output =
        new PrometheusRange(servers)
            .read(
                new PrometheusRange.Input(
                    "vector(3)",
                    null,
                    null,
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(1),
                    Unit.NUMBER,
                    null,
                    LIMIT),
                CONTEXT);
    assertThat(output.series())
        .hasSize(11)
        .allSatisfy(point -> assertThat(point.value()).isEqualTo(Value.of(3)));
  }
}
