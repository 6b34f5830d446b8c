package io.byteport.adapter.cloud.aws;

import io.byteport.adapter.cloud.compute.NodePool;
import io.byteport.adapter.cloud.compute.Place;
import io.byteport.adapter.cloud.compute.Platform;
import io.byteport.adapter.cloud.compute.Provider;
import io.byteport.adapter.cloud.compute.ProviderId;
import io.byteport.adapter.cloud.compute.Sizes;
import io.byteport.adapter.cloud.compute.Volume;
import io.byteport.adapter.cloud.compute.VolumeProvider;
import io.byteport.adapter.cloud.http.Call.What;
import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.adapter.cloud.http.Shape;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action.Probe;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An account of AWS: EBS volumes, Auto Scaling groups and their instances. */
public record AwsPlatform(AwsAccount aws) implements Platform {
  private static final Shape VOLUME =
      Shape.of("the id of a volume", "vol-[0-9a-f]{8,17}", "vol-0123456789abcdef0");
  private static final Set<String> SEEN = Set.of("optimizing", "completed", "failed");
  private static final Set<String> ENDING = Set.of("shutting-down", "terminated");

  @Override
  public String account() {
    return aws.name();
  }

  @Override
  public Provider provider() {
    return Provider.AWS;
  }

  @Override
  public Optional<Volume> volume(String id, Place place, Deadline deadline)
      throws ActionException, InterruptedException {
    VOLUME.check(id);
    if (place.region() != null && !aws.reaches(place.region())) {
      return Optional.empty();
    }
    String region = aws.region(place.region());
    Xml found;
    try {
      found =
          aws.ec2(region, "DescribeVolumes", What.READ, form("VolumeId.1", id), deadline)
              .at("volumeSet", "item");
    } catch (ActionException failure) {
      if (failure.kind() == FailureKind.NOT_FOUND) {
        return Optional.empty();
      }
      throw failure;
    }
    if (!id.equals(found.text("volumeId"))) {
      return Optional.empty();
    }
    String state = modification(region, id, deadline).text("modificationState");
    return Optional.of(
        new Volume(
            id,
            VolumeProvider.AWS,
            Sizes.ofGibibytes(found.whole("size")),
            state == null || SEEN.contains(state),
            found.text("attachmentSet", "item", "instanceId"),
            account(),
            region,
            found.text("availabilityZone"),
            null));
  }

  /** The newest modification of a volume; empty where it was never modified. */
  private Xml modification(String region, String id, Deadline deadline)
      throws ActionException, InterruptedException {
    Form form = form("Filter.1.Name", "volume-id").with("Filter.1.Value.1", id);
    return aws
        .ec2(region, "DescribeVolumesModifications", What.READ, form, deadline)
        .list("volumeModificationSet")
        .stream()
        .max(Comparator.comparing(AwsPlatform::startTime))
        .orElse(Xml.NONE);
  }

  private static String startTime(Xml modification) {
    String start = modification.text("startTime");
    return start == null ? "" : start;
  }

  @Override
  public void rehearseGrowth(Volume volume, long gibibytes, Deadline deadline)
      throws ActionException, InterruptedException {
    try {
      aws.ec2(
          aws.region(volume.region()),
          "ModifyVolume",
          What.READ,
          growth(volume, gibibytes).with("DryRun", "true"),
          deadline);
    } catch (ActionException answer) {
      if (!answer.reason().startsWith("DryRunOperation")) {
        throw answer;
      }
    }
  }

  @Override
  public void grow(Volume volume, long gibibytes, String intent, Deadline deadline)
      throws ActionException, InterruptedException {
    aws.ec2(
        aws.region(volume.region()),
        "ModifyVolume",
        What.WRITE,
        growth(volume, gibibytes),
        deadline);
  }

  private static Form growth(Volume volume, long gibibytes) {
    return form("VolumeId", volume.id()).with("Size", Long.toString(gibibytes));
  }

  @Override
  public boolean growsTo(Volume volume, long gibibytes, Deadline deadline)
      throws ActionException, InterruptedException {
    if (volume.size().bytes() >= Sizes.ofGibibytes(gibibytes).bytes()) {
      return true;
    }
    Xml modification = modification(aws.region(volume.region()), volume.id(), deadline);
    String state = modification.text("modificationState");
    return state != null
        && !state.equals("failed")
        && Long.toString(gibibytes).equals(modification.text("targetSize"));
  }

