package io.byteport.adapter.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byteport.adapter.cloud.ContractServer.Answer;
import io.byteport.adapter.cloud.ContractServer.Seen;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AzureTest {
  private static final String SUBSCRIPTION = "/subscriptions/aaaaaaaa-1111-2222-3333-444444444444";
  private static final String VM =
      SUBSCRIPTION
          + "/resourceGroups/MC_shop/providers/Microsoft.Compute/virtualMachineScaleSets"
          + "/aks-workers-vmss/virtualMachines/3";
  private static final String CLUSTER =
      SUBSCRIPTION
          + "/resourceGroups/shop/providers/Microsoft.ContainerService/managedClusters/prod";
  static final Inventory.Entry ACCOUNT =
      Rig.withToken("azure", Map.of("subscription", SUBSCRIPTION.substring(15)));

  private final Rig rig =
      Rig.of(
          ACCOUNT,
          Rig.entry(
              "cluster",
              "prod-eu",
              Map.of("account", "azure", "providerCluster", CLUSTER),
              Map.of()));

  @AfterEach
  void close() {
    rig.close();
  }

  private void vm(String disk, String state) {
    rig.server.on(
        "GET",
        VM,
        Answer.of(
            200,
            """
            {"instanceId":"3","properties":{"vmId":"42-42","provisioningState":"%s",
             "storageProfile":{"osDisk":{"managedDisk":{"id":"%s"}}}}}\
            """
                .formatted(state, disk)));
  }

  @Test
  void a_node_is_reimaged_and_known_by_its_new_disk() throws Exception {
    vm("/disks/one", "Succeeded");
    rig.server.on("POST", VM + "/reimage", Answer.of(202, ""));
    Rig.Change replace = rig.change("cloud.replaceNode", "providerId", "azure://" + VM).prepared();
    assertThat(replace.probed()).isEqualTo(Action.Probe.NOT_DONE);
    assertThat(replace.made().get("instance")).isEqualTo(Value.of("3"));
    Seen sent = rig.server.seen("POST").get(0);
    assertThat(sent.query()).containsEntry("api-version", "2024-07-01");
    assertThat(sent.header("authorization")).isEqualTo("Bearer " + Rig.TOKEN);
    vm("/disks/one", "Updating");
    assertThat(replace.probed()).isEqualTo(Action.Probe.UNKNOWN);
    vm("/disks/two", "Succeeded");
    assertThat(replace.probed()).isEqualTo(Action.Probe.TOOK_EFFECT);
  }

  @Test
  void a_subscription_that_is_not_ours_is_not_asked() {
    ActionException failure =
        catchThrowableOfType(
            ActionException.class,
            () ->
                rig.change(
                        "cloud.replaceNode",
                        "providerId",
                        "azure://" + VM.replace("aaaaaaaa", "bbbbbbbb"))
                    .prepared());
    assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND);
    assertThat(rig.server.seen()).isEmpty();
  }

  @Test
  void the_words_of_azure_are_kept() {
    rig.server.on(
        "GET",
        VM,
        Answer.of(
            403,
            "{\"error\":{\"code\":\"AuthorizationFailed\",\"message\":\"The client does not have"
                + " authorization\"}}"));
    ActionException failure =
        catchThrowableOfType(
            ActionException.class,
            () -> rig.change("cloud.replaceNode", "providerId", "azure://" + VM).prepared());
    assertThat(failure.kind()).isEqualTo(FailureKind.FORBIDDEN);
    assertThat(failure.reason())
        .startsWith("AuthorizationFailed: The client does not have authorization [403]");
  }

  private static String pool(int count) {
    return """
    {"name":"workers","properties":{"count":%d,"vmSize":"Standard_D4s_v5","eTag":"e-7",
     "enableAutoScaling":true,"minCount":1,"maxCount":6,"mode":"User",
     "provisioningState":"Succeeded"}}\
    """
        .formatted(count);
  }

  private StructValue found() throws Exception {
    String pools = CLUSTER + "/agentPools";
    rig.server
        .on("GET", CLUSTER, Answer.of(200, "{\"location\":\"westeurope\"}"))
        .on("GET", pools, Answer.of(200, "{\"value\":[" + pool(2) + "]}"))
        .on("GET", pools + "/workers", Answer.of(200, pool(2)))
        .on("PUT", pools + "/workers", Answer.of(200, pool(3)))
        .on(
            "GET",
            SUBSCRIPTION + "/providers/Microsoft.Compute/locations/westeurope/vmSizes",
            Answer.of(
                200,
                "{\"value\":[{\"name\":\"Standard_D4s_v5\",\"numberOfCores\":4,"
                    + "\"memoryInMB\":16384}]}"));
    return (StructValue)
        ((Value.ListValue) rig.read("cloud.nodePools").get("items")).items().get(0);
  }

  @Test
  void a_pool_is_written_back_as_it_was_with_another_count_unless_somebody_changed_it()
      throws Exception {
    Rig.Change resize = rig.change("cloud.resizeNodePool", "pool", found(), "size", 3).prepared();
    resize.made();
    Seen sent = rig.server.seen("PUT").get(0);
    assertThat(sent.header("if-match")).isEqualTo("e-7");
    assertThat(sent.body()).contains("\"count\":3", "\"mode\":\"User\"", "\"maxCount\":6");
    rig.server.on("PUT", CLUSTER + "/agentPools/workers", Answer.of(412, "{}"));
    ActionException failure = catchThrowableOfType(ActionException.class, resize::made);
    assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
    assertThat(resize.settled()).isTrue();
    assertThat(rig.server.unexpected()).isEmpty();
  }

  @Test
  void a_client_s_secret_gives_a_token() throws Exception {
    try (ContractServer login = new ContractServer()) {
      login.on(
          "POST",
          "/tenant-1/oauth2/v2.0/token",
          Answer.of(200, "{\"access_token\":\"eyJ0\",\"expires_in\":3599}"));
      Inventory.Entry entry =
          Rig.entry(
              "azure",
              "azure",
              Map.of(
                  "subscription",
                  SUBSCRIPTION.substring(15),
                  "tenant",
                  "tenant-1",
                  "authority",
                  login.url()),
              Map.of("clientId", "client-1", "clientSecret", "sec&ret="));
      try (Rig own = new Rig(List.of(entry), Map.of(), Path.of("/nonexistent"))) {
        own.server.on("GET", VM, Answer.of(404, "{}"));
        ActionException none =
            catchThrowableOfType(
                ActionException.class,
                () -> own.change("cloud.replaceNode", "providerId", "azure://" + VM).prepared());
        assertThat(none.kind()).isEqualTo(FailureKind.NOT_FOUND);
        assertThat(own.server.seen().get(0).header("authorization")).isEqualTo("Bearer eyJ0");
      }
      assertThat(login.seen().get(0).form())
          .containsEntry("grant_type", "client_credentials")
          .containsEntry("client_secret", "sec&ret=")
          .containsEntry("scope", "https://management.azure.com/.default");
    }
  }
}
