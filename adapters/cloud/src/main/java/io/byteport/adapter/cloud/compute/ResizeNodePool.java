package io.byteport.adapter.cloud.compute;

import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.time.Duration;
import java.util.List;

/** {@code cloud.resizeNodePool}: sets the wanted size of a node group, within its own bounds. */
public record ResizeNodePool(Platforms platforms)
    implements Action.Change<ResizeNodePool.Input, ResizeNodePool.Output> {

  /** What {@code cloud.resizeNodePool} takes. */
  public record Input(NodePool pool, long size) {
    public Input {
      if (size < 0) {
        throw new IllegalArgumentException("a group cannot have fewer than no nodes");
      }
    }
  }

  /** What {@code cloud.resizeNodePool} returns. */
  public record Output(long from, long to) {}

  @Override
  public String name() {
    return "cloud.resizeNodePool";
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
    String name = input.pool().name();
    String size = Long.toString(input.size());
    String within = input.pool().within() == null ? "" : input.pool().within();
    Provider provider = input.pool().provider();
    return switch (provider == null ? Provider.AWS : provider) {
      case AWS ->
          List.of(
              "aws",
              "autoscaling",
              "set-desired-capacity",
              "--auto-scaling-group-name",
              name,
              "--desired-capacity",
              size);
      case GCP ->
          List.of(
              "gcloud",
              "container",
              "clusters",
              "resize",
              within,
              "--node-pool",
              name,
              "--num-nodes",
              size);
      case AZURE ->
          List.of(
              "az",
              "aks",
              "nodepool",
              "scale",
              "--ids",
              within + "/agentPools/" + name,
              "--node-count",
              size);
    };
  }

  @Override
  public StructValue prepare(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Platforms.Found<NodePool> found = platforms.pool(input.pool(), Deadline.of(context));
    long size = size(found, input, Deadline.of(context));
    return StructValue.EMPTY
        .with("from", Value.of(found.thing().size()))
        .with("to", Value.of(size));
  }

  @Override
  public Changed<Output> change(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.of(context);
    Platforms.Found<NodePool> found = platforms.pool(input.pool(), deadline);
    long size = size(found, input, deadline);
    long from = found.thing().size();
    if (size == from) {
      return new Changed<>(new Output(from, from), false);
    }
    found.platform().resize(found.thing(), size, context.intent(), deadline);
    return new Changed<>(new Output(from, size), true);
  }

  @Override
  public Probe probe(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    long now = platforms.pool(input.pool(), Deadline.of(context)).thing().size();
    if (now == number(memo, "to")) {
      return Probe.TOOK_EFFECT;
    }
    return now == number(memo, "from") ? Probe.NOT_DONE : Probe.UNKNOWN;
  }

  @Override
  public boolean settled(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.of(context);
    Platforms.Found<NodePool> found = platforms.pool(input.pool(), deadline);
    return found.platform().running(found.thing(), deadline) == found.thing().size();
  }

  @Override
  public Duration settlesWithin(Input input) {
    return Duration.ofMinutes(10);
  }

  @Override
  public boolean repeatable() {
    return true;
  }

  private static long number(StructValue memo, String name) {
    return memo.get(name) instanceof Value.NumberValue number ? (long) number.value() : -1;
  }

  private static long size(Platforms.Found<NodePool> found, Input input, Deadline deadline)
      throws ActionException, InterruptedException {
    NodePool pool = found.thing();
    long size = found.platform().attainable(pool, input.size(), deadline);
    long least = pool.minimum() == null ? pool.size() : pool.minimum();
    if (size > pool.maximum() || size < least) {
      throw ActionException.refused(
          FailureKind.REFUSED,
          "the group "
              + pool.name()
              + " has from "
              + least
              + " to "
              + pool.maximum()
              + " nodes, not "
              + size);
    }
    return size;
  }
}
