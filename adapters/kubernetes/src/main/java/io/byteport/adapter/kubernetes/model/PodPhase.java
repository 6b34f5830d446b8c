package io.byteport.adapter.kubernetes.model;

import io.byteport.engine.spi.Word;

/** Where a pod stands in its life. */
public enum PodPhase {
  @Word("Pending")
  PENDING,
  @Word("Running")
  RUNNING,
  @Word("Succeeded")
  SUCCEEDED,
  @Word("Failed")
  FAILED,
  @Word("Unknown")
  UNKNOWN
}
