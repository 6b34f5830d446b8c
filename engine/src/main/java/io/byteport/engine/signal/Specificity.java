package io.byteport.engine.signal;

import java.util.List;

/**
 * Ranks types of targets by how little they take in: a pod, then a workload, a node, a host,
 * everything else.
 */
final class Specificity {
  private static final List<List<String>> RANKS =
      List.of(
          List.of("container", "pod"),
          List.of(
              "workload", "deployment", "statefulset", "daemonset", "replicaset", "job", "cronjob"),
          List.of("node"),
          List.of("host"));

  private Specificity() {}

  /** Lowest first. */
  static int rank(String targetType) {
    for (int rank = 0; rank < RANKS.size(); rank++) {
      if (RANKS.get(rank).contains(targetType)) {
        return rank;
      }
    }
    return RANKS.size();
  }
}
