package io.byteport.adapter.cloud.model;

import io.byteport.engine.spi.Word;

/** The kinds of workloads. */
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

  private final String kind;

  WorkloadKind(String kind) {
    this.kind = kind;
  }

  /** As a manifest writes it. */
  public String kind() {
    return kind;
  }
}
