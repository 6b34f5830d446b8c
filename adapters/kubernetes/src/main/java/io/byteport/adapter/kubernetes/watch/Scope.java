package io.byteport.adapter.kubernetes.watch;

import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.EventType;
import io.byteport.adapter.kubernetes.model.NodeRef;
import io.byteport.adapter.kubernetes.model.ObjectRef;
import io.byteport.adapter.kubernetes.model.WorkloadRef;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.RecordCodec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of a watched read's inputs narrows the watch; what is left out means everything in reach.
 */
record Scope(
    @Nullable Cluster cluster,
    @Nullable String namespace,
    @Nullable WorkloadRef workload,
    @Nullable NodeRef node,
    @Nullable ObjectRef object,
    @Nullable EventType type) {
  private static final List<String> FIELDS =
      List.of("cluster", "namespace", "workload", "node", "object", "type");

  static Scope read(RecordCodec codec, StructValue with) {
    Map<String, Value> known = new LinkedHashMap<>();
    FIELDS.forEach(field -> known.put(field, with.get(field)));
    return codec.read(new StructValue(known), Scope.class);
  }

  /** The cluster that a reference names, else that of the input; null for all. */
  @Nullable Cluster wanted() {
    if (workload != null && workload.cluster() != null) {
      return workload.cluster();
    }
    if (node != null && node.cluster() != null) {
      return node.cluster();
    }
    if (object != null && object.cluster() != null) {
      return object.cluster();
    }
    return cluster;
  }

  /** The namespace to look at; null for all. */
  @Nullable String place() {
    if (workload != null) {
      return workload.namespace();
    }
    return object != null && object.namespace() != null ? object.namespace() : namespace;
  }
}
