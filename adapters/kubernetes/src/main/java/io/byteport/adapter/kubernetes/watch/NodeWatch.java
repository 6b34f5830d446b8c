package io.byteport.adapter.kubernetes.watch;

import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Resource;
import io.byteport.adapter.kubernetes.mapping.NodeMapper;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.Resources;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.RecordCodec;
import io.byteport.engine.spi.WatchSource;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeList;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Follows {@code kubectl.nodes}. The pods are followed too, for what they have reserved, but do not
 * make a node change.
 */
public record NodeWatch(Clusters clusters, RecordCodec codec) implements WatchSource {
  private static final Feed<Node, NodeList> FEED =
      new Feed<>(Resource.NODES, Node.class, NodeList.class, () -> LeanStore.of(NodeWatch::slim));

  @Override
  public String action() {
    return "kubectl.nodes";
  }

  @Override
  public AutoCloseable start(StructValue with, Listener listener) {
    Scope scope = Scope.read(codec, with);
    Followers followers = new Followers();
    for (Clusters.Chosen cluster : Followers.clusters(clusters, scope.wanted())) {
      Reservations reservations = new Reservations();
      followers
          .follow(
              cluster,
              PodWatch.FEED.in(Resource.PODS_EVERYWHERE),
              null,
              false,
              listener,
              reservations)
          .thenRun(
              () ->
                  followers.follow(
                      cluster,
                      FEED,
                      null,
                      true,
                      listener,
                      new Nodes(reservations, cluster.as(), listener)));
    }
    return followers;
  }

  /** What pods have reserved on which node. */
  private static final class Reservations implements Sink<Pod> {
    private record Reserved(String node, Resources amount) {}

    private final Map<String, Reserved> byPod = new HashMap<>();
    private final Map<String, Resources> byNode = new HashMap<>();

    @Override
    public synchronized void changed(Pod pod, boolean known) {
      String uid = pod.getMetadata().getUid();
      drop(uid);
      String node = pod.getSpec().getNodeName();
      if (node != null && !node.isEmpty()) {
        Reserved reserved = new Reserved(node, NodeMapper.reserved(pod));
        byPod.put(uid, reserved);
        byNode.merge(node, reserved.amount(), Resources::plus);
      }
    }

    @Override
    public synchronized void gone(Pod pod) {
      drop(pod.getMetadata().getUid());
    }

    private void drop(String uid) {
      Reserved before = byPod.remove(uid);
      if (before != null) {
        byNode.computeIfPresent(before.node(), (node, sum) -> sum.minus(before.amount()));
      }
    }

    synchronized Resources on(String node) {
      return byNode.getOrDefault(node, Resources.NONE);
    }
  }

  private final class Nodes implements Sink<Node> {
    private final Reservations reservations;
    private final @Nullable Cluster cluster;
    private final Listener listener;

    Nodes(Reservations reservations, @Nullable Cluster cluster, Listener listener) {
      this.reservations = reservations;
      this.cluster = cluster;
      this.listener = listener;
    }

    @Override
    public void changed(Node node, boolean known) {
      String name = node.getMetadata().getName();
      listener.changed(
          node.getMetadata().getUid(),
          codec.write(NodeMapper.map(node, reservations.on(name), cluster)),
          Labels.of(cluster).and("node", name).map());
    }

    @Override
    public void gone(Node node) {
      listener.gone(node.getMetadata().getUid());
    }
  }

  private static Node slim(Node node) {
    node.getMetadata().setManagedFields(List.of());
    if (node.getStatus() != null) {
      node.getStatus().setImages(List.of());
    }
    return node;
  }
}
