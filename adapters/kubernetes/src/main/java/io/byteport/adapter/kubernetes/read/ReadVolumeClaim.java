package io.byteport.adapter.kubernetes.read;

import io.byteport.adapter.kubernetes.api.ClusterApi;
import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Kubectl;
import io.byteport.adapter.kubernetes.api.Resource;
import io.byteport.adapter.kubernetes.mapping.Amounts;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.dsl.value.DataSize;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.PersistentVolumeSpec;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code kubectl.volumeClaim}: a PersistentVolumeClaim, and the volume that it is bound to. */
public record ReadVolumeClaim(Clusters clusters)
    implements Action.Read<ReadVolumeClaim.Input, ReadVolumeClaim.Output> {

  /** What {@code kubectl.volumeClaim} takes. */
  public record Input(String namespace, String name, @Nullable Cluster cluster) {}

  /**
   * What {@code kubectl.volumeClaim} returns.
   *
   * @param phase such as Bound
   * @param requested what the claim asks for
   * @param capacity what it has
   * @param volume the PersistentVolume; null while it is not bound
   * @param driver of the volume
   * @param handle what the driver, and so the cloud, calls the volume
   */
  public record Output(
      String namespace,
      String name,
      String phase,
      @Nullable DataSize requested,
      @Nullable DataSize capacity,
      @Nullable String storageClass,
      @Nullable String volume,
      @Nullable String driver,
      @Nullable String handle) {}

  @Override
  public String name() {
    return "kubectl.volumeClaim";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<ReadVolumeClaim.Output> outputType() {
    return ReadVolumeClaim.Output.class;
  }

  @Override
  public List<String> command(Input input) {
    return Kubectl.on(clusters, null, input.cluster())
        .add("get")
        .object("persistentvolumeclaim", input.name())
        .in(input.namespace())
        .json();
  }

  @Override
  public ReadVolumeClaim.Output read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    ClusterApi api = clusters.choose(null, input.cluster()).api();
    PersistentVolumeClaim claim =
        api.get(
            Resource.CLAIMS,
            input.namespace(),
            input.name(),
            PersistentVolumeClaim.class,
            deadline);
    PersistentVolumeClaimSpec spec =
        claim.getSpec() == null ? new PersistentVolumeClaimSpec() : claim.getSpec();
    @Nullable String bound = spec.getVolumeName();
    Optional<PersistentVolume> volume =
        bound == null || bound.isEmpty()
            ? Optional.empty()
            : api.find(Resource.VOLUMES, null, bound, PersistentVolume.class, deadline);
    var csi = volume.map(PersistentVolume::getSpec).map(PersistentVolumeSpec::getCsi);
    return new Output(
        input.namespace(),
        input.name(),
        claim.getStatus() == null || claim.getStatus().getPhase() == null
            ? "Pending"
            : claim.getStatus().getPhase(),
        spec.getResources() == null ? null : Amounts.storage(spec.getResources().getRequests()),
        claim.getStatus() == null ? null : Amounts.storage(claim.getStatus().getCapacity()),
        spec.getStorageClassName(),
        volume.map(one -> one.getMetadata().getName()).orElse(null),
        csi.map(one -> one.getDriver()).orElse(null),
        csi.map(one -> one.getVolumeHandle()).orElse(null));
  }
}
