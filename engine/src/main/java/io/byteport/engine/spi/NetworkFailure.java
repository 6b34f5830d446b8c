package io.byteport.engine.spi;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import org.jspecify.annotations.Nullable;

/** Why nothing was heard of the other side, as a person says it. Pure. */
public final class NetworkFailure {
  private static final int DEEPEST = 20;

  private NetworkFailure() {}

  /**
   * The innermost words that there are. What only has a name as an exception is said in words where
   * the network is meant; else that name is what is left.
   */
  public static String words(Throwable failure) {
    String words = failure.getClass().getSimpleName();
    @Nullable Throwable at = failure;
    for (int depth = 0; at != null && depth < DEEPEST; depth++) {
      String said = at.getMessage() == null ? "" : at.getMessage();
      words =
          switch (at) {
            case UnresolvedAddressException unresolved -> "the name of the host is not known";
            case UnknownHostException unknown -> "the name of the host is not known";
            case NoRouteToHostException none -> said.isBlank() ? "there is no route to it" : said;
            case ConnectException refused -> said.isBlank() ? "connection refused" : said;
            case EOFException end -> "the connection was closed before the answer was complete";
            case ClosedChannelException closed when closed.equals(failure) ->
                "the connection was closed";
            default -> said.isBlank() ? words : said;
          };
      at = at.getCause();
    }
    return words;
  }

  /** Whether a host is called by a name that nobody knows. */
  public static boolean isNameless(Throwable failure) {
    @Nullable Throwable at = failure;
    for (int depth = 0; at != null && depth < DEEPEST; depth++) {
      if (at instanceof UnresolvedAddressException || at instanceof UnknownHostException) {
        return true;
      }
      at = at.getCause();
    }
    return false;
  }
}
