package io.byteport.engine.journal;

/**
 * Another process carries the run on: what this one wanted to write was refused, and it has to
 * leave the run alone.
 */
public final class FencedException extends StoreException {
  private static final long serialVersionUID = 1L;

  public FencedException(String message) {
    super(message);
  }
}
