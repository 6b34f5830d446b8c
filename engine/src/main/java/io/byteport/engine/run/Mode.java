package io.byteport.engine.run;

/** Whether changes happen. */
public enum Mode {
  DRY_RUN,
  LIVE
}
