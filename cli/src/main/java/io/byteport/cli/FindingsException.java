package io.byteport.cli;

/**
 * A file of the user's has errors; the message shows them. Ends the program with {@link
 * ExitStatus#FINDINGS}.
 */
final class FindingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FindingsException(String message) {
    super(message);
  }
}
