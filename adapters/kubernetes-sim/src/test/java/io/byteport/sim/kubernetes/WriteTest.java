package io.byteport.sim.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WriteTest {
  private static final TestCluster C =
      TestCluster.yaml(
          """
          workloads:
            - name: api
              namespace: production
              image: "api:1"
              memoryLimit: 256Mi
              env: [ { name: A, value: "1" }, { name: B, value: "2" } ]
              sidecars: [ { name: proxy, image: "proxy:1", memoryLimit: 64Mi } ]
          """);
  private static final String MERGE = "application/merge-patch+json";
  private static final String CONFIG_MAPS = "/api/v1/namespaces/production/configmaps";

  private static final String CONFIG_MAP =
      """
      {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings"},"data":{"a":"1"}}
      """;

  @AfterAll
  static void stop() {
    C.close();
  }

  @BeforeEach
  void restore() {
    C.send("DELETE", CONFIG_MAPS + "/settings", "application/json", "");
    C.strategic(
        TestCluster.api(),
        """
        {"spec":{"template":{"spec":{"containers":[
          {"name":"api","image":"api:1","env":[{"name":"A","value":"1"},{"name":"B","value":"2"}]}]}}}}
        """);
  }

  @Test
  void aDryRunAnswersWhatWouldBeAndStoresNothing() {
    assertThat(
            C.send("POST", CONFIG_MAPS + "?dryRun=All", "application/json", CONFIG_MAP)
                .statusCode())
        .isEqualTo(201);
    assertThat(C.get(CONFIG_MAPS + "/settings").statusCode()).isEqualTo(404);

    C.send("POST", CONFIG_MAPS, "application/json", CONFIG_MAP);
    String stored = C.get(CONFIG_MAPS + "/settings").body();
    String replaced = CONFIG_MAP.replace("\"1\"", "\"2\"");
    HttpResponse<String> put =
        C.send("PUT", CONFIG_MAPS + "/settings?dryRun=All", "application/json", replaced);
    assertThat(TestCluster.json(put).at("/data/a").asText()).isEqualTo("2");
    HttpResponse<String> patch =
        C.send("PATCH", CONFIG_MAPS + "/settings?dryRun=All", MERGE, "{\"data\":{\"b\":\"3\"}}");
    assertThat(TestCluster.json(patch).at("/data/b").asText()).isEqualTo("3");
    assertThat(
            C.send("DELETE", CONFIG_MAPS + "/settings?dryRun=All", "application/json", "")
                .statusCode())
        .isEqualTo(200);
    assertThat(
            C.send(
                    "DELETE",
                    CONFIG_MAPS + "/settings",
                    "application/json",
                    "{\"dryRun\":[\"All\"]}")
                .statusCode())
        .isEqualTo(200);
    assertThat(C.get(CONFIG_MAPS + "/settings").body()).isEqualTo(stored);

    String before = C.get(TestCluster.api()).body();
    HttpResponse<String> scaled =
        C.strategic(TestCluster.api() + "?dryRun=All", "{\"spec\":{\"replicas\":7}}");
    assertThat(TestCluster.json(scaled).at("/spec/replicas").asInt()).isEqualTo(7);
    assertThat(C.get(TestCluster.api()).body()).isEqualTo(before);
    assertThat(C.cluster.requests().getLast().isChange()).isFalse();
  }

  @Test
  void aStrategicMergeKeepsSiblingContainersAndVariables() {
    HttpResponse<String> response =
        C.strategic(
            TestCluster.api(),
            """
            {"spec":{"template":{"spec":{"containers":[
              {"name":"api","env":[{"name":"B","value":"9"},{"name":"C","value":"3"}]}]}}}}
            """);
    JsonNode containers = TestCluster.json(response).at("/spec/template/spec/containers");
    assertThat(containers).hasSize(2);
    assertThat(containers.get(1).path("image").asText()).isEqualTo("proxy:1");
    assertThat(containers.get(0).path("image").asText()).isEqualTo("api:1");
    assertThat(containers.get(0).path("env").toString())
        .isEqualTo(
            "[{\"name\":\"A\",\"value\":\"1\"},{\"name\":\"B\",\"value\":\"9\"},{\"name\":\"C\",\"value\":\"3\"}]");

    C.strategic(
        TestCluster.api(),
        """
        {"spec":{"template":{"spec":{"containers":[
          {"name":"api","env":[{"name":"C","$patch":"delete"}]}]}}}}
        """);
    assertThat(
            TestCluster.json(C.get(TestCluster.api())).at("/spec/template/spec/containers/0/env"))
        .hasSize(2);
  }

  @Test
  void aMergePatchReplacesListsAndAJsonPatchNamesPlaces() {
    String lists = "{\"metadata\":{\"annotations\":{\"x\":\"1\"}},\"spec\":{\"replicas\":2}}";
    assertThat(C.send("PATCH", TestCluster.api(), MERGE, lists).statusCode()).isEqualTo(200);
    HttpResponse<String> jsonPatch =
        C.send(
            "PATCH",
            TestCluster.api(),
            "application/json-patch+json",
            """
            [{"op":"test","path":"/spec/replicas","value":2},
             {"op":"replace","path":"/spec/replicas","value":1},
             {"op":"add","path":"/metadata/annotations/a~1b","value":"c"},
             {"op":"remove","path":"/metadata/annotations/x"}]
            """);
    JsonNode after = TestCluster.json(jsonPatch);
    assertThat(after.at("/spec/replicas").asInt()).isEqualTo(1);
    assertThat(after.at("/metadata/annotations").has("x")).isFalse();
    assertThat(after.at("/metadata/annotations/a~1b").asText()).isEqualTo("c");
    HttpResponse<String> failed =
        C.send(
            "PATCH",
            TestCluster.api(),
            "application/json-patch+json",
            "[{\"op\":\"test\",\"path\":\"/spec/replicas\",\"value\":5}]");
    assertThat(failed.statusCode()).isEqualTo(422);
  }

  @Test
  void aStaleResourceVersionConflicts() {
    String old = C.get(TestCluster.api()).body();
    C.send("PATCH", TestCluster.api(), MERGE, "{\"metadata\":{\"annotations\":{\"y\":\"2\"}}}");
    HttpResponse<String> response = C.send("PUT", TestCluster.api(), "application/json", old);
    assertThat(response.statusCode()).isEqualTo(409);
    JsonNode status = TestCluster.json(response);
    assertThat(status.path("reason").asText()).isEqualTo("Conflict");
    assertThat(status.path("message").asText())
        .isEqualTo(
            "Operation cannot be fulfilled on deployments.apps \"api\": the object has been"
                + " modified; please apply your changes to the latest version and try again");
  }

  @Test
  void aDeleteMeansOnlyTheObjectWithThatUid() {
    C.send("POST", CONFIG_MAPS, "application/json", CONFIG_MAP);
    HttpResponse<String> response =
        C.send(
            "DELETE",
            CONFIG_MAPS + "/settings",
            "application/json",
            "{\"preconditions\":{\"uid\":\"another\"}}");
    assertThat(response.statusCode()).isEqualTo(409);
    assertThat(response.body()).contains("Precondition failed: UID in precondition: another");
    assertThat(C.get(CONFIG_MAPS + "/settings").statusCode()).isEqualTo(200);
  }

  @Test
  void onlyAChangedSpecRaisesTheGeneration() {
    long before = TestCluster.json(C.get(TestCluster.api())).at("/metadata/generation").asLong();
    C.send("PATCH", TestCluster.api(), MERGE, "{\"metadata\":{\"annotations\":{\"z\":\"1\"}}}");
    assertThat(TestCluster.json(C.get(TestCluster.api())).at("/metadata/generation").asLong())
        .isEqualTo(before);
    C.strategic(TestCluster.api(), "{\"spec\":{\"replicas\":3}}");
    C.strategic(TestCluster.api(), "{\"spec\":{\"replicas\":1}}");
    assertThat(TestCluster.json(C.get(TestCluster.api())).at("/metadata/generation").asLong())
        .isEqualTo(before + 2);
  }

  @Test
  void whatIsNotThereIsAKubernetesStatus() {
    HttpResponse<String> response = C.get("/api/v1/namespaces/production/pods/ghost");
    assertThat(response.statusCode()).isEqualTo(404);
    JsonNode status = TestCluster.json(response);
    assertThat(status.path("kind").asText()).isEqualTo("Status");
    assertThat(status.path("message").asText()).isEqualTo("pods \"ghost\" not found");
    assertThat(C.get("/apis/nobody.example/v1/things").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"limits":{"memory":"-1Mi"}}     | 422 | must be greater than or equal to 0
          {"requests":{"memory":"512Mi"}}  | 422 | must be less than or equal to memory limit of 256Mi
          {"limits":{"memory":"lots"}}     | 400 | quantities must match the regular expression
          """)
  void resourcesThatMakeNoSenseAreRefused(String resources, int status, String message) {
    HttpResponse<String> response =
        C.strategic(
            TestCluster.api(),
            "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"api\",\"resources\":"
                + resources
                + "}]}}}}");
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(TestCluster.json(response).path("message").asText()).contains(message);
  }

  @Test
  void aRunningPodIsNotPatchedButItsImage() {
    C.advance(Duration.ofSeconds(30));
    String pod =
        "/api/v1/namespaces/production/pods/" + C.pods().getFirst().getMetadata().getName();
    HttpResponse<String> response =
        C.strategic(
            pod,
            "{\"spec\":{\"containers\":[{\"name\":\"api\",\"resources\":{\"limits\":{\"memory\":\"1Gi\"}}}]}}");
    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(response.body()).contains("pod updates may not change fields other than");
    assertThat(
            C.strategic(
                    pod + "/resize",
                    "{\"spec\":{\"containers\":[{\"name\":\"api\",\"resources\":{\"limits\":{\"memory\":\"1Gi\"}}}]}}")
                .statusCode())
        .isEqualTo(200);
  }
}
