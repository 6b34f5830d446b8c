package io.byteport.adapter.kubernetes.read;

import io.byteport.adapter.kubernetes.api.ClusterApi;
import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Kubectl;
import io.byteport.adapter.kubernetes.api.Resource;
import io.byteport.adapter.kubernetes.api.Selection;
import io.byteport.adapter.kubernetes.mapping.MemoryMapper;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.Memory;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.NodeMetrics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code kubectl.memory}: memory of a namespace or of a node, as the cluster measures it. A node's
 * total is what it can give to pods; a namespace's is the sum of its containers' limits, where one
 * without a limit counts with what it uses.
 */
public record ReadMemory(Clusters clusters) implements Action.Read<ReadMemory.Input, Memory> {
  private static final int MOST = 100;

  /**
   * What {@code kubectl.memory} takes.
   *
   * @param top how many pods to name, 100 at most
   */
  public record Input(
      @Nullable String namespace, @Nullable String node, int top, @Nullable Cluster cluster) {
    public Input {
      if (namespace == null && node == null) {
        throw new IllegalArgumentException("neither a namespace nor a node is given");
      }
      if (top < 0 || top > MOST) {
        throw new IllegalArgumentException("`top` is from 0 to " + MOST);
      }
    }
  }

  @Override
  public String name() {
    return "kubectl.memory";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<Memory> outputType() {
    return Memory.class;
  }

  @Override
  public List<String> command(Input input) {
    Kubectl command = Kubectl.on(clusters, null, input.cluster()).add("top");
    return input.namespace() == null && input.node() != null
        ? command.add("node").named("node", input.node()).words()
        : command.add("pods").inOrAll(input.namespace()).add("--sort-by=memory").words();
  }

  @Override
  public Memory read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    Clusters.Chosen cluster = clusters.choose(null, input.cluster());
    List<Pod> pods =
        cluster
            .api()
            .list(
                Resource.PODS,
                input.namespace(),
                input.node() == null ? Selection.ALL : Selection.onNode(input.node()),
                PodList.class,
                deadline);
    MemoryMapper memory =
        new MemoryMapper(
            Metrics.required(cluster.api(), input.namespace(), deadline),
            cluster.as(),
            context.clock().instant());
    return input.node() == null
        ? memory.ofNamespace(pods, input.top())
        : memory.ofNode(
            node(cluster.api(), input.node(), deadline),
            cluster
                .api()
                .get(Resource.NODE_METRICS, null, input.node(), NodeMetrics.class, deadline),
            pods,
            input.top());
  }

  private static io.fabric8.kubernetes.api.model.Node node(
      ClusterApi api, String name, Deadline deadline) throws ActionException, InterruptedException {
    return api.get(
        Resource.NODES, null, name, io.fabric8.kubernetes.api.model.Node.class, deadline);
  }
}
