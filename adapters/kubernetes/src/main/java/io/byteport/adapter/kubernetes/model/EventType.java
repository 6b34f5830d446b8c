package io.byteport.adapter.kubernetes.model;

import io.byteport.engine.spi.Word;

/** Whether an event tells of something wrong. */
public enum EventType {
  @Word("Normal")
  NORMAL,
  @Word("Warning")
  WARNING
}
