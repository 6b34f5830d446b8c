package io.byteport.adapter.kubernetes.read;

import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Kubectl;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.fabric8.kubernetes.client.VersionInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code kubectl.cluster}: whether a cluster is configured and answers. */
public record ReadCluster(Clusters clusters)
    implements Action.Read<ReadCluster.Input, ReadCluster.Output> {

  /** What {@code kubectl.cluster} takes. */
  public record Input(@Nullable Cluster cluster) {}

  /**
   * What {@code kubectl.cluster} returns.
   *
   * @param present false where none is configured, or it does not answer
   */
  public record Output(boolean present) {}

  @Override
  public String name() {
    return "kubectl.cluster";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<ReadCluster.Output> outputType() {
    return ReadCluster.Output.class;
  }

  @Override
  public List<String> command(Input input) {
    return Kubectl.on(clusters, null, input.cluster()).add("version").words();
  }

  @Override
  public ReadCluster.Output read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    try {
      clusters.choose(null, input.cluster()).api().ask("/version", VersionInfo.class, deadline);
      return new Output(true);
    } catch (ActionException e) {
      return switch (e.kind()) {
        case UNREACHABLE, TIMEOUT -> new Output(false);
        case FORBIDDEN -> new Output(true);
        default -> throw e;
      };
    }
  }
}
