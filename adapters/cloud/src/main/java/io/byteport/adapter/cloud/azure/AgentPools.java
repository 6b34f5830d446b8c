package io.byteport.adapter.cloud.azure;

import io.byteport.adapter.cloud.compute.NodePool;
import io.byteport.adapter.cloud.compute.Provider;
import io.byteport.adapter.cloud.http.Address;
import io.byteport.adapter.cloud.http.Call;
import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.adapter.cloud.http.Shape;
import io.byteport.adapter.cloud.model.Resources;
import io.byteport.dsl.value.DataSize;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The node pools of AKS clusters. */
record AgentPools(AzureAccount azure) {
  private static final String CONTAINERS = "2024-09-01";
  private static final String COMPUTE = "2024-07-01";
  private static final Shape CLUSTER =
      Shape.of(
          "the id of a cluster",
          "/subscriptions/[0-9a-fA-F-]{36}/resourceGroups/[A-Za-z0-9_().-]{0,89}[A-Za-z0-9_()-]"
              + "/providers/Microsoft\\.ContainerService/managedClusters/[A-Za-z0-9][A-Za-z0-9_-]{0,62}",
          "/subscriptions/ID/resourceGroups/GROUP/providers/Microsoft.ContainerService/managedClusters/NAME");
  private static final Shape NAME =
      Shape.of("the name of a node pool", "[a-z][a-z0-9]{0,11}", "workers");

  List<NodePool> of(String cluster, Deadline deadline)
      throws ActionException, InterruptedException {
    Address address = at(cluster);
    Json answer =
        azure.management().get(address.at("agentPools").with("api-version", CONTAINERS), deadline);
    String location =
        azure
            .management()
            .get(address.with("api-version", CONTAINERS), deadline)
            .needed("location");
    List<NodePool> pools = new ArrayList<>();
    for (Json pool : answer.at("value").items()) {
      pools.add(pool(pool, cluster, location, deadline));
    }
    return pools;
  }

  Optional<NodePool> named(NodePool known, Deadline deadline)
      throws ActionException, InterruptedException {
    return of(within(known), deadline).stream()
        .filter(pool -> pool.name().equals(known.name()))
        .findFirst();
  }

  /** How many nodes there are once nothing is being done to the pool. */
  long running(NodePool known, Deadline deadline) throws ActionException, InterruptedException {
    Json pool = azure.management().get(address(known), deadline);
    return "Succeeded".equals(pool.text("properties", "provisioningState"))
        ? pool.whole(-1, "properties", "count")
        : -1;
  }

  /** Writes the pool back as it was read, with another count, unless somebody changed it. */
  void resize(NodePool known, long size, Deadline deadline)
      throws ActionException, InterruptedException {
    Json pool = azure.management().get(address(known), deadline);
    Map<String, Object> properties = new LinkedHashMap<>();
    pool.at("properties").fields().forEach((name, value) -> properties.put(name, value.tree()));
    properties.put("count", size);
    Call call =
        Call.write("PUT", address(known)).json(Json.write(Map.of("properties", properties)));
    String version = pool.text("properties", "eTag");
    azure.management().send(version == null ? call : call.header("If-Match", version), deadline);
  }

  private Address address(NodePool known) throws ActionException {
    return at(within(known))
        .at("agentPools", NAME.check(known.name()))
        .with("api-version", CONTAINERS);
  }

  private static String within(NodePool known) {
    return known.within() == null ? "" : known.within();
  }

  private Address at(String cluster) throws ActionException {
    String[] parts = CLUSTER.check(cluster).substring(1).split("/", -1);
    if (!azure.reaches(parts[1], parts[3])) {
      throw ActionException.refused(
          FailureKind.NOT_FOUND,
          "the account `" + azure.name() + "` does not reach " + parts[1] + "/" + parts[3]);
    }
    return azure.management().at(parts);
  }

  private NodePool pool(Json pool, String cluster, String location, Deadline deadline)
      throws ActionException, InterruptedException {
    Json properties = pool.at("properties");
    long size = properties.wholeNeeded("count");
    boolean scaled = properties.isTrue("enableAutoScaling");
    return new NodePool(
        pool.needed("name"),
        size,
        scaled ? properties.whole(size, "maxCount") : size,
        machine(properties.needed("vmSize"), cluster, location, deadline),
        scaled ? properties.whole(size, "minCount") : size,
        Provider.AZURE,
        azure.name(),
        cluster);
  }

  private Resources machine(String size, String cluster, String location, Deadline deadline)
      throws ActionException, InterruptedException {
    Json sizes =
        azure
            .management()
            .get(
                azure
                    .management()
                    .at("subscriptions", cluster.split("/", -1)[2])
                    .at("providers", "Microsoft.Compute", "locations", location, "vmSizes")
                    .with("api-version", COMPUTE),
                deadline);
    for (Json one : sizes.at("value").items()) {
      if (size.equalsIgnoreCase(one.text("name"))) {
        return new Resources(
            one.wholeNeeded("numberOfCores"), new DataSize(one.wholeNeeded("memoryInMB") << 20));
      }
    }
    throw ActionException.refused(
        FailureKind.NOT_FOUND, "the size " + size + " is not known in " + location);
  }
}
