package io.byteport.sim.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.sim.kubernetes.scenario.HttpFault;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpFaultTest {
  private static final TestCluster C = TestCluster.named("oom");
  private static final String NODES = "/api/v1/nodes";

  @AfterEach
  void clear() {
    C.cluster.clearHttpFaults();
  }

  @AfterAll
  static void stop() {
    C.close();
  }

  @ParameterizedTest
  @CsvSource({
    "403, Forbidden",
    "404, NotFound",
    "409, Conflict",
    "422, Invalid",
    "429, TooManyRequests",
    "500, InternalError",
    "503, ServiceUnavailable"
  })
  void aStatusIsAnsweredAsOftenAsTold(int code, String reason) {
    C.cluster.inject(HttpFault.next(2, "GET", NODES, HttpFault.Answer.of(code)));
    for (int i = 0; i < 2; i++) {
      HttpResponse<String> response = C.get(NODES);
      assertThat(response.statusCode()).isEqualTo(code);
      assertThat(TestCluster.json(response).path("reason").asText()).isEqualTo(reason);
      assertThat(TestCluster.json(response).path("code").asInt()).isEqualTo(code);
    }
    assertThat(C.get(NODES).statusCode()).isEqualTo(200);
  }

  @Test
  void aDroppedConnectionMayHideThatTheChangeTookEffect() {
    C.cluster.inject(HttpFault.next(1, "PATCH", ".*/deployments/api", new HttpFault.Drop(false)));
    assertThatThrownBy(() -> annotate("lost")).hasCauseInstanceOf(IOException.class);
    assertThat(C.deployment().getMetadata().getAnnotations()).doesNotContainKey("lost");

    C.cluster.inject(HttpFault.next(1, "PATCH", ".*/deployments/api", new HttpFault.Drop(true)));
    assertThatThrownBy(() -> annotate("done")).hasCauseInstanceOf(IOException.class);
    assertThat(C.deployment().getMetadata().getAnnotations()).containsKey("done");
  }

  @Test
  void aHangingServerIsForTheClientToGiveUpOn() {
    C.cluster.inject(HttpFault.always(NODES, new HttpFault.Hang()));
    HttpRequest request =
        HttpRequest.newBuilder(C.request("GET", NODES, "a/b", ""), (name, value) -> true)
            .timeout(Duration.ofMillis(300))
            .build();
    assertThatThrownBy(() -> C.http().send(request, BodyHandlers.ofString()))
        .isInstanceOf(HttpTimeoutException.class);
  }

  @Test
  void aDelayedAnswerIsTheRightOne() {
    C.cluster.inject(HttpFault.next(1, "GET", NODES, new HttpFault.Delay(Duration.ofMillis(200))));
    long begin = System.nanoTime();
    assertThat(C.get(NODES).statusCode()).isEqualTo(200);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(190));
  }

  @Test
  void aHundredMegabytesOfLogAreStreamed() throws IOException, InterruptedException {
    C.cluster.inject(HttpFault.always(".*/log", new HttpFault.HugeLog(100L << 20, 120)));
    String log = "/api/v1/namespaces/production/pods/any/log";
    HttpResponse<InputStream> response =
        C.http().send(C.request("GET", log, "a/b", ""), BodyHandlers.ofInputStream());
    long total = 0;
    try (InputStream in = response.body()) {
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        total += n;
      }
    }
    assertThat(total).isEqualTo(100L << 20);
    assertThat(C.get(log + "?tailLines=3").body()).hasLineCount(3).hasSize(360);
    assertThat(C.get(log + "?limitBytes=1000").body()).hasSize(1000);
  }

  private static void annotate(String name) {
    C.strategic(
        TestCluster.api(), "{\"metadata\":{\"annotations\":{\"%s\":\"1\"}}}".formatted(name));
  }
}
