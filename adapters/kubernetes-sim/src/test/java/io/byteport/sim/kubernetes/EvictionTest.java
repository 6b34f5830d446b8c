package io.byteport.sim.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvictionTest {
  @Test
  void anEvictionRespectsTheBudgetAndThePodIsReplaced() {
    try (TestCluster c =
        TestCluster.yaml(
            """
            workloads: [ { name: api, namespace: production, image: "api:1", replicas: 2 } ]
            disruptionBudgets: [ { name: api, namespace: production, minAvailable: 1 } ]
            """)) {
      List<String> names = c.pods().stream().map(p -> p.getMetadata().getName()).toList();
      assertThat(evict(c, names.get(0), "?dryRun=All").statusCode()).isEqualTo(201);
      assertThat(evict(c, names.get(0), "").statusCode()).isEqualTo(201);
      HttpResponse<String> second = evict(c, names.get(1), "");
      assertThat(second.statusCode()).isEqualTo(429);
      JsonNode status = TestCluster.json(second);
      assertThat(status.path("reason").asText()).isEqualTo("TooManyRequests");
      assertThat(status.path("message").asText())
          .isEqualTo("Cannot evict pod as it would violate the pod's disruption budget.");
      assertThat(status.at("/details/causes/0/message").asText())
          .isEqualTo("The disruption budget api needs 1 healthy pods and has 1 currently");
      c.advance(Duration.ofSeconds(30));
      assertThat(c.pods()).hasSize(2).allMatch(CrashLoopTest::ready);
      assertThat(c.pods()).noneMatch(p -> p.getMetadata().getName().equals(names.get(0)));
      assertThat(evict(c, names.get(1), "").statusCode()).isEqualTo(201);
    }
  }

  @Test
  void evictionsBeforeTheReplacementIsReadyAreCounted() {
    try (TestCluster c =
        TestCluster.yaml(
            """
            workloads: [ { name: api, namespace: production, image: "api:1", replicas: 3 } ]
            disruptionBudgets: [ { name: api, namespace: production, maxUnavailable: "34%" } ]
            """)) {
      List<String> names = c.pods().stream().map(p -> p.getMetadata().getName()).toList();
      assertThat(evict(c, names.get(0), "").statusCode()).isEqualTo(201);
      assertThat(evict(c, names.get(1), "").statusCode()).isEqualTo(201);
      assertThat(evict(c, names.get(2), "").statusCode()).isEqualTo(429);
    }
  }

  private static HttpResponse<String> evict(TestCluster c, String pod, String query) {
    return c.send(
        "POST",
        "/api/v1/namespaces/production/pods/" + pod + "/eviction" + query,
        "application/json",
        """
        {"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"%s","namespace":"production"}}
        """
            .formatted(pod));
  }
}
