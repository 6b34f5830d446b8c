package io.byteport.adapter.kubernetes.read;

import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Kubectl;
import io.byteport.adapter.kubernetes.api.Resource;
import io.byteport.adapter.kubernetes.api.Selection;
import io.byteport.adapter.kubernetes.mapping.NodeMapper;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.Node;
import io.byteport.adapter.kubernetes.model.Resources;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.fabric8.kubernetes.api.model.NodeList;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code kubectl.nodes}: all nodes. */
public record ListNodes(Clusters clusters)
    implements Action.Read<ListNodes.Input, ListNodes.Output> {

  /** What {@code kubectl.nodes} takes. */
  public record Input(@Nullable Cluster cluster) {}

  /**
   * What {@code kubectl.nodes} returns.
   *
   * @param items by name
   */
  public record Output(List<Node> items) {
    public Output {
      items = List.copyOf(items);
    }
  }

  @Override
  public String name() {
    return "kubectl.nodes";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<ListNodes.Output> outputType() {
    return ListNodes.Output.class;
  }

  @Override
  public List<String> command(Input input) {
    return Kubectl.on(clusters, null, input.cluster()).add("get", "nodes").json();
  }

  @Override
  public ListNodes.Output read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    Clusters.Chosen cluster = clusters.choose(null, input.cluster());
    List<io.fabric8.kubernetes.api.model.Node> nodes =
        cluster.api().list(Resource.NODES, null, Selection.ALL, NodeList.class, deadline);
    Map<String, Resources> requested = new HashMap<>();
    cluster
        .api()
        .<Pod, PodList>each(
            Resource.PODS_EVERYWHERE,
            null,
            Selection.ALL,
            PodList.class,
            deadline,
            pod -> {
              String node = pod.getSpec().getNodeName();
              if (node != null) {
                requested.merge(node, NodeMapper.reserved(pod), Resources::plus);
              }
            });
    return new Output(
        nodes.stream()
            .map(
                node ->
                    NodeMapper.map(
                        node,
                        requested.getOrDefault(node.getMetadata().getName(), Resources.NONE),
                        cluster.as()))
            .sorted(Comparator.comparing(Node::name))
            .toList());
  }
}
