package io.byteport.adapter.cloud.gcp;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The node pools of GKE clusters. Sizes are counted over all zones of a pool. */
record GkePools(GcpAccount gcp) {
  private static final Shape CLUSTER =
      Shape.of(
          "the path of a cluster",
          "projects/[a-z][a-z0-9:.-]{4,60}[a-z0-9]/locations/[a-z0-9-]{4,40}/clusters/[a-z]([a-z0-9-]{0,38}[a-z0-9])?",
          "projects/shop-prod/locations/europe-west1/clusters/prod");
  private static final Shape NAME =
      Shape.of("the name of a node pool", "[a-z]([a-z0-9-]{0,61}[a-z0-9])?", "workers");
  private static final Pattern MANAGER =
      Pattern.compile(
          ".*/projects/([a-z0-9:.-]+)/zones/([a-z0-9-]+)/instanceGroupManagers/([a-z0-9-]+)");

  List<NodePool> of(String cluster, Deadline deadline)
      throws ActionException, InterruptedException {
    List<NodePool> pools = new ArrayList<>();
    Json answer = gcp.container().get(at(cluster).at("nodePools"), deadline);
    for (Json pool : answer.at("nodePools").items()) {
      pools.add(pool(pool, cluster, deadline));
    }
    return pools;
  }

  Optional<NodePool> named(NodePool known, Deadline deadline)
      throws ActionException, InterruptedException {
    try {
      return Optional.of(pool(read(known, deadline), within(known), deadline));
    } catch (ActionException failure) {
      if (failure.kind() == FailureKind.NOT_FOUND) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  /** How many machines of a pool are there, with nothing being done to them. */
  long running(NodePool known, Deadline deadline) throws ActionException, InterruptedException {
    long running = 0;
    for (Json manager : managers(read(known, deadline), deadline)) {
      running += manager.whole(0, "currentActions", "none");
    }
    return running;
  }

  /** A pool has the same number in each of its zones: the next multiple. */
  long attainable(NodePool known, long size, Deadline deadline)
      throws ActionException, InterruptedException {
    int zones = zones(read(known, deadline));
    return Math.ceilDiv(size, zones) * zones;
  }

  void resize(NodePool known, long size, Deadline deadline)
      throws ActionException, InterruptedException {
    int zones = zones(read(known, deadline));
    Call call =
        Call.write("POST", address(known).verb("setSize"))
            .json(Json.write(Map.of("nodeCount", size / zones)));
    GcpAccount.accepted(Json.lenient(gcp.container().send(call, deadline).text()));
  }

  private Json read(NodePool known, Deadline deadline)
      throws ActionException, InterruptedException {
    return gcp.container().get(address(known), deadline);
  }

  private Address address(NodePool known) throws ActionException {
    return at(within(known)).at("nodePools", NAME.check(known.name()));
  }

  private static String within(NodePool known) {
    return known.within() == null ? "" : known.within();
  }

  private Address at(String cluster) throws ActionException {
    CLUSTER.check(cluster);
    String project = cluster.split("/", -1)[1];
    if (!gcp.projects().isEmpty() && !gcp.projects().contains(project)) {
      throw ActionException.refused(
          FailureKind.NOT_FOUND, "the account `" + gcp.name() + "` does not reach " + project);
    }
    return gcp.container().at(cluster.split("/", -1));
  }

  private NodePool pool(Json pool, String cluster, Deadline deadline)
      throws ActionException, InterruptedException {
    long size = 0;
    Optional<Resources> machine = Optional.empty();
    for (Json manager : managers(pool, deadline)) {
      size += manager.whole(0, "targetSize");
      if (machine.isEmpty()) {
        machine = Optional.of(machine(pool, manager, deadline));
      }
    }
    Json scaling = pool.at("autoscaling");
    boolean scaled = scaling.isTrue("enabled");
    int zones = zones(pool);
    long most = scaling.whole(scaling.whole(0, "maxNodeCount") * zones, "totalMaxNodeCount");
    long least = scaling.whole(scaling.whole(0, "minNodeCount") * zones, "totalMinNodeCount");
    if (machine.isEmpty()) {
      throw ActionException.refused(
          FailureKind.UNREACHABLE,
          "the node pool " + pool.needed("name") + " has no instance group");
    }
    return new NodePool(
        pool.needed("name"),
        size,
        scaled ? most : size,
        machine.get(),
        scaled ? least : size,
        Provider.GCP,
        gcp.name(),
        cluster);
  }

  private static int zones(Json pool) {
    int named = pool.at("locations").items().size();
    return Math.max(1, named == 0 ? pool.at("instanceGroupUrls").items().size() : named);
  }

  /** The groups of a pool; their addresses are read for names, never called as they are. */
  private List<Json> managers(Json pool, Deadline deadline)
      throws ActionException, InterruptedException {
    List<Json> managers = new ArrayList<>();
    for (Json url : pool.at("instanceGroupUrls").items()) {
      Matcher parts = MANAGER.matcher(url.toString().replace("\"", ""));
      if (parts.matches()) {
        managers.add(
            gcp.compute()
                .get(
                    gcp.compute()
                        .at(
                            "projects",
                            parts.group(1),
                            "zones",
                            parts.group(2),
                            "instanceGroupManagers",
                            parts.group(3)),
                    deadline));
      }
    }
    return managers;
  }

  private Resources machine(Json pool, Json manager, Deadline deadline)
      throws ActionException, InterruptedException {
    String zone = manager.needed("zone");
    Matcher place = Pattern.compile(".*/projects/([a-z0-9:.-]+)/zones/([a-z0-9-]+)").matcher(zone);
    if (!place.matches()) {
      throw ActionException.refused(FailureKind.UNREACHABLE, "expected a zone, found " + zone);
    }
    Json type =
        gcp.compute()
            .get(
                gcp.compute()
                    .at(
                        "projects",
                        place.group(1),
                        "zones",
                        place.group(2),
                        "machineTypes",
                        pool.needed("config", "machineType")),
                deadline);
    return new Resources(
        type.wholeNeeded("guestCpus"), new DataSize(type.wholeNeeded("memoryMb") << 20));
  }
}
