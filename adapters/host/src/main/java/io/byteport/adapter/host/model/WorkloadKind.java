package io.byteport.adapter.host.model;

import io.byteport.engine.spi.Word;

/** Kinds of workloads. */
public enum WorkloadKind {
  @Word("Deployment")
  DEPLOYMENT,
  @Word("StatefulSet")
  STATEFUL_SET,
  @Word("DaemonSet")
  DAEMON_SET,
  @Word("ReplicaSet")
  REPLICA_SET,
  @Word("Job")
  JOB,
  @Word("Pod")
  POD
}
