package io.byteport.cli.http;

import org.jspecify.annotations.Nullable;

/** The server may not, or cannot, listen. The message says why and what to do. */
public final class ListenException extends Exception {
  private static final long serialVersionUID = 1L;

  ListenException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
