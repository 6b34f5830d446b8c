package io.byteport.sim.kubernetes.scenario;

/** Says what is wrong with a scenario file, and in which line. */
public final class ScenarioException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ScenarioException(String source, int line, String message) {
    super(source + ":" + line + ": " + message);
  }
}
