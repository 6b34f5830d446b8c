package io.byteport.cli.agent;

/** An agent cannot start. The message is for people, with findings one below the other. */
public final class StartException extends Exception {
  private static final long serialVersionUID = 1L;

  public StartException(String message) {
    super(message);
  }

  StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
