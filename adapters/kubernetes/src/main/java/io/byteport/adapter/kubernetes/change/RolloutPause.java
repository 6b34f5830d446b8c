package io.byteport.adapter.kubernetes.change;

import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Kubectl;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.Probe;
import io.byteport.adapter.kubernetes.model.WorkloadRef;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code kubectl.rolloutPause}: lets a Deployment keep its pods, whatever becomes of its template.
 */
public record RolloutPause(Clusters clusters)
    implements Action.Change<RolloutPause.Input, Action.Nothing> {

  /** What {@code kubectl.rolloutPause} takes. */
  public record Input(WorkloadRef workload, @Nullable Cluster cluster) {}

  @Override
  public String name() {
    return "kubectl.rolloutPause";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<Nothing> outputType() {
    return Nothing.class;
  }

  @Override
  public List<String> command(Input input) {
    WorkloadRef ref = input.workload();
    return Kubectl.on(clusters, ref.cluster(), input.cluster())
        .add("rollout", "pause", ref.kind().word().toLowerCase(Locale.ROOT) + "/" + ref.name())
        .in(ref.namespace())
        .words();
  }

  @Override
  public StructValue prepare(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    return hold().prepare(input.workload(), input.cluster(), context);
  }

  @Override
  public Changed<Nothing> change(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    return hold().change(input.workload(), input.cluster(), memo, context);
  }

  @Override
  public Probe probe(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    return hold().probe(input.workload(), input.cluster(), memo, context);
  }

  @Override
  public boolean repeatable() {
    return true;
  }

  private RolloutHold hold() {
    return new RolloutHold(clusters, true);
  }
}
