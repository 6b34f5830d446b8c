package io.byteport.adapter.kubernetes.watch;

import io.byteport.adapter.kubernetes.api.ClusterApi;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One informer over the objects of a namespace, or of all. It lists and watches, lists anew where
 * it has missed something, and never gives up. After a time in which it was blind it hands over all
 * that it knows.
 */
final class Follower<T extends HasMetadata, L extends KubernetesResourceList<T>>
    implements AutoCloseable {
  private static final long PAGE = 500;

  private final SharedIndexInformer<T> informer;
  private final Runnable health;
  private final Sink<T> sink;
  private final boolean repeats;
  private final Consumer<String> degraded;
  private final AtomicBoolean blind = new AtomicBoolean();

  /**
   * @param namespace null for all
   * @param repeats whether to hand everything over again after a blind time
   * @param degraded told when it becomes blind
   */
  Follower(
      ClusterApi api,
      Feed<T, L> feed,
      @Nullable String namespace,
      Sink<T> sink,
      boolean repeats,
      Consumer<String> degraded) {
    this.sink = sink;
    this.repeats = repeats;
    this.degraded = degraded;
    MixedOperation<T, L, Resource<T>> all = api.watching().resources(feed.type(), feed.listType());
    FilterWatchListDeletable<T, L, Resource<T>> selected =
        (namespace == null ? all.inAnyNamespace() : all.inNamespace(namespace))
            .withFields(feed.fields());
    informer = selected.withLimit(PAGE).runnableInformer(0);
    informer.itemStore(feed.store().get());
    informer.exceptionHandler(
        (started, failure) -> {
          lost(api.trouble().of(failure));
          return true;
        });
    informer.addEventHandler(new Handler());
    health = api.onWatch(feed.resource(), namespace, this::lost, this::opened);
  }

  /**
   * Begins; complete when the first list has been handed over, however long that takes to succeed.
   */
  CompletionStage<Void> start() {
    return informer.start();
  }

  private void lost(String reason) {
    if (!blind.getAndSet(true)) {
      degraded.accept(reason);
    }
  }

  private void opened() {
    if (blind.getAndSet(false) && repeats) {
      informer.getStore().list().forEach(object -> sink.changed(object, true));
    }
  }

  @Override
  public void close() {
    health.run();
    informer.stop();
  }

  /** Passes on what the informer tells; calls come one after the other. */
  private final class Handler implements ResourceEventHandler<T> {
    private boolean listing = true;

    @Override
    public void onAdd(T object) {
      sink.changed(object, listing);
    }

    @Override
    public void onUpdate(T before, T object) {
      sink.changed(object, false);
    }

    @Override
    public void onDelete(T object, boolean unknownState) {
      sink.gone(object);
    }

    @Override
    public void onList(String resourceVersion, boolean remainedEmpty) {
      listing = false;
    }
  }
}
