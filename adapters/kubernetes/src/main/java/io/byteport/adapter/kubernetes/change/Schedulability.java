package io.byteport.adapter.kubernetes.change;

import io.byteport.adapter.kubernetes.api.ClusterApi;
import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Patch;
import io.byteport.adapter.kubernetes.api.Resource;
import io.byteport.adapter.kubernetes.mapping.PodMapper;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.NodeRef;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Node;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether new pods may come to a node: what cordoning and uncordoning have in common.
 *
 * @param closed what is wanted
 */
record Schedulability(Clusters clusters, boolean closed) {

  StructValue prepare(NodeRef ref, @Nullable Cluster cluster, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    ClusterApi api = clusters.choose(ref.cluster(), cluster).api();
    Node node = node(api, ref, deadline);
    if (isClosed(node) != closed) {
      send(api, node, true, deadline);
    }
    return Identity.of(PodMapper.uid(node));
  }

  Action.Changed<Action.Nothing> change(
      NodeRef ref, @Nullable Cluster cluster, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    ClusterApi api = clusters.choose(ref.cluster(), cluster).api();
    Node node = node(api, ref, deadline);
    Identity.check(memo, PodMapper.uid(node), "Node " + ref.name());
    boolean different = isClosed(node) != closed;
    if (different) {
      send(api, node, false, deadline);
    }
    return new Action.Changed<>(new Action.Nothing(), different);
  }

  Action.Probe probe(
      NodeRef ref, @Nullable Cluster cluster, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    Node node = node(clusters.choose(ref.cluster(), cluster).api(), ref, deadline);
    if (!Identity.isSame(memo, PodMapper.uid(node))) {
      return Action.Probe.UNKNOWN;
    }
    return isClosed(node) == closed ? Action.Probe.TOOK_EFFECT : Action.Probe.NOT_DONE;
  }

  static boolean isClosed(Node node) {
    return node.getSpec() != null && Boolean.TRUE.equals(node.getSpec().getUnschedulable());
  }

  static Node node(ClusterApi api, NodeRef ref, Deadline deadline)
      throws ActionException, InterruptedException {
    return api.get(Resource.NODES, null, ref.name(), Node.class, deadline);
  }

  private void send(ClusterApi api, Node node, boolean rehearse, Deadline deadline)
      throws ActionException, InterruptedException {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("metadata", Map.of("uid", PodMapper.uid(node)));
    content.put("spec", Map.of("unschedulable", closed));
    api.changes()
        .patch(
            Resource.NODES,
            null,
            node.getMetadata().getName(),
            null,
            Patch.strategic(content),
            rehearse,
            GenericKubernetesResource.class,
            deadline);
  }
}
