package io.byteport.adapter.cloud.azure;

import io.byteport.adapter.cloud.compute.NodePool;
import io.byteport.adapter.cloud.compute.Place;
import io.byteport.adapter.cloud.compute.Platform;
import io.byteport.adapter.cloud.compute.Provider;
import io.byteport.adapter.cloud.compute.ProviderId;
import io.byteport.adapter.cloud.compute.Volume;
import io.byteport.adapter.cloud.http.Address;
import io.byteport.adapter.cloud.http.Call;
import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action.Probe;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An account of Azure: instances of scale sets, and AKS node pools. */
public record AzurePlatform(AzureAccount azure) implements Platform {
  private static final String COMPUTE = "2024-07-01";

  @Override
  public String account() {
    return azure.name();
  }

  @Override
  public Provider provider() {
    return Provider.AZURE;
  }

  @Override
  public Optional<Volume> volume(String id, Place place, Deadline deadline) {
    return Optional.empty();
  }

  @Override
  public void rehearseGrowth(Volume volume, long gibibytes, Deadline deadline)
      throws ActionException {
    throw noVolumes();
  }

  @Override
  public void grow(Volume volume, long gibibytes, String intent, Deadline deadline)
      throws ActionException {
    throw noVolumes();
  }

  @Override
  public boolean growsTo(Volume volume, long gibibytes, Deadline deadline) {
    return false;
  }

  private static ActionException noVolumes() {
    return ActionException.refused(FailureKind.INVALID, "volumes of Azure are not grown");
  }

  @Override
  public List<NodePool> pools(String cluster, Deadline deadline)
      throws ActionException, InterruptedException {
    return new AgentPools(azure).of(cluster, deadline);
  }

  @Override
  public Optional<NodePool> pool(NodePool known, Deadline deadline)
      throws ActionException, InterruptedException {
    return new AgentPools(azure).named(known, deadline);
  }

  @Override
  public long running(NodePool pool, Deadline deadline)
      throws ActionException, InterruptedException {
    return new AgentPools(azure).running(pool, deadline);
  }

  @Override
  public long attainable(NodePool pool, long size, Deadline deadline) {
    return size;
  }

  @Override
  public void resize(NodePool pool, long size, String intent, Deadline deadline)
      throws ActionException, InterruptedException {
    new AgentPools(azure).resize(pool, size, deadline);
  }

  @Override
  public Optional<StructValue> instance(ProviderId id, Deadline deadline)
      throws ActionException, InterruptedException {
    if (!(id instanceof ProviderId.ScaleSetVm vm)
        || !azure.reaches(vm.subscription(), vm.group())) {
      return Optional.empty();
    }
    try {
      return Optional.of(identity(azure.management().get(versioned(address(vm)), deadline)));
    } catch (ActionException failure) {
      if (failure.kind() == FailureKind.NOT_FOUND) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  /** The machine, and the disk that an image was put on, which a new one replaces. */
  private static StructValue identity(Json vm) throws ActionException {
    String disk = vm.text("properties", "storageProfile", "osDisk", "managedDisk", "id");
    return Value.of(
        Map.of(
            "instance", Value.of(vm.needed("properties", "vmId")),
            "disk", Value.of(disk == null ? "" : disk)));
  }

  private Address address(ProviderId.ScaleSetVm vm) throws ActionException {
    return azure
        .management()
        .at(
            "subscriptions",
            vm.subscription(),
            "resourceGroups",
            vm.group(),
            "providers",
            "Microsoft.Compute",
            "virtualMachineScaleSets",
            vm.scaleSet(),
            "virtualMachines",
            vm.instance());
  }

  private static Address versioned(Address address) {
    return address.with("api-version", COMPUTE);
  }

  @Override
  public void replace(ProviderId id, StructValue identity, String intent, Deadline deadline)
      throws ActionException, InterruptedException {
    if (id instanceof ProviderId.ScaleSetVm vm) {
      azure
          .management()
          .send(Call.write("POST", versioned(address(vm).at("reimage"))).json("{}"), deadline);
    }
  }

  @Override
  public Probe replaced(ProviderId id, StructValue identity, Deadline deadline)
      throws ActionException, InterruptedException {
    if (!(id instanceof ProviderId.ScaleSetVm vm)) {
      return Probe.UNKNOWN;
    }
    Json now;
    try {
      now = azure.management().get(versioned(address(vm)), deadline);
    } catch (ActionException failure) {
      if (failure.kind() == FailureKind.NOT_FOUND) {
        return Probe.TOOK_EFFECT;
      }
      throw failure;
    }
    StructValue seen = identity(now);
    boolean sameDisk = seen.get("disk").equals(identity.get("disk"));
    if (!seen.get("instance").equals(identity.get("instance")) || !sameDisk) {
      return Probe.TOOK_EFFECT;
    }
    boolean told = !seen.get("disk").equals(Value.of(""));
    return told && "Succeeded".equals(now.text("properties", "provisioningState"))
        ? Probe.NOT_DONE
        : Probe.UNKNOWN;
  }
}
