package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent as the chart deploys it: its configuration, its roles, its account, no kubeconfig. */
@Tag("real")
class PodTest {
  private static final String VALUES =
      """
      config:
        mode: live
        autonomy: [{ when: true, level: act }]
        runbooks:
          enable: listed
          configure:
            crashloopbackoff_v2: { enabled: true, params: { stableFor: 5s } }
      """;

  @TempDir private Path folder;

  @Test
  void an_agent_in_a_pod_heals_with_the_roles_that_its_chart_made() throws Exception {
    assumeTrue(Chart.helm().isPresent(), "helm is not installed");
    Chart chart =
        Chart.render(
            Chart.helm().orElseThrow(), Files.writeString(folder.resolve("values.yaml"), VALUES));
    Path account = Files.createDirectory(folder.resolve("account"));
    Files.writeString(account.resolve("token"), "system:serviceaccount:ops:byteport");
    Files.writeString(account.resolve("namespace"), "ops");
    Files.writeString(folder.resolve("admin"), "a token of many letters");
    try (ClusterProcess cluster =
            ClusterProcess.start("oom", Files.createDirectory(folder.resolve("cluster")));
        TlsDoor door = new TlsDoor(cluster.url(), account.resolve("ca.crt"));
        AgentProcess agent = new AgentProcess(folder)) {
      for (JsonNode document : chart.documents()) {
        create(cluster.url(), document);
      }
      agent
          .configured(
              chart
                  .agent()
                  .replace("0.0.0.0:8080", "127.0.0.1:PORT")
                  .replace("/var/lib/byteport/state", "FOLDER/state")
                  .replace("/run/access/admin", "FOLDER/admin"))
          .start(
              Map.of(
                  "HOME", folder.toString(),
                  "KUBECONFIG", folder.resolve("none").toString(),
                  "KUBERNETES_SERVICE_HOST", "127.0.0.1",
                  "KUBERNETES_SERVICE_PORT", Integer.toString(door.port()),
                  "KUBERNETES_AUTH_SERVICEACCOUNT_TOKEN", account.resolve("token").toString(),
                  "KUBERNETES_CERTS_CA_FILE", account.resolve("ca.crt").toString(),
                  "KUBENAMESPACE", account.resolve("namespace").toString()))
          .awaitReady();

      agent.await("it heals", () -> agent.log().contains("resolved: Every expectation"));
      assertThat(agent.log()).doesNotContain("forbidden", "sees nothing");
      assertThat(cluster.writes().stream().filter(write -> write.startsWith("PATCH")))
          .isNotEmpty()
          .allMatch(write -> write.contains("/deployments/api?"));
    }
  }

  /** Roles and their bindings; the rest is for a real cluster. */
  private static void create(String url, JsonNode document)
      throws IOException, InterruptedException {
    String kind = document.path("kind").asText();
    if (!List.of("ClusterRole", "ClusterRoleBinding").contains(kind)) {
      return;
    }
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    url
                        + "/apis/rbac.authorization.k8s.io/v1/"
                        + (kind.equals("ClusterRole") ? "clusterroles" : "clusterrolebindings")))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(document.toString()))
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }
}
