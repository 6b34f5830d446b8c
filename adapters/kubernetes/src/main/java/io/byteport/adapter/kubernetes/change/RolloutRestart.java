package io.byteport.adapter.kubernetes.change;

import io.byteport.adapter.kubernetes.api.ClusterApi;
import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Kubectl;
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
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code kubectl.rolloutRestart}: replaces all pods of a workload, as its strategy allows. The
 * stamp that makes the difference is the intent's, so that a repetition restarts nothing.
 */
public record RolloutRestart(Clusters clusters)
    implements Action.Change<RolloutRestart.Input, RolloutRestart.Output> {
  private static final String STAMP = "stamp";
  private static final String RESTARTED = "kubectl.kubernetes.io/restartedAt";

  /** What {@code kubectl.rolloutRestart} takes. */
  public record Input(WorkloadRef workload, @Nullable Cluster cluster) {}

  /**
   * What {@code kubectl.rolloutRestart} returns.
   *
   * @param generation counts the changes of what is wanted of the workload
   */
  public record Output(int generation) {}

  @Override
  public String name() {
    return "kubectl.rolloutRestart";
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
        .add("rollout", "restart", ref.kind().word().toLowerCase(Locale.ROOT) + "/" + ref.name())
        .in(ref.namespace())
        .words();
  }

  @Override
  public StructValue prepare(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    ClusterApi api = clusters.choose(input.workload().cluster(), input.cluster()).api();
    WorkloadState workload = workload(api, input, deadline);
    TemplateEdit.checkKind(workload);
    checkPaused(workload);
    String stamp = context.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString();
    patch(workload, stamp).send(api, true, deadline);
    return Identity.of(workload.uid()).with(STAMP, Value.of(stamp));
  }

  @Override
  public Changed<Output> change(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    ClusterApi api = clusters.choose(input.workload().cluster(), input.cluster()).api();
    WorkloadState workload = workload(api, input, deadline);
    Identity.check(memo, workload.uid(), workload);
    checkPaused(workload);
    if (carries(workload, memo)) {
      return new Changed<>(new Output((int) workload.generation()), false);
    }
    GenericKubernetesResource then =
        patch(workload, memo.get(STAMP) instanceof Value.TextValue stamp ? stamp.value() : "")
            .send(api, false, deadline);
    @Nullable Long generation = then.getMetadata().getGeneration();
    return new Changed<>(
        new Output((int) (generation == null ? workload.generation() + 1 : generation)), true);
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
    return carries(workload, memo) ? Probe.TOOK_EFFECT : Probe.NOT_DONE;
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

  private static void checkPaused(WorkloadState workload) throws ActionException {
    if (workload.paused()) {
      throw ActionException.refused(
          FailureKind.REFUSED, workload + " is paused; its rollouts are somebody's to resume");
    }
  }

  private static boolean carries(WorkloadState workload, StructValue memo) {
    ObjectMeta metadata = workload.template().getMetadata();
    @Nullable String stamp =
        metadata == null || metadata.getAnnotations() == null
            ? null
            : metadata.getAnnotations().get(RESTARTED);
    return stamp != null && Value.of(stamp).equals(memo.get(STAMP));
  }

  private static WorkloadPatch patch(WorkloadState workload, String stamp) {
    return new WorkloadPatch(
        workload,
        Map.of("template", Map.of("metadata", Map.of("annotations", Map.of(RESTARTED, stamp)))),
        Map.of());
  }
}
