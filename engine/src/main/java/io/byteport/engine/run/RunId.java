package io.byteport.engine.run;

/** Names one run; sorts by the time of its start. */
public record RunId(String value) {
  @Override
  public String toString() {
    return value;
  }
}
