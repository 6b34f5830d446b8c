package io.byteport.sim.host.scenario;

/** A text that is no scenario; names the file and the line. */
public final class ScenarioException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ScenarioException(String source, int line, String message) {
    super(source + ":" + line + ": " + message);
  }
}
