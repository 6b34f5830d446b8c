package io.byteport.adapter.kubernetes.mapping;

import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.WorkloadKind;
import io.byteport.adapter.kubernetes.model.WorkloadRef;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a pod belongs to, as far as the pod itself tells. Pure. */
public final class Owners {
  private static final int GENERATED = 5;
  private static final int LONGEST_BASE = 58;

  private Owners() {}

  /**
   * The workload of a pod: a Deployment's ReplicaSets are named after it and the hash of their
   * template. Null where the owner is no workload.
   */
  public static @Nullable WorkloadRef workload(
      io.fabric8.kubernetes.api.model.Pod pod, @Nullable Cluster cluster) {
    String namespace = pod.getMetadata().getNamespace();
    Optional<OwnerReference> owner = PodMapper.controller(pod);
    if (owner.isEmpty()) {
      return new WorkloadRef(cluster, WorkloadKind.POD, namespace, pod.getMetadata().getName());
    }
    String name = owner.get().getName();
    @Nullable String hash = PodMapper.labels(pod).get(Templates.HASH);
    if ("ReplicaSet".equals(owner.get().getKind())
        && hash != null
        && name.length() > hash.length() + 1
        && name.endsWith("-" + hash)) {
      return new WorkloadRef(
          cluster,
          WorkloadKind.DEPLOYMENT,
          namespace,
          name.substring(0, name.length() - hash.length() - 1));
    }
    return WorkloadKind.of(owner.get().getKind())
        .map(kind -> new WorkloadRef(cluster, kind, namespace, name))
        .orElse(null);
  }

  /**
   * Whether a controller of that name gives its pods names like this one: its own name, cut so that
   * five generated characters fit in.
   */
  public static boolean makes(String controller, String pod) {
    int dash = pod.lastIndexOf('-');
    if (dash < 1 || pod.length() - dash - 1 != GENERATED) {
      return dash > 0 && pod.substring(0, dash).equals(controller) && isOrdinal(pod, dash + 1);
    }
    String base = pod.substring(0, dash);
    return base.equals(controller)
        || (base.length() >= LONGEST_BASE - 1 && controller.startsWith(base));
  }

  private static boolean isOrdinal(String pod, int from) {
    return from < pod.length() && pod.chars().skip(from).allMatch(one -> one >= '0' && one <= '9');
  }
}
