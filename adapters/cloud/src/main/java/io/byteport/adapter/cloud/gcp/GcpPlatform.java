package io.byteport.adapter.cloud.gcp;

import io.byteport.adapter.cloud.compute.NodePool;
import io.byteport.adapter.cloud.compute.Place;
import io.byteport.adapter.cloud.compute.Platform;
import io.byteport.adapter.cloud.compute.Provider;
import io.byteport.adapter.cloud.compute.ProviderId;
import io.byteport.adapter.cloud.compute.Sizes;
import io.byteport.adapter.cloud.compute.Volume;
import io.byteport.adapter.cloud.compute.VolumeProvider;
import io.byteport.adapter.cloud.http.Address;
import io.byteport.adapter.cloud.http.Call;
import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.adapter.cloud.http.Shape;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action.Probe;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An account of Google Cloud: disks, managed instance groups and node pools. */
public record GcpPlatform(GcpAccount gcp) implements Platform {
  private static final Shape NAME =
      Shape.of("the name of a resource", "[a-z]([a-z0-9-]{0,61}[a-z0-9])?", "data-1");
  private static final Shape PROJECT =
      Shape.of("a project", "[a-z][a-z0-9:.-]{4,60}[a-z0-9]", "shop-prod");
  private static final Shape ZONE =
      Shape.of("a zone", "[a-z]+-[a-z]+[0-9]+-[a-z]", "europe-west1-b");
  private static final Set<String> ENDING =
      Set.of("STOPPING", "STOPPED", "TERMINATED", "SUSPENDING");

  @Override
  public String account() {
    return gcp.name();
  }

  @Override
  public Provider provider() {
    return Provider.GCP;
  }

  @Override
  public Optional<Volume> volume(String id, Place place, Deadline deadline)
      throws ActionException, InterruptedException {
    NAME.check(id);
    String project = project(place.project());
    if (project == null) {
      return Optional.empty();
    }
    String zone = ZONE.check(place.zone() == null ? gcp.zone() : place.zone());
    Optional<Json> disk = find(disk(project, zone, id), deadline);
    if (disk.isEmpty()) {
      return Optional.empty();
    }
    List<Json> users = disk.get().at("users").items();
    return Optional.of(
        new Volume(
            id,
            VolumeProvider.GCP,
            Sizes.ofGibibytes(disk.get().wholeNeeded("sizeGb")),
            "READY".equals(disk.get().text("status")),
            users.isEmpty() ? null : instanceId(disk.get(), project, zone, deadline),
            account(),
            null,
            zone,
            project));
  }

  /** The number of the instance that uses a disk, as the instance itself knows it. */
  private @Nullable String instanceId(Json disk, String project, String zone, Deadline deadline)
      throws ActionException, InterruptedException {
    String user = disk.at("users").items().get(0).toString().replace("\"", "");
    String name = user.substring(user.lastIndexOf('/') + 1);
    return find(instance(project, zone, NAME.check(name)), deadline)
        .map(found -> found.text("id"))
        .orElse(null);
  }

  private Address disk(String project, String zone, String id) throws ActionException {
    return gcp.compute().at("projects", project, "zones", zone, "disks", id);
  }

  private Address instance(String project, String zone, String name) throws ActionException {
    return gcp.compute().at("projects", project, "zones", zone, "instances", name);
  }

