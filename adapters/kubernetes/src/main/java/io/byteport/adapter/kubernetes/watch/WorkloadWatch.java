package io.byteport.adapter.kubernetes.watch;

import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Resource;
import io.byteport.adapter.kubernetes.mapping.PodMapper;
import io.byteport.adapter.kubernetes.mapping.TemplateRevision;
import io.byteport.adapter.kubernetes.mapping.WorkloadMapper;
import io.byteport.adapter.kubernetes.mapping.WorkloadState;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.WorkloadKind;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.RecordCodec;
import io.byteport.engine.spi.WatchSource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ControllerRevisionList;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetList;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentList;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetList;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Follows {@code kubectl.workloads}. Their revisions are followed before them, since they say which
 * pods count as new.
 */
public record WorkloadWatch(Clusters clusters, RecordCodec codec) implements WatchSource {

  @Override
  public String action() {
    return "kubectl.workloads";
  }

  @Override
  public AutoCloseable start(StructValue with, Listener listener) {
    Scope scope = Scope.read(codec, with);
    Followers followers = new Followers();
    for (Clusters.Chosen cluster : Followers.clusters(clusters, scope.wanted())) {
      Workloads workloads = new Workloads(cluster.as(), listener);
      Following following = new Following(followers, cluster, scope.place(), listener);
      following
          .follow(
              feed(Resource.REPLICA_SETS, ReplicaSet.class, ReplicaSetList.class),
              workloads.revisions(TemplateRevision::of))
          .thenCompose(
              done ->
                  following.follow(
                      feed(
                          Resource.CONTROLLER_REVISIONS,
                          ControllerRevision.class,
                          ControllerRevisionList.class),
                      workloads.revisions(TemplateRevision::of)))
          .thenRun(
              () -> {
                following.follow(
                    feed(Resource.DEPLOYMENTS, Deployment.class, DeploymentList.class),
                    workloads.states(WorkloadState::of));
                following.follow(
                    feed(Resource.STATEFUL_SETS, StatefulSet.class, StatefulSetList.class),
                    workloads.states(WorkloadState::of));
                following.follow(
                    feed(Resource.DAEMON_SETS, DaemonSet.class, DaemonSetList.class),
                    workloads.states(WorkloadState::of));
              });
    }
    return followers;
  }

  private static <T extends HasMetadata, L extends KubernetesResourceList<T>> Feed<T, L> feed(
      Resource resource, Class<T> type, Class<L> listType) {
    return new Feed<>(resource, type, listType, () -> LeanStore.of(WorkloadWatch::slim));
  }

  private record Following(
      Followers followers, Clusters.Chosen cluster, @Nullable String namespace, Listener listener) {
    <T extends HasMetadata, L extends KubernetesResourceList<T>> CompletionStage<Void> follow(
        Feed<T, L> feed, Sink<T> sink) {
      return followers.follow(cluster, feed, namespace, true, listener, sink);
    }
  }

  /**
   * The workloads of a cluster and their revisions; a change of either is a change of the workload.
   */
  private final class Workloads {
    private final @Nullable Cluster cluster;
    private final Listener listener;
    private final Map<String, WorkloadState> states = new HashMap<>();
    private final Map<String, Map<String, TemplateRevision>> revisions = new HashMap<>();

    Workloads(@Nullable Cluster cluster, Listener listener) {
      this.cluster = cluster;
      this.listener = listener;
    }

    <T extends HasMetadata> Sink<T> states(Function<T, WorkloadState> mapper) {
      return new Sink<>() {
        @Override
        public void changed(T object, boolean known) {
          set(mapper.apply(object));
        }

        @Override
        public void gone(T object) {
          remove(object.getMetadata().getUid());
        }
      };
    }

    <T extends HasMetadata> Sink<T> revisions(Function<T, Optional<TemplateRevision>> mapper) {
      return new Sink<>() {
        @Override
        public void changed(T object, boolean known) {
          PodMapper.controller(object)
              .ifPresent(owner -> set(owner.getUid(), mapper.apply(object)));
        }

        @Override
        public void gone(T object) {
          PodMapper.controller(object)
              .ifPresent(owner -> forget(owner.getUid(), object.getMetadata().getUid()));
        }
      };
    }

    private synchronized void set(WorkloadState state) {
      states.put(state.uid(), state);
      tell(state);
    }

    private synchronized void remove(String uid) {
      states.remove(uid);
      revisions.remove(uid);
      listener.gone(uid);
    }

    private synchronized void set(String owner, Optional<TemplateRevision> revision) {
      if (revision.isEmpty()) {
        return;
      }
      revisions
          .computeIfAbsent(owner, uid -> new HashMap<>())
          .put(revision.get().uid(), revision.get());
      WorkloadState state = states.get(owner);
      if (state != null) {
        tell(state);
      }
    }

    private synchronized void forget(String owner, String revision) {
      Map<String, TemplateRevision> known = revisions.get(owner);
      if (known != null) {
        known.remove(revision);
      }
    }

    private void tell(WorkloadState state) {
      List<TemplateRevision> known =
          List.copyOf(revisions.getOrDefault(state.uid(), Map.of()).values());
      WorkloadMapper.map(state, known, null, cluster)
          .ifPresent(
              one ->
                  listener.changed(
                      state.uid(),
                      codec.write(one),
                      Labels.of(cluster)
                          .and("namespace", one.namespace())
                          .and("kind", one.kind().word())
                          .and("workload", one.name())
                          .and(
                              "deployment",
                              one.kind() == WorkloadKind.DEPLOYMENT ? one.name() : null)
                          .map()));
    }
  }

  /** Who wrote a Deployment's template stays known; of revisions nobody asks. */
  private static <T extends HasMetadata> T slim(T object) {
    if (object instanceof ReplicaSet || object instanceof ControllerRevision) {
      object.getMetadata().setManagedFields(List.of());
    }
    return object;
  }
}
