package io.byteport.adapter.kubernetes.change;

import io.byteport.adapter.kubernetes.api.ClusterApi;
import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Kubectl;
import io.byteport.adapter.kubernetes.api.Names;
import io.byteport.adapter.kubernetes.api.Patch;
import io.byteport.adapter.kubernetes.api.Resource;
import io.byteport.adapter.kubernetes.mapping.NodeMapper;
import io.byteport.adapter.kubernetes.mapping.PodMapper;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.NodeRef;
import io.byteport.adapter.kubernetes.model.Probe;
import io.byteport.adapter.kubernetes.model.Taint;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Node;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code kubectl.removeTaint}: removes the taints with this key from a node. */
public record RemoveTaint(Clusters clusters)
    implements Action.Change<RemoveTaint.Input, RemoveTaint.Output> {

  /** What {@code kubectl.removeTaint} takes. */
  public record Input(NodeRef node, String key, @Nullable Cluster cluster) {}

  /** What {@code kubectl.removeTaint} returns. */
  public record Output(List<Taint> removed) {
    public Output {
      removed = List.copyOf(removed);
    }
  }

  @Override
  public String name() {
    return "kubectl.removeTaint";
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
    return Kubectl.on(clusters, input.node().cluster(), input.cluster())
        .add("taint")
        .object("nodes", input.node().name())
        .add(input.key() + "-")
        .words();
  }

  @Override
  public StructValue prepare(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    Names.checkKey(input.key());
    ClusterApi api = clusters.choose(input.node().cluster(), input.cluster()).api();
    Node node = Schedulability.node(api, input.node(), deadline);
    if (taints(node).anyMatch(one -> one.getKey().equals(input.key()))) {
      send(api, node, input, true, deadline);
    }
    return Identity.of(PodMapper.uid(node));
  }

  @Override
  public Changed<Output> change(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    ClusterApi api = clusters.choose(input.node().cluster(), input.cluster()).api();
    Node node = Schedulability.node(api, input.node(), deadline);
    Identity.check(memo, PodMapper.uid(node), "Node " + input.node().name());
    List<Taint> removed =
        taints(node)
            .filter(one -> one.getKey().equals(input.key()))
            .map(NodeMapper::taint)
            .toList();
    if (removed.isEmpty()) {
      return new Changed<>(new Output(removed), false);
    }
    send(api, node, input, false, deadline);
    return new Changed<>(new Output(removed), true);
  }

  @Override
  public Probe probe(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    ClusterApi api = clusters.choose(input.node().cluster(), input.cluster()).api();
    Node node = Schedulability.node(api, input.node(), deadline);
    if (!Identity.isSame(memo, PodMapper.uid(node))) {
      return Probe.UNKNOWN;
    }
    return taints(node).anyMatch(one -> one.getKey().equals(input.key()))
        ? Probe.NOT_DONE
        : Probe.TOOK_EFFECT;
  }

  @Override
  public boolean repeatable() {
    return true;
  }

  private static Stream<io.fabric8.kubernetes.api.model.Taint> taints(Node node) {
    return node.getSpec() == null ? Stream.empty() : node.getSpec().getTaints().stream();
  }

  /** The server does it only if the taints still are as they were read. */
  private static void send(
      ClusterApi api, Node node, Input input, boolean rehearse, Deadline deadline)
      throws ActionException, InterruptedException {
    List<io.fabric8.kubernetes.api.model.Taint> left =
        taints(node).filter(one -> !one.getKey().equals(input.key())).toList();
    api.changes()
        .patch(
            Resource.NODES,
            null,
            node.getMetadata().getName(),
            null,
            Patch.json(
                List.of(
                    Patch.operation("test", "/metadata/uid", PodMapper.uid(node)),
                    Patch.operation("test", "/spec/taints", node.getSpec().getTaints()),
                    Patch.operation("replace", "/spec/taints", left))),
            rehearse,
            GenericKubernetesResource.class,
            deadline);
  }
}