  private Optional<Json> find(Address address, Deadline deadline)
      throws ActionException, InterruptedException {
    try {
      return Optional.of(gcp.compute().get(address, deadline));
    } catch (ActionException failure) {
      if (failure.kind() == FailureKind.NOT_FOUND) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  /** The project asked for, else the first; null where it is none of this account's. */
  private @Nullable String project(@Nullable String asked) throws ActionException {
    List<String> own = gcp.projects();
    if (asked != null) {
      PROJECT.check(asked);
      return own.isEmpty() || own.contains(asked) ? asked : null;
    }
    if (own.isEmpty()) {
      throw ActionException.refused(
          FailureKind.INVALID, "it is not said in which project of `" + account() + "`");
    }
    return PROJECT.check(own.get(0));
  }

  @Override
  public void rehearseGrowth(Volume volume, long gibibytes, Deadline deadline)
      throws ActionException, InterruptedException {
    Call call =
        Call.ask(
            address(volume).at("testIamPermissions"),
            "application/json",
            Json.write(Map.of("permissions", List.of("compute.disks.resize"))));
    if (gcp.compute().json(call, deadline).at("permissions").items().isEmpty()) {
      throw ActionException.refused(
          FailureKind.FORBIDDEN, "compute.disks.resize is not granted on " + volume.id());
    }
  }

  @Override
  public void grow(Volume volume, long gibibytes, String intent, Deadline deadline)
      throws ActionException, InterruptedException {
    Call call =
        Call.write("POST", address(volume).at("resize").with("requestId", requestId(intent)))
            .json(Json.write(Map.of("sizeGb", Long.toString(gibibytes))))
            .withToken();
    GcpAccount.accepted(gcp.compute().json(call, deadline));
  }

  private Address address(Volume volume) throws ActionException {
    String project = project(volume.project());
    if (project == null || volume.zone() == null) {
      throw ActionException.refused(
          FailureKind.NOT_FOUND, "the disk " + volume.id() + " is not in this account");
    }
    return disk(project, ZONE.check(volume.zone()), NAME.check(volume.id()));
  }

  /** The same for the same intent, so that a second sending is known for one. */
  static String requestId(String intent) {
    return UUID.nameUUIDFromBytes(intent.getBytes(StandardCharsets.UTF_8)).toString();
  }

  @Override
  public boolean growsTo(Volume volume, long gibibytes, Deadline deadline) {
    return volume.size().bytes() >= Sizes.ofGibibytes(gibibytes).bytes();
  }

  @Override
  public List<NodePool> pools(String cluster, Deadline deadline)
      throws ActionException, InterruptedException {
    return new GkePools(gcp).of(cluster, deadline);
  }

  @Override
  public Optional<NodePool> pool(NodePool known, Deadline deadline)
      throws ActionException, InterruptedException {
    return new GkePools(gcp).named(known, deadline);
  }

  @Override
  public long running(NodePool pool, Deadline deadline)
      throws ActionException, InterruptedException {
    return new GkePools(gcp).running(pool, deadline);
  }

  @Override
  public long attainable(NodePool pool, long size, Deadline deadline)
      throws ActionException, InterruptedException {
    return new GkePools(gcp).attainable(pool, size, deadline);
  }

  @Override
  public void resize(NodePool pool, long size, String intent, Deadline deadline)
      throws ActionException, InterruptedException {
    new GkePools(gcp).resize(pool, size, deadline);
  }

  @Override
  public Optional<StructValue> instance(ProviderId id, Deadline deadline)
      throws ActionException, InterruptedException {
    if (!(id instanceof ProviderId.Gce gce)
        || !(gcp.projects().isEmpty() || gcp.projects().contains(gce.project()))) {
      return Optional.empty();
    }
    Optional<Json> found = find(instance(gce.project(), gce.zone(), gce.instance()), deadline);
    String group = found.flatMap(GcpPlatform::group).orElse(null);
    if (group == null) {
      return Optional.empty();
    }
    return Optional.of(
        Value.of(Map.of("instance", Value.of(found.get().needed("id")), "group", Value.of(group))));
  }

  /** The managed group that made an instance: {@code zones/z/name} or {@code regions/r/name}. */
  private static Optional<String> group(Json instance) {
    for (Json item : instance.at("metadata", "items").items()) {
      String value = item.text("value");
      if ("created-by".equals(item.text("key")) && value != null) {
        String[] parts = value.split("/", -1);
        int count = parts.length;
        if (count >= 4 && parts[count - 2].equals("instanceGroupManagers")) {
          return Optional.of(parts[count - 4] + "/" + parts[count - 3] + "/" + parts[count - 1]);
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public void replace(ProviderId id, StructValue identity, String intent, Deadline deadline)
      throws ActionException, InterruptedException {
    if (id instanceof ProviderId.Gce gce) {
      String self = "zones/" + gce.zone() + "/instances/" + gce.instance();
      Call call =
          Call.write(
                  "POST",
                  manager(gce, identity)
                      .at("recreateInstances")
                      .with("requestId", requestId(intent)))
              .json(Json.write(Map.of("instances", List.of(self))))
              .withToken();
      GcpAccount.accepted(gcp.compute().json(call, deadline));
    }
  }

  private Address manager(ProviderId.Gce id, StructValue identity) throws ActionException {
    String[] group =
        identity.get("group") instanceof Value.TextValue text
            ? text.value().split("/", -1)
            : new String[0];
    if (group.length != 3) {
      throw ActionException.refused(FailureKind.INVALID, "the group of the instance is not known");
    }
    return gcp.compute()
        .at(
            "projects",
            id.project(),
            group[0],
            group[1],
            "instanceGroupManagers",
            NAME.check(group[2]));
  }

  @Override
  public Probe replaced(ProviderId id, StructValue identity, Deadline deadline)
      throws ActionException, InterruptedException {
    if (!(id instanceof ProviderId.Gce gce)) {
      return Probe.UNKNOWN;
    }
    Optional<Json> found = find(instance(gce.project(), gce.zone(), gce.instance()), deadline);
    String number = found.map(one -> one.text("id")).orElse(null);
    if (number == null
        || !Value.of(number).equals(identity.get("instance"))
        || ENDING.contains(String.valueOf(found.get().text("status")))) {
      return Probe.TOOK_EFFECT;
    }
    Call list =
        Call.ask(
            manager(gce, identity)
                .at("listManagedInstances")
                .with("filter", "name=" + gce.instance()),
            "application/json",
            "{}");
    boolean underWay =
        gcp.compute().json(list, deadline).at("managedInstances").items().stream()
            .filter(one -> String.valueOf(one.text("instance")).endsWith("/" + gce.instance()))
            .anyMatch(one -> "RECREATING".equals(one.text("currentAction")));
    return underWay ? Probe.TOOK_EFFECT : Probe.NOT_DONE;
  }
}
