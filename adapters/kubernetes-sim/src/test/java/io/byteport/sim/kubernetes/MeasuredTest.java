package io.byteport.sim.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MeasuredTest {
  private static final String MEASURED =
      """
      workloads:
        - name: api
          namespace: production
          image: "api:1"
          replicas: 2
          memoryUsed: 300Mi
          cpuUsed: 250m
          sidecars: [ { name: proxy, image: "proxy:1", memoryUsed: 20Mi } ]
      objects:
        - apiVersion: autoscaling/v2
          kind: HorizontalPodAutoscaler
          metadata: { name: api, namespace: production }
          spec:
            scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: api }
            minReplicas: 2
            maxReplicas: 4
        - apiVersion: v1
          kind: Secret
          metadata: { name: token, namespace: production, labels: { a: b } }
          data: { token: YQ== }
      """;

  @Test
  void podsAndNodesAreMeasuredAsTheScenarioSays() {
    try (TestCluster c = TestCluster.yaml(MEASURED)) {
      JsonNode pods =
          TestCluster.json(get(c, "/apis/metrics.k8s.io/v1beta1/namespaces/production/pods"));
      assertThat(pods.path("items")).hasSize(2);
      assertThat(pods.at("/items/0/containers/0/usage/memory").asText()).isEqualTo("307200Ki");
      assertThat(pods.at("/items/0/containers/0/usage/cpu").asText()).isEqualTo("250m");
      assertThat(pods.at("/items/0/containers/1/name").asText()).isEqualTo("proxy");
      JsonNode node = TestCluster.json(get(c, "/apis/metrics.k8s.io/v1beta1/nodes/worker-1"));
      assertThat(node.at("/usage/memory").asText()).isEqualTo((640 << 10) + "Ki");
      assertThat(node.at("/usage/cpu").asText()).isEqualTo("500m");
    }
  }

  @Test
  void nobodyWritesToTheMetricsAndWithoutAnyThereIsNoSuchApi() {
    try (TestCluster c = TestCluster.yaml(MEASURED)) {
      HttpResponse<String> refused =
          c.send("DELETE", "/apis/metrics.k8s.io/v1beta1/nodes/worker-1", "application/json", "");
      assertThat(refused.statusCode()).isEqualTo(405);
    }
    try (TestCluster c = TestCluster.named("oom")) {
      assertThat(get(c, "/apis/metrics.k8s.io/v1beta1/nodes").statusCode()).isEqualTo(404);
      assertThat(get(c, "/apis").body()).doesNotContain("metrics.k8s.io");
    }
  }

  @Test
  void anAutoscalerKeepsItsWorkloadBetweenItsBounds() {
    try (TestCluster c = TestCluster.yaml(MEASURED)) {
      var deployment = c.client.apps().deployments().inNamespace("production").withName("api");
      deployment.scale(9);
      c.advance(Duration.ofMinutes(1));
      assertThat(deployment.get().getSpec().getReplicas()).isEqualTo(4);
      assertThat(autoscaler(c).getStatus().getCurrentReplicas()).isEqualTo(4);
      deployment.scale(1);
      c.advance(Duration.ofMinutes(1));
      assertThat(deployment.get().getSpec().getReplicas()).isEqualTo(2);
      assertThat(autoscaler(c).getStatus().getDesiredReplicas()).isEqualTo(2);
    }
  }

  @Test
  void whoAsksForMetadataGetsNothingElse() throws Exception {
    try (TestCluster c = TestCluster.yaml(MEASURED)) {
      for (String path :
          new String[] {
            "/api/v1/namespaces/production/secrets", "/api/v1/namespaces/production/secrets/token"
          }) {
        java.net.http.HttpRequest request =
            java.net.http.HttpRequest.newBuilder(java.net.URI.create(c.cluster.url() + path))
                .header("Accept", "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1")
                .build();
        String body =
            java.net.http.HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        assertThat(body).contains("PartialObjectMetadata", "\"a\":\"b\"").doesNotContain("YQ==");
      }
    }
  }

  @Test
  void anEvictionOfAnotherPodOfThatNameIsAConflict() {
    try (TestCluster c = TestCluster.yaml(MEASURED)) {
      String pod = c.pods().get(0).getMetadata().getName();
      HttpResponse<String> answer =
          c.send(
              "POST",
              "/api/v1/namespaces/production/pods/" + pod + "/eviction",
              "application/json",
              """
              {"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"%s"},
               "deleteOptions":{"preconditions":{"uid":"another"}}}
              """
                  .formatted(pod));
      assertThat(answer.statusCode()).isEqualTo(409);
      assertThat(TestCluster.json(answer).path("message").asText())
          .startsWith("Operation cannot be fulfilled on pods \"" + pod + "\": Precondition failed");
    }
  }

  private static HttpResponse<String> get(TestCluster c, String path) {
    return c.send("GET", path, "application/json", "");
  }

  private static HorizontalPodAutoscaler autoscaler(TestCluster c) {
    return c.client
        .autoscaling()
        .v2()
        .horizontalPodAutoscalers()
        .inNamespace("production")
        .withName("api")
        .get();
  }
}