  @Override
  public List<NodePool> pools(String cluster, Deadline deadline)
      throws ActionException, InterruptedException {
    return new AutoScalingGroups(aws).of(cluster, deadline);
  }

  @Override
  public Optional<NodePool> pool(NodePool known, Deadline deadline)
      throws ActionException, InterruptedException {
    return new AutoScalingGroups(aws).named(known.name(), known.within(), deadline);
  }

  @Override
  public long running(NodePool pool, Deadline deadline)
      throws ActionException, InterruptedException {
    return new AutoScalingGroups(aws).inService(pool.name(), pool.within(), deadline);
  }

  @Override
  public long attainable(NodePool pool, long size, Deadline deadline) {
    return size;
  }

  @Override
  public void resize(NodePool pool, long size, String intent, Deadline deadline)
      throws ActionException, InterruptedException {
    aws.autoScaling(
        aws.region(pool.within()),
        "SetDesiredCapacity",
        What.WRITE,
        form("AutoScalingGroupName", pool.name())
            .with("DesiredCapacity", Long.toString(size))
            .with("HonorCooldown", "false"),
        deadline);
  }

  @Override
  public Optional<StructValue> instance(ProviderId id, Deadline deadline)
      throws ActionException, InterruptedException {
    if (!(id instanceof ProviderId.Ec2 ec2) || !aws.reaches(ec2.region())) {
      return Optional.empty();
    }
    List<Xml> found =
        aws.autoScaling(
                aws.region(ec2.region()),
                "DescribeAutoScalingInstances",
                What.READ,
                form("InstanceIds.member.1", ec2.instance()),
                deadline)
            .list("AutoScalingInstances");
    for (Xml one : found) {
      String group = one.text("AutoScalingGroupName");
      if (ec2.instance().equals(one.text("InstanceId")) && group != null) {
        return Optional.of(
            Value.of(Map.of("instance", Value.of(ec2.instance()), "group", Value.of(group))));
      }
    }
    return Optional.empty();
  }

  @Override
  public void replace(ProviderId id, StructValue identity, String intent, Deadline deadline)
      throws ActionException, InterruptedException {
    if (id instanceof ProviderId.Ec2 ec2) {
      aws.autoScaling(
          aws.region(ec2.region()),
          "TerminateInstanceInAutoScalingGroup",
          What.WRITE,
          form("InstanceId", ec2.instance()).with("ShouldDecrementDesiredCapacity", "false"),
          deadline);
    }
  }

  @Override
  public Probe replaced(ProviderId id, StructValue identity, Deadline deadline)
      throws ActionException, InterruptedException {
    if (!(id instanceof ProviderId.Ec2 ec2)) {
      return Probe.UNKNOWN;
    }
    String state = state(ec2, deadline);
    if (state == null || ENDING.contains(state)) {
      return Probe.TOOK_EFFECT;
    }
    List<Xml> member =
        aws.autoScaling(
                aws.region(ec2.region()),
                "DescribeAutoScalingInstances",
                What.READ,
                form("InstanceIds.member.1", ec2.instance()),
                deadline)
            .list("AutoScalingInstances");
    boolean leaving = member.isEmpty() || lifecycle(member.get(0)).startsWith("Terminat");
    return leaving ? Probe.TOOK_EFFECT : Probe.NOT_DONE;
  }

  private static String lifecycle(Xml member) {
    String state = member.text("LifecycleState");
    return state == null ? "" : state;
  }

  /** Null where the instance is long gone. */
  private @Nullable String state(ProviderId.Ec2 id, Deadline deadline)
      throws ActionException, InterruptedException {
    try {
      return aws.ec2(
              aws.region(id.region()),
              "DescribeInstances",
              What.READ,
              form("InstanceId.1", id.instance()),
              deadline)
          .text("reservationSet", "item", "instancesSet", "item", "instanceState", "name");
    } catch (ActionException failure) {
      if (failure.kind() == FailureKind.NOT_FOUND) {
        return null;
      }
      throw failure;
    }
  }

  static Form form(String name, String value) {
    return new Form(Map.of(name, value));
  }
}
