package io.byteport.engine.spi;

/**
 * A value and a record do not fit. The message names the place and says what was expected and what
 * was found.
 */
public final class RecordMismatchException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  RecordMismatchException(String message) {
    super(message);
  }
}
