package io.byteport.adapter.kubernetes.watch;

import io.byteport.adapter.kubernetes.api.Resource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What an informer follows.
 *
 * @param fields that the objects must have, by path
 * @param store makes what it remembers
 */
record Feed<T extends HasMetadata, L extends KubernetesResourceList<T>>(
    Resource resource,
    Class<T> type,
    Class<L> listType,
    Map<String, String> fields,
    Supplier<LeanStore<T>> store) {
  Feed {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  Feed(Resource resource, Class<T> type, Class<L> listType, Supplier<LeanStore<T>> store) {
    this(resource, type, listType, Map.of(), store);
  }

  /** The same objects, looked for elsewhere. */
  Feed<T, L> in(Resource other) {
    return new Feed<>(other, type, listType, fields, store);
  }

  Feed<T, L> where(Map<String, String> more) {
    return new Feed<>(resource, type, listType, more, store);
  }
}
