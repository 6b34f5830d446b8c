package io.byteport.adapter.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byteport.adapter.cloud.ContractServer.Answer;
import io.byteport.adapter.cloud.ContractServer.Fault;
import io.byteport.adapter.cloud.ContractServer.Seen;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GcpTest {
  private static final String ZONE = "/compute/v1/projects/shop-prod/zones/europe-west1-b";
  private static final String DISK = ZONE + "/disks/data-1";
  private static final DataSize GIB_250 = new DataSize(250L << 30);
  static final Inventory.Entry ACCOUNT =
      Rig.withToken("gcp", Map.of("project", "shop-prod", "zone", "europe-west1-b"));

  private final Rig rig =
      Rig.of(
          ACCOUNT,
          Rig.entry(
              "cluster",
              "prod-eu",
              Map.of(
                  "account",
                  "gcp",
                  "providerCluster",
                  "projects/shop-prod/locations/europe-west1/clusters/shop"),
              Map.of()));

  @AfterEach
  void close() {
    rig.close();
  }

  private void disk(int size, String status) {
    rig.server
        .on(
            "GET",
            DISK,
            Answer.of(
                200,
                """
                {"kind":"compute#disk","id":"6789","name":"data-1","sizeGb":"%d","status":"%s",
                 "users":["https://www.googleapis.com/compute/v1/projects/shop-prod/zones/europe-west1-b/instances/api-03"]}
                """
                    .formatted(size, status)))
        .on(
            "GET",
            ZONE + "/instances/api-03",
            Answer.of(200, "{\"id\":\"4711\",\"name\":\"api-03\",\"status\":\"RUNNING\"}"));
  }

  private Rig.Change growth() throws Exception {
    disk(200, "READY");
    rig.server.on(
        "POST",
        DISK + "/testIamPermissions",
        Answer.of(200, "{\"permissions\":[\"compute.disks.resize\"]}"));
    StructValue volume = rig.read("cloud.volume", "provider", "gcp", "id", "data-1");
    return rig.change("cloud.growVolume", "volume", volume, "size", GIB_250).prepared();
  }

  @Test
  void a_disk_is_what_google_says_of_it() throws Exception {
    disk(200, "READY");
    StructValue volume = rig.read("cloud.volume", "provider", "gcp", "id", "data-1");
    assertThat(volume.get("size")).isEqualTo(Value.of(new DataSize(200L << 30)));
    assertThat(volume.get("attachedTo")).isEqualTo(Value.of("4711"));
    assertThat(volume.get("usable")).isEqualTo(Value.of(true));
    assertThat(rig.server.seen().get(0).header("authorization")).isEqualTo("Bearer " + Rig.TOKEN);
  }

  @Test
  void a_project_out_of_reach_is_not_asked() throws Exception {
    assertThat(
            rig.find("cloud.volume", "provider", "gcp", "id", "data-1", "project", "other-project"))
        .isNull();
    assertThat(rig.server.seen()).isEmpty();
  }

  @Test
  void a_disk_is_resized_under_the_intent_s_request_id_however_often_it_is_sent() throws Exception {
    Rig.Change growth = growth();
    rig.server.on(
        "POST",
        DISK + "/resize",
        Answer.of(503, "{\"error\":{\"code\":503,\"message\":\"Backend error\"}}"),
        Answer.of(200, "").failing(Fault.CUT),
        Answer.of(200, "{\"kind\":\"compute#operation\",\"status\":\"PENDING\"}"));
    assertThat(growth.made().get("size")).isEqualTo(Value.of(GIB_250));
    List<Seen> sent =
        rig.server.seen().stream().filter(seen -> seen.path().endsWith("/resize")).toList();
    assertThat(sent).hasSize(3);
    assertThat(sent)
        .extracting(seen -> seen.query().get("requestId"))
        .containsOnly(sent.get(0).query().get("requestId"))
        .allMatch(id -> String.valueOf(id).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"));
    assertThat(sent.get(0).body()).isEqualTo("{\"sizeGb\":\"250\"}");
    assertThat(growth.settled()).isFalse();
    disk(250, "READY");
    assertThat(growth.probed()).isEqualTo(Action.Probe.TOOK_EFFECT);
    assertThat(growth.settled()).isTrue();
  }

  @Test
  void a_permission_that_is_missing_is_found_before_the_intent_is_recorded() throws Exception {
    disk(200, "READY");
    rig.server.on("POST", DISK + "/testIamPermissions", Answer.of(200, "{}"));
    StructValue volume = rig.read("cloud.volume", "provider", "gcp", "id", "data-1");
    ActionException failure =
        catchThrowableOfType(
            ActionException.class,
            () -> rig.change("cloud.growVolume", "volume", volume, "size", GIB_250).prepared());
    assertThat(failure.kind()).isEqualTo(FailureKind.FORBIDDEN);
  }

  @Test
  void an_operation_that_failed_at_once_is_a_failure() throws Exception {
    Rig.Change growth = growth();
    rig.server.on(
        "POST",
        DISK + "/resize",
        Answer.of(
            200,
            "{\"status\":\"DONE\",\"error\":{\"errors\":[{\"code\":\"QUOTA_EXCEEDED\",\"message\":"
                + "\"Quota 'SSD_TOTAL_GB' exceeded.\"}]}}"));
    ActionException failure = catchThrowableOfType(ActionException.class, growth::made);
    assertThat(failure.reason()).isEqualTo("QUOTA_EXCEEDED: Quota 'SSD_TOTAL_GB' exceeded.");
  }

  @Test
  void the_words_of_google_are_kept_and_its_rate_limit_is_known_for_one() throws Exception {
    rig.server.on(
        "GET",
        DISK,
        Answer.of(
            403,
            "{\"error\":{\"code\":403,\"message\":\"Rate Limit Exceeded\",\"errors\":[{\"reason\":"
                + "\"rateLimitExceeded\"}]}}"),
        Answer.of(
            403,
            "{\"error\":{\"code\":403,\"message\":\"Required 'compute.disks.get' permission\","
                + "\"status\":\"PERMISSION_DENIED\"}}"));
    ActionException failure =
        catchThrowableOfType(
            ActionException.class,
            () -> rig.read("cloud.volume", "provider", "gcp", "id", "data-1"));
    assertThat(rig.pauses).hasSize(1);
    assertThat(failure.kind()).isEqualTo(FailureKind.FORBIDDEN);
    assertThat(failure.reason())
        .startsWith("PERMISSION_DENIED: Required 'compute.disks.get' permission [403]");
  }

  private void instance(String id, String status) {
    rig.server.on(
        "GET",
        ZONE + "/instances/gke-shop-1a2b",
        Answer.of(
            200,
            """
            {"id":"%s","status":"%s","metadata":{"items":[{"key":"created-by","value":
            "projects/123456/zones/europe-west1-b/instanceGroupManagers/gke-shop-grp"}]}}\
            """
                .formatted(id, status)));
  }

  @Test
  void a_node_is_recreated_by_the_group_that_made_it() throws Exception {
    instance("4711", "RUNNING");
    String manager = ZONE + "/instanceGroupManagers/gke-shop-grp";
    rig.server
        .on("POST", manager + "/recreateInstances", Answer.of(200, "{\"status\":\"PENDING\"}"))
        .on("POST", manager + "/listManagedInstances", Answer.of(200, "{\"managedInstances\":[]}"));
    Rig.Change replace =
        rig.change(
                "cloud.replaceNode", "providerId", "gce://shop-prod/europe-west1-b/gke-shop-1a2b")
            .prepared();
    assertThat(replace.probed()).isEqualTo(Action.Probe.NOT_DONE);
    replace.made();
    Seen sent =
        rig.server.seen().stream()
            .filter(seen -> seen.path().endsWith("recreateInstances"))
            .findFirst()
            .orElseThrow();
    assertThat(sent.body())
        .isEqualTo("{\"instances\":[\"zones/europe-west1-b/instances/gke-shop-1a2b\"]}");
    assertThat(sent.query()).containsKey("requestId");
    instance("4712", "RUNNING");
    assertThat(replace.probed()).isEqualTo(Action.Probe.TOOK_EFFECT);
  }

  @Test
  void an_instance_of_the_same_name_that_is_another_one_is_not_recreated() throws Exception {
    instance("4711", "RUNNING");
    Rig.Change replace =
        rig.change(
                "cloud.replaceNode", "providerId", "gce://shop-prod/europe-west1-b/gke-shop-1a2b")
            .prepared();
    instance("4712", "RUNNING");
    ActionException failure = catchThrowableOfType(ActionException.class, replace::made);
    assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
    assertThat(rig.server.seen("POST")).isEmpty();
  }

  @Test
  void a_pool_of_several_zones_grows_to_the_next_multiple() throws Exception {
    String cluster = "/v1/projects/shop-prod/locations/europe-west1/clusters/shop";
    String pool =
        """
        {"name":"workers","config":{"machineType":"e2-standard-4"},
         "locations":["europe-west1-b","europe-west1-c"],
         "autoscaling":{"enabled":true,"minNodeCount":1,"maxNodeCount":3},
         "instanceGroupUrls":[
          "https://www.googleapis.com/compute/v1/projects/shop-prod/zones/europe-west1-b/instanceGroupManagers/grp-b",
          "https://www.googleapis.com/compute/v1/projects/shop-prod/zones/europe-west1-c/instanceGroupManagers/grp-c"]}
        """;
    rig.server
        .on("GET", cluster + "/nodePools", Answer.of(200, "{\"nodePools\":[" + pool + "]}"))
        .on("GET", cluster + "/nodePools/workers", Answer.of(200, pool))
        .on("POST", cluster + "/nodePools/workers:setSize", Answer.of(200, "{\"name\":\"op\"}"))
        .on(
            "GET",
            ZONE + "/machineTypes/e2-standard-4",
            Answer.of(200, "{\"guestCpus\":4,\"memoryMb\":16384}"));
    for (String zone : List.of("b", "c")) {
      rig.server.on(
          "GET",
          "/compute/v1/projects/shop-prod/zones/europe-west1-"
              + zone
              + "/instanceGroupManagers/grp-"
              + zone,
          Answer.of(
              200,
              "{\"targetSize\":1,\"currentActions\":{\"none\":1},\"zone\":\"https://www.googleapis.com"
                  + "/compute/v1/projects/shop-prod/zones/europe-west1-"
                  + zone
                  + "\"}"));
    }
    StructValue found =
        (StructValue) ((Value.ListValue) rig.read("cloud.nodePools").get("items")).items().get(0);
    assertThat(found.get("size")).isEqualTo(Value.of(2.0));
    assertThat(found.get("maximum")).isEqualTo(Value.of(6.0));
    Rig.Change resize = rig.change("cloud.resizeNodePool", "pool", found, "size", 3).prepared();
    assertThat(resize.made().get("to")).isEqualTo(Value.of(4.0));
    assertThat(rig.server.seen("POST").get(0).body()).isEqualTo("{\"nodeCount\":2}");
    assertThat(rig.server.unexpected()).isEmpty();
  }

  @Test
  void a_service_account_asks_for_a_token_with_a_signed_assertion_once() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    String pem =
        "-----BEGIN PRIVATE KEY-----\\n"
            + Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded())
            + "\\n-----END PRIVATE KEY-----\\n";
    try (ContractServer tokens = new ContractServer()) {
      String key =
          "{\"type\":\"service_account\",\"client_email\":\"byteport@shop-prod.iam\","
              + "\"private_key_id\":\"k1\",\"private_key\":\""
              + pem
              + "\",\"token_uri\":\""
              + tokens.url()
              + "/token\"}";
      tokens.on(
          "POST", "/token", Answer.of(200, "{\"access_token\":\"ya29.x\",\"expires_in\":3599}"));
      try (Rig own =
          new Rig(
              List.of(Rig.entry("gcp", "gcp", Map.of("project", "shop-prod"), Map.of("key", key))),
              Map.of(),
              Path.of("/nonexistent"))) {
        own.server.on("GET", DISK, Answer.of(404, "{}"));
        for (int i = 0; i < 2; i++) {
          own.find("cloud.volume", "provider", "gcp", "id", "data-1", "zone", "europe-west1-b");
        }
        assertThat(own.server.seen().get(1).header("authorization")).isEqualTo("Bearer ya29.x");
      }
      assertThat(tokens.seen()).hasSize(1);
      Map<String, String> form = tokens.seen().get(0).form();
      assertThat(form).containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
      String[] parts = form.getOrDefault("assertion", "").split("\\.", -1);
      String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
      assertThat(claims)
          .contains("\"iss\":\"byteport@shop-prod.iam\"")
          .contains("\"aud\":\"" + tokens.url() + "/token\"")
          .contains("\"iat\":" + Rig.NOW.getEpochSecond());
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(pair.getPublic());
      signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
      assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    }
  }

  @Test
  void the_metadata_server_gives_a_token_where_there_is_nothing_else() throws Exception {
    try (ContractServer metadata = new ContractServer()) {
      metadata.on(
          "GET",
          "/computeMetadata/v1/instance/service-accounts/default/token",
          Answer.of(200, "{\"access_token\":\"ya29.m\",\"expires_in\":3599}"));
      try (Rig own =
          new Rig(
              List.of(Rig.entry("gcp", "gcp", Map.of("project", "shop-prod"), Map.of())),
              Map.of("GCE_METADATA_HOST", metadata.url().substring("http://".length())),
              Path.of("/nonexistent"))) {
        own.server.on("GET", DISK, Answer.of(404, "{}"));
        own.find("cloud.volume", "provider", "gcp", "id", "data-1", "zone", "europe-west1-b");
        assertThat(own.server.seen().get(0).header("authorization")).isEqualTo("Bearer ya29.m");
        assertThat(metadata.seen().get(0).header("metadata-flavor")).isEqualTo("Google");
      }
    }
  }
}
