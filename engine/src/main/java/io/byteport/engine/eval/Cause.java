package io.byteport.engine.eval;

/**
 * Why something could not be decided.
 *
 * @param name the fact that is unavailable, or the sub-term that has no value
 * @param reason what is wrong with it, as a message prints it after the name: {@code connection
 *     refused}, {@code is null}
 */
public record Cause(String name, String reason) {
  @Override
  public String toString() {
    return name + ": " + reason;
  }
}
