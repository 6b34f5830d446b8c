package io.byteport.adapter.kubernetes.change;

import io.byteport.adapter.kubernetes.api.ClusterApi;
import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Kubectl;
import io.byteport.adapter.kubernetes.api.Resource;
import io.byteport.adapter.kubernetes.mapping.WorkloadState;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.Probe;
import io.byteport.adapter.kubernetes.model.WorkloadRef;
import io.byteport.adapter.kubernetes.read.WorkloadReader;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code kubectl.setPriorityClass}: sets the priority class of a workload's pods. */
public record SetPriorityClass(Clusters clusters)
    implements Action.Change<SetPriorityClass.Input, SetPriorityClass.Output> {
  private static final String FROM = "from";
  private static final String RESERVED = "system-";

  /** What {@code kubectl.setPriorityClass} takes. */
  public record Input(WorkloadRef workload, String priorityClass, @Nullable Cluster cluster) {}

  /**
   * What {@code kubectl.setPriorityClass} returns.
   *
   * @param from null where there was none
   */
  public record Output(@Nullable String from, String to) {}

  @Override
  public String name() {
    return "kubectl.setPriorityClass";
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
        .add("patch")
        .object(ref.kind().word(), ref.name())
        .in(ref.namespace())
        .patch("strategic", Map.of("spec", spec(input)))
        .words();
  }

  @Override
  public StructValue prepare(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    ClusterApi api = clusters.choose(input.workload().cluster(), input.cluster()).api();
    WorkloadState workload = workload(api, input, deadline);
    TemplateEdit.checkKind(workload);
    if (input.priorityClass().startsWith(RESERVED)) {
      throw ActionException.refused(
          FailureKind.REFUSED, "the classes " + RESERVED + "* are the cluster's own");
    }
    api.get(Resource.PRIORITY_CLASSES, null, input.priorityClass(), PriorityClass.class, deadline);
    @Nullable String from = priorityClass(workload);
    if (!input.priorityClass().equals(from)) {
      new WorkloadPatch(workload, spec(input), Map.of()).send(api, true, deadline);
    }
    return Identity.of(workload.uid()).with(FROM, from == null ? Value.NULL : Value.of(from));
  }

  @Override
  public Changed<Output> change(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    ClusterApi api = clusters.choose(input.workload().cluster(), input.cluster()).api();
    WorkloadState workload = workload(api, input, deadline);
    Identity.check(memo, workload.uid(), workload);
    @Nullable String from = priorityClass(workload);
    Output output = new Output(from, input.priorityClass());
    if (input.priorityClass().equals(from)) {
      return new Changed<>(output, false);
    }
    if (!(from == null ? Value.NULL : Value.of(from)).equals(memo.get(FROM))) {
      throw ActionException.refused(
          FailureKind.CONFLICT,
          "somebody else has set the priority class of " + workload + " to " + from);
    }
    new WorkloadPatch(workload, spec(input), Map.of()).send(api, false, deadline);
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
    return input.priorityClass().equals(priorityClass(workload))
        ? Probe.TOOK_EFFECT
        : Probe.NOT_DONE;
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

  private static Map<String, Object> spec(Input input) {
    return Map.of("template", Map.of("spec", Map.of("priorityClassName", input.priorityClass())));
  }

  private static @Nullable String priorityClass(WorkloadState workload) {
    String name = workload.template().getSpec().getPriorityClassName();
    return name == null || name.isEmpty() ? null : name;
  }
}
