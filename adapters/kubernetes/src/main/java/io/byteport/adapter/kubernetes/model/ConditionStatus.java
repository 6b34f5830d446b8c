package io.byteport.adapter.kubernetes.model;

import io.byteport.engine.spi.Word;

/** Whether a condition holds. */
public enum ConditionStatus {
  @Word("True")
  TRUE,
  @Word("False")
  FALSE,
  @Word("Unknown")
  UNKNOWN
}
