package io.byteport.adapter.kubernetes.watch;

import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Resource;
import io.byteport.adapter.kubernetes.mapping.EndpointMapper;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.ServiceEndpoint;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.RecordCodec;
import io.byteport.engine.spi.WatchSource;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows {@code kubectl.endpoints}, pod by pod, whichever slices they stand in. */
public record EndpointWatch(Clusters clusters, RecordCodec codec) implements WatchSource {
  private static final Feed<EndpointSlice, EndpointSliceList> FEED =
      new Feed<>(
          Resource.ENDPOINT_SLICES,
          EndpointSlice.class,
          EndpointSliceList.class,
          () -> LeanStore.of(EndpointWatch::slim));

  @Override
  public String action() {
    return "kubectl.endpoints";
  }

  @Override
  public AutoCloseable start(StructValue with, Listener listener) {
    Scope scope = Scope.read(codec, with);
    Followers followers = new Followers();
    for (Clusters.Chosen cluster : Followers.clusters(clusters, scope.wanted())) {
      followers.follow(
          cluster, FEED, scope.place(), true, listener, new Slices(cluster.as(), listener));
    }
    return followers;
  }

  /** The endpoints of all slices, so that what vanishes from one is noticed. */
  private final class Slices implements Sink<EndpointSlice> {
    private final @Nullable Cluster cluster;
    private final Listener listener;
    private final Map<String, Map<String, ServiceEndpoint>> bySlice = new HashMap<>();

    Slices(@Nullable Cluster cluster, Listener listener) {
      this.cluster = cluster;
      this.listener = listener;
    }

    @Override
    public synchronized void changed(EndpointSlice slice, boolean known) {
      Map<String, ServiceEndpoint> now = new HashMap<>();
      EndpointMapper.map(slice)
          .forEach((pod, one) -> now.put(one.namespace() + "/" + one.service() + "/" + pod, one));
      replace(slice.getMetadata().getUid(), now);
    }

    @Override
    public synchronized void gone(EndpointSlice slice) {
      replace(slice.getMetadata().getUid(), Map.of());
    }

    private void replace(String slice, Map<String, ServiceEndpoint> now) {
      Map<String, ServiceEndpoint> before =
          now.isEmpty() ? bySlice.remove(slice) : bySlice.put(slice, now);
      Set<String> touched = new HashSet<>(now.keySet());
      if (before != null) {
        touched.addAll(before.keySet());
      }
      touched.forEach(this::tell);
    }

    private void tell(String key) {
      List<ServiceEndpoint> everywhere =
          bySlice.values().stream().map(one -> one.get(key)).filter(Objects::nonNull).toList();
      if (everywhere.isEmpty()) {
        listener.gone(key);
        return;
      }
      ServiceEndpoint merged = everywhere.stream().reduce(EndpointMapper::merge).orElseThrow();
      listener.changed(
          key,
          codec.write(merged),
          Labels.of(cluster)
              .and("namespace", merged.namespace())
              .and("service", merged.service())
              .and("pod", merged.pod())
              .map());
    }
  }

  private static EndpointSlice slim(EndpointSlice slice) {
    slice.getMetadata().setManagedFields(List.of());
    return slice;
  }
}
