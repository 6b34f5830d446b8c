package io.byteport.sim.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.byteport.sim.kubernetes.scenario.Scenario;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** A cluster with the questions that the tests ask of it; everything is in `production`. */
final class TestCluster implements AutoCloseable {
  static final String NAMESPACE = "production";
  private static final ObjectMapper JSON = new ObjectMapper();

  final SimulatedCluster cluster;
  final KubernetesClient client;
  private final HttpClient http = HttpClient.newHttpClient();

  private TestCluster(SimulatedCluster cluster) {
    this.cluster = cluster;
    this.client = cluster.client();
  }

  static TestCluster named(String scenario) {
    return of(Scenario.named(scenario));
  }

  static TestCluster yaml(String text) {
    return of(Scenario.parse(text, "test.yaml"));
  }

  private static TestCluster of(Scenario scenario) {
    try {
      return new TestCluster(SimulatedCluster.start(scenario));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  void advance(Duration by) {
    cluster.advance(by);
  }

  List<Pod> pods() {
    return client.pods().inNamespace(NAMESPACE).list().getItems();
  }

  Pod pod() {
    List<Pod> pods = pods();
    assertThat(pods).hasSize(1);
    return pods.getFirst();
  }

  ContainerStatus status() {
    return pod().getStatus().getContainerStatuses().getFirst();
  }

  /** What the pod's first container waits for, or the empty string. */
  String waitingFor() {
    return status().getState().getWaiting() == null
        ? ""
        : status().getState().getWaiting().getReason();
  }

  Deployment deployment() {
    return client.apps().deployments().inNamespace(NAMESPACE).withName("api").get();
  }

  List<Event> events(String reason) {
    return client.v1().events().inNamespace(NAMESPACE).list().getItems().stream()
        .filter(e -> e.getReason().equals(reason))
        .toList();
  }

  HttpResponse<String> send(String method, String path, String contentType, String body) {
    try {
      return http.send(request(method, path, contentType, body), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpRequest request(String method, String path, String contentType, String body) {
    return HttpRequest.newBuilder(URI.create(cluster.url() + path))
        .header("Content-Type", contentType)
        .timeout(Duration.ofSeconds(20))
        .method(method, BodyPublishers.ofString(body))
        .build();
  }

  HttpClient http() {
    return http;
  }

  HttpResponse<String> get(String path) {
    return send("GET", path, "application/json", "");
  }

  HttpResponse<String> strategic(String path, String patch) {
    return send("PATCH", path, "application/strategic-merge-patch+json", patch);
  }

  static JsonNode json(HttpResponse<String> response) {
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static String api() {
    return "/apis/apps/v1/namespaces/production/deployments/api";
  }

  void setMemoryLimit(String limit) {
    HttpResponse<String> response =
        strategic(
            api(),
            """
            {"spec":{"template":{"spec":{"containers":[
              {"name":"api","resources":{"limits":{"memory":"%s"}}}]}}}}
            """
                .formatted(limit));
    assertThat(response.statusCode()).isEqualTo(200);
  }

  @Override
  public void close() {
    try {
      cluster.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
