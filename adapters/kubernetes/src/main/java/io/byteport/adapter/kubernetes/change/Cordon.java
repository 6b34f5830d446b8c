package io.byteport.adapter.kubernetes.change;

import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Kubectl;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.NodeRef;
import io.byteport.adapter.kubernetes.model.Probe;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code kubectl.cordon}: keeps new pods off a node. */
public record Cordon(Clusters clusters) implements Action.Change<Cordon.Input, Action.Nothing> {

  /** What {@code kubectl.cordon} takes. */
  public record Input(NodeRef node, @Nullable Cluster cluster) {}

  @Override
  public String name() {
    return "kubectl.cordon";
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
    return Kubectl.on(clusters, input.node().cluster(), input.cluster())
        .add("cordon")
        .named("node", input.node().name())
        .words();
  }

  @Override
  public StructValue prepare(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    return schedulability().prepare(input.node(), input.cluster(), context);
  }

  @Override
  public Changed<Nothing> change(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    return schedulability().change(input.node(), input.cluster(), memo, context);
  }

  @Override
  public Probe probe(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    return schedulability().probe(input.node(), input.cluster(), memo, context);
  }

  @Override
  public boolean repeatable() {
    return true;
  }

  private Schedulability schedulability() {
    return new Schedulability(clusters, true);
  }
}
