package io.byteport.engine.journal;

/** The state lies in a folder that another process has open, which alone can use it. */
public final class FolderHeldException extends StoreException {
  private static final long serialVersionUID = 1L;

  private final String holder;

  FolderHeldException(String message, String holder) {
    super(message);
    this.holder = holder;
  }

  /** The number of the process that has it; empty where it is not known. */
  public String holder() {
    return holder;
  }
}
