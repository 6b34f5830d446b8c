package io.byteport.adapter.kubernetes.model;

import io.byteport.engine.spi.Word;

/** Where a pod stands in its life. */
public enum PodPhase {
  @Word("Pending")
  PENDING("Pending"),
  @Word("Running")
  RUNNING("Running"),
  @Word("Succeeded")
  SUCCEEDED("Succeeded"),
  @Word("Failed")
  FAILED("Failed"),
  @Word("Unknown")
  UNKNOWN("Unknown");

  private final String word;

  PodPhase(String word) {
    this.word = word;
  }

  /** As the API writes it. */
  public String word() {
    return word;
  }
}
