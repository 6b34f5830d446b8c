package io.byteport.engine.journal;

/** The store cannot be read or written. No change may be made while that is so. */
public sealed class StoreException extends RuntimeException
    permits FencedException, FolderHeldException {
  private static final long serialVersionUID = 1L;

  public StoreException(String message) {
    super(message);
  }

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
