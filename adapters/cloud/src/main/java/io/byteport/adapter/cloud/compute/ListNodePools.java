package io.byteport.adapter.cloud.compute;

import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.adapter.cloud.model.Cluster;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code cloud.nodePools}: the node groups of a cluster. */
public record ListNodePools(Platforms platforms)
    implements Action.Read<ListNodePools.Input, ListNodePools.Output> {

  /** What {@code cloud.nodePools} takes. */
  public record Input(@Nullable Cluster cluster) {}

  /** What {@code cloud.nodePools} returns. */
  public record Output(List<NodePool> items) {
    public Output {
      items = List.copyOf(items);
    }
  }

  @Override
  public String name() {
    return "cloud.nodePools";
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
    return platforms.listing(input.cluster());
  }

  @Override
  public Output read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    return new Output(platforms.pools(input.cluster(), Deadline.of(context)));
  }
}
