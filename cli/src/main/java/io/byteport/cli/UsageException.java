package io.byteport.cli;

/**
 * What the user asked for cannot be done; the message says why and what to do. Ends the program
 * with {@link ExitStatus#USAGE}.
 */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }

  UsageException(String message, Throwable cause) {
    super(message, cause);
  }
}
