package io.byteport.adapter.kubernetes.read;

import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Kubectl;
import io.byteport.adapter.kubernetes.api.Resource;
import io.byteport.adapter.kubernetes.api.Selection;
import io.byteport.adapter.kubernetes.mapping.NodeMapper;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.Node;
import io.byteport.adapter.kubernetes.model.NodeRef;
import io.byteport.adapter.kubernetes.model.Resources;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** {@code kubectl.node}: one node as it is. */
public record ReadNode(Clusters clusters) implements Action.Read<ReadNode.Input, Node> {

  /** What {@code kubectl.node} takes. */
  public record Input(NodeRef node, @Nullable Cluster cluster) {}

  @Override
  public String name() {
    return "kubectl.node";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<Node> outputType() {
    return Node.class;
  }

  @Override
  public List<String> command(Input input) {
    return Kubectl.on(clusters, input.node().cluster(), input.cluster())
        .add("get")
        .object("node", input.node().name())
        .json();
  }

  @Override
  public Node read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    Clusters.Chosen cluster = clusters.choose(input.node().cluster(), input.cluster());
    io.fabric8.kubernetes.api.model.Node node =
        cluster
            .api()
            .get(
                Resource.NODES,
                null,
                input.node().name(),
                io.fabric8.kubernetes.api.model.Node.class,
                deadline);
    AtomicReference<Resources> requested = new AtomicReference<>(Resources.NONE);
    cluster
        .api()
        .<Pod, PodList>each(
            Resource.PODS_EVERYWHERE,
            null,
            Selection.onNode(input.node().name()),
            PodList.class,
            deadline,
            pod -> requested.set(requested.get().plus(NodeMapper.reserved(pod))));
    return NodeMapper.map(node, requested.get(), cluster.as());
  }
}
