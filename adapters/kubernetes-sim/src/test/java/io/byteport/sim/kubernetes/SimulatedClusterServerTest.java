package io.byteport.sim.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedClusterServerTest {
  @TempDir Path folder;

  @Test
  void aProcessOfItsOwnServesInRealTimeAndLogsEveryRequest()
      throws IOException, InterruptedException {
    Path kubeconfig = folder.resolve("kubeconfig");
    Path log = folder.resolve("requests.jsonl");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SimulatedClusterServer.class.getName(),
                "--scenario",
                "oom",
                "--kubeconfig",
                kubeconfig.toString(),
                "--request-log",
                log.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out = process.inputReader()) {
      String ready = out.readLine();
      assertThat(ready).startsWith("ready http://127.0.0.1:");
      String url = ready.substring("ready ".length());
      assertThat(Files.readString(kubeconfig)).contains("server: " + url);
      HttpClient http = HttpClient.newHttpClient();
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url + "/api/v1/events?limit=1")).build();
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      assertThat(response.statusCode()).isEqualTo(200);
      String line = Files.readString(log);
      assertThat(line)
          .contains("\"method\":\"GET\",\"path\":\"/api/v1/events\",\"query\":\"limit=1\"")
          .endsWith("\n");
      Instant at = Instant.parse(line.replaceAll("(?s).*\"at\":\"([^\"]*)\".*", "$1"));
      assertThat(at).isAfter(Instant.parse("2026-02-01T00:00:00Z"));
    } finally {
      process.destroyForcibly().waitFor();
    }
  }
}
