package io.byteport.adapter.kubernetes.watch;

import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Names;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.WatchSource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The informers of one watch, ended together. Put together by one thread. */
final class Followers implements AutoCloseable {
  private final List<Follower<?, ?>> all = new ArrayList<>();

  /** The clusters to follow. */
  static List<Clusters.Chosen> clusters(Clusters clusters, @Nullable Cluster wanted) {
    try {
      return clusters.all(wanted);
    } catch (ActionException e) {
      throw new IllegalArgumentException(e.reason(), e);
    }
  }

  /**
   * Follows objects wherever they are in reach.
   *
   * @param namespace null for all
   * @return complete when all that is there has been handed over
   */
  <T extends HasMetadata, L extends KubernetesResourceList<T>> CompletionStage<Void> follow(
      Clusters.Chosen cluster,
      Feed<T, L> feed,
      @Nullable String namespace,
      boolean repeats,
      WatchSource.Listener listener,
      Sink<T> sink) {
    List<String> places;
    try {
      for (String value : feed.fields().values()) {
        Names.checkName(value);
      }
      places = cluster.api().places(feed.resource(), namespace);
    } catch (ActionException e) {
      throw new IllegalArgumentException(e.reason(), e);
    }
    CompletableFuture<?>[] started = new CompletableFuture<?>[places.size()];
    for (int i = 0; i < started.length; i++) {
      @Nullable String place = places.get(i).isEmpty() ? null : places.get(i);
      Follower<T, L> follower =
          new Follower<>(cluster.api(), feed, place, sink, repeats, listener::degraded);
      synchronized (all) {
        all.add(follower);
      }
      started[i] = follower.start().toCompletableFuture();
    }
    return CompletableFuture.allOf(started);
  }

  @Override
  public void close() {
    synchronized (all) {
      for (Follower<?, ?> follower : all) {
        follower.close();
      }
      all.clear();
    }
  }
}
