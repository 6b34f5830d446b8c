package io.byteport.engine.run;

/** Names one execution of a change; the same before and after a crash. */
public record IntentId(String value) {
  @Override
  public String toString() {
    return value;
  }
}
