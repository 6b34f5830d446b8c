package io.byteport.adapter.kubernetes.change;

import io.byteport.adapter.kubernetes.api.ClusterApi;
import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Kubectl;
import io.byteport.adapter.kubernetes.api.Patch;
import io.byteport.adapter.kubernetes.mapping.PodMapper;
import io.byteport.adapter.kubernetes.mapping.WorkloadState;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.Probe;
import io.byteport.adapter.kubernetes.model.WorkloadKind;
import io.byteport.adapter.kubernetes.model.WorkloadRef;
import io.byteport.adapter.kubernetes.read.WorkloadReader;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code kubectl.scale}: sets how many pods a workload has. */
public record Scale(Clusters clusters) implements Action.Change<Scale.Input, Scale.Output> {
  private static final String FROM = "from";
  private static final int MOST = 10_000;
  private static final Set<WorkloadKind> SCALED =
      Set.of(WorkloadKind.DEPLOYMENT, WorkloadKind.STATEFUL_SET, WorkloadKind.REPLICA_SET);

  /** What {@code kubectl.scale} takes. */
  public record Input(WorkloadRef workload, int replicas, @Nullable Cluster cluster) {
    public Input {
      if (replicas < 0 || replicas > MOST) {
        throw new IllegalArgumentException("`replicas` is from 0 to " + MOST);
      }
    }
  }

  /** What {@code kubectl.scale} returns. */
  public record Output(int from, int to) {}

  @Override
  public String name() {
    return "kubectl.scale";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<Output> outputType() {
    return Output.class;
  }

  @Override
  public List<String> command(Input input) {
    WorkloadRef ref = input.workload();
    return Kubectl.on(clusters, ref.cluster(), input.cluster())
        .add("scale", ref.kind().word().toLowerCase(Locale.ROOT) + "/" + ref.name())
        .in(ref.namespace())
        .with("--replicas", String.valueOf(input.replicas()))
        .words();
  }

  @Override
  public StructValue prepare(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    ClusterApi api = clusters.choose(input.workload().cluster(), input.cluster()).api();
    WorkloadState workload = workload(api, input, deadline);
    if (!SCALED.contains(workload.kind())) {
      throw ActionException.refused(
          FailureKind.INVALID,
          workload + " cannot be scaled; a Deployment, a StatefulSet or a ReplicaSet can");
    }
    if (PodMapper.controller(workload.object()).isPresent()) {
      throw ActionException.refused(
          FailureKind.INVALID, workload + " has an owner, which is what must be scaled");
    }
    if (workload.wanted() != input.replicas()) {
      send(api, workload, input, true, deadline);
    }
    return Identity.of(workload.uid()).with(FROM, Value.of((double) workload.wanted()));
  }

  @Override
  public Changed<Output> change(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    ClusterApi api = clusters.choose(input.workload().cluster(), input.cluster()).api();
    WorkloadState workload = workload(api, input, deadline);
    Identity.check(memo, workload.uid(), workload);
    Output output = new Output(workload.wanted(), input.replicas());
    if (workload.wanted() == input.replicas()) {
      return new Changed<>(output, false);
    }
    if (!Value.of((double) workload.wanted()).equals(memo.get(FROM))) {
      throw ActionException.refused(
          FailureKind.CONFLICT,
          "somebody else has scaled " + workload + " to " + workload.wanted() + " meanwhile");
    }
    send(api, workload, input, false, deadline);
    return new Changed<>(output, true);
  }

  @Override
  public Probe probe(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    ClusterApi api = clusters.choose(input.workload().cluster(), input.cluster()).api();
    WorkloadState workload = workload(api, input, deadline);
    if (!Identity.isSame(memo, workload.uid())) {
      return Probe.UNKNOWN;
    }
    if (workload.wanted() == input.replicas()) {
      return Probe.TOOK_EFFECT;
    }
    return Value.of((double) workload.wanted()).equals(memo.get(FROM))
        ? Probe.NOT_DONE
        : Probe.UNKNOWN;
  }

  @Override
  public boolean settled(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    return Rollouts.isSettled(clusters, input.workload(), input.cluster(), context);
  }

  @Override
  public Duration settlesWithin(Input input) {
    return Rollouts.DEADLINE;
  }

  @Override
  public boolean repeatable() {
    return true;
  }

  private static WorkloadState workload(ClusterApi api, Input input, Deadline deadline)
      throws ActionException, InterruptedException {
    WorkloadRef ref = input.workload();
    return new WorkloadReader(api, deadline).workload(ref.kind(), ref.namespace(), ref.name());
  }

  /** The server does it only if nobody has scaled the workload since it was read. */
  private static void send(
      ClusterApi api, WorkloadState workload, Input input, boolean rehearse, Deadline deadline)
      throws ActionException, InterruptedException {
    api.changes()
        .patch(
            WorkloadReader.resource(workload.kind()),
            workload.metadata().getNamespace(),
            workload.metadata().getName(),
            "scale",
            Patch.json(
                List.of(
                    Patch.operation("test", "/metadata/uid", workload.uid()),
                    Patch.operation("test", "/spec/replicas", workload.wanted()),
                    Patch.operation("replace", "/spec/replicas", input.replicas()))),
            rehearse,
            GenericKubernetesResource.class,
            deadline);
  }
}
