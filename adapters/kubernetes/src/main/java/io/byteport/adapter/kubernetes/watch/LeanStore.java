package io.byteport.adapter.kubernetes.watch;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an informer remembers of the objects that it has seen: by uid, so that a new object with an
 * old name is a new one, and slimmed to what is needed. Safe for several threads.
 */
final class LeanStore<T extends HasMetadata> implements ItemStore<T> {
  private final UnaryOperator<T> slim;
  private final int most;
  private final boolean whole;
  private final Map<String, T> items = new LinkedHashMap<>();

  private LeanStore(UnaryOperator<T> slim, int most, boolean whole) {
    this.slim = slim;
    this.most = most;
    this.whole = whole;
  }

  /**
   * Remembers all objects.
   *
   * @param slim takes away from an object what nobody will look at
   */
  static <T extends HasMetadata> LeanStore<T> of(UnaryOperator<T> slim) {
    return new LeanStore<>(slim, Integer.MAX_VALUE, true);
  }

  /**
   * Remembers only that there are objects, and only the latest.
   *
   * @param slim keeps no more than uid, name and version
   * @param most how many to remember; a change of one that was forgotten looks like a new one
   */
  static <T extends HasMetadata> LeanStore<T> ofTraces(UnaryOperator<T> slim, int most) {
    return new LeanStore<>(slim, most, false);
  }

  @Override
  public String getKey(T object) {
    String uid = object.getMetadata().getUid();
    return uid == null
        ? object.getMetadata().getNamespace() + "/" + object.getMetadata().getName()
        : uid;
  }

  @Override
  public synchronized @Nullable T put(String key, T object) {
    @Nullable T before = items.remove(key);
    items.put(key, slim.apply(object));
    if (items.size() > most) {
      items.remove(items.keySet().iterator().next());
    }
    return before;
  }

  @Override
  public synchronized @Nullable T remove(String key) {
    return items.remove(key);
  }

  @Override
  public synchronized Stream<String> keySet() {
    return List.copyOf(items.keySet()).stream();
  }

  @Override
  public synchronized Stream<T> values() {
    return new ArrayList<>(items.values()).stream();
  }

  @Override
  public synchronized int size() {
    return items.size();
  }

  @Override
  public synchronized @Nullable T get(String key) {
    return items.get(key);
  }

  @Override
  public boolean isFullState() {
    return whole;
  }
}
