package io.byteport.adapter.kubernetes.watch;

import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Resource;
import io.byteport.adapter.kubernetes.mapping.PodMapper;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.RecordCodec;
import io.byteport.engine.spi.WatchSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Follows {@code kubectl.pods}: all, those on a node, or those of a workload. What they use is not
 * known here.
 */
public record PodWatch(Clusters clusters, RecordCodec codec) implements WatchSource {
  static final Feed<Pod, PodList> FEED =
      new Feed<>(Resource.PODS, Pod.class, PodList.class, () -> LeanStore.of(PodWatch::slim));

  @Override
  public String action() {
    return "kubectl.pods";
  }

  @Override
  public AutoCloseable start(StructValue with, Listener listener) {
    Scope scope = Scope.read(codec, with);
    Followers followers = new Followers();
    Feed<Pod, PodList> feed =
        scope.node() == null ? FEED : FEED.where(Map.of("spec.nodeName", scope.node().name()));
    for (Clusters.Chosen cluster : Followers.clusters(clusters, scope.wanted())) {
      followers.follow(
          cluster, feed, scope.place(), true, listener, new Pods(scope, cluster.as(), listener));
    }
    return followers;
  }

  private final class Pods implements Sink<Pod> {
    private final Scope scope;
    private final @Nullable Cluster cluster;
    private final Listener listener;

    Pods(Scope scope, @Nullable Cluster cluster, Listener listener) {
      this.scope = scope;
      this.cluster = cluster;
      this.listener = listener;
    }

    @Override
    public void changed(Pod pod, boolean known) {
      if (scope.workload() != null && !PodMapper.belongs(pod, scope.workload())) {
        return;
      }
      PodMapper.map(pod, null, null, cluster)
          .ifPresent(
              one ->
                  listener.changed(
                      one.uid(),
                      codec.write(one),
                      Labels.of(cluster)
                          .and("namespace", one.namespace())
                          .and("pod", one.name())
                          .and("container", one.container().name())
                          .and("node", one.node() == null ? null : one.node().name())
                          .map()));
    }

    @Override
    public void gone(Pod pod) {
      if (scope.workload() == null || PodMapper.belongs(pod, scope.workload())) {
        listener.gone(pod.getMetadata().getUid());
      }
    }
  }

  private static Pod slim(Pod pod) {
    pod.getMetadata().setManagedFields(List.of());
    if (pod.getSpec() != null) {
      pod.getSpec().setVolumes(List.of());
      pod.getSpec().getContainers().forEach(PodWatch::slim);
      pod.getSpec().getInitContainers().forEach(PodWatch::slim);
    }
    return pod;
  }

  private static void slim(io.fabric8.kubernetes.api.model.Container container) {
    container.setEnv(List.of());
    container.setEnvFrom(List.of());
    container.setVolumeMounts(List.of());
    container.setArgs(List.of());
    container.setCommand(List.of());
  }
}
