package io.byteport.adapter.kubernetes.model;

import io.byteport.engine.spi.Word;

/** What a taint does to pods that do not tolerate it. */
public enum TaintEffect {
  @Word("NoSchedule")
  NO_SCHEDULE,
  @Word("PreferNoSchedule")
  PREFER_NO_SCHEDULE,
  @Word("NoExecute")
  NO_EXECUTE
}
