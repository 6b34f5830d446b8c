package io.byteport.adapter.kubernetes.model;

import io.byteport.engine.spi.Word;
import java.util.Optional;

/** The kinds of workloads, and of pods that are their own. */
public enum WorkloadKind {
  @Word("Deployment")
  DEPLOYMENT("Deployment"),
  @Word("StatefulSet")
  STATEFUL_SET("StatefulSet"),
  @Word("DaemonSet")
  DAEMON_SET("DaemonSet"),
  @Word("ReplicaSet")
  REPLICA_SET("ReplicaSet"),
  @Word("Job")
  JOB("Job"),
  @Word("Pod")
  POD("Pod");

  private final String word;

  WorkloadKind(String word) {
    this.word = word;
  }

  /** As the API writes it. */
  public String word() {
    return word;
  }

  /** The kind of that name, or empty where it is no workload. */
  public static Optional<WorkloadKind> of(String word) {
    for (WorkloadKind kind : values()) {
      if (kind.word.equals(word)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
