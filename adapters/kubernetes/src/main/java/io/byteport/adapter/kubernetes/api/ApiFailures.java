package io.byteport.adapter.kubernetes.api;

import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.NetworkFailure;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with a request, in the server's words, and whether it may have changed something
 * all the same. Pure.
 */
final class ApiFailures {
  private static final int LONGEST_MESSAGE = 2_000;

  private ApiFailures() {}

  /**
   * An answer that is no success. One below 500 says that nothing was done; 408 and those from 500
   * on may come from somebody in between, or after the deed.
   *
   * @param words the message of the answer's Status, else its text; may be empty
   */
  static ActionException answered(Request request, int code, String words) {
    boolean unclear = code == 408 || code >= 500 || code < 400;
    Effect effect = unclear && request.mayChange() ? Effect.UNKNOWN : Effect.NONE;
    String said = words.isBlank() ? "the server answered " + code : words.strip();
    return new ActionException(kind(code), effect, message(said, request), null);
  }

  private static FailureKind kind(int code) {
    return switch (code) {
      case 401, 403 -> FailureKind.FORBIDDEN;
      case 404 -> FailureKind.NOT_FOUND;
      case 408, 504 -> FailureKind.TIMEOUT;
      case 409, 410, 412 -> FailureKind.CONFLICT;
      case 429 -> FailureKind.REFUSED;
      default -> code >= 400 && code < 500 ? FailureKind.INVALID : FailureKind.UNREACHABLE;
    };
  }

  /** No answer within the time. */
  static ActionException late(Request request) {
    return new ActionException(
        FailureKind.TIMEOUT, effect(request), message("no answer within the time", request), null);
  }

  /** No answer, or half of one. */
  static ActionException broken(Request request, Throwable failure) {
    if (neverSent(failure)) {
      return new ActionException(
          FailureKind.UNREACHABLE, Effect.NONE, message(words(failure), request), failure);
    }
    if (find(failure, HttpTimeoutException.class)) {
      return late(request);
    }
    return new ActionException(
        FailureKind.UNREACHABLE, effect(request), message(words(failure), request), failure);
  }

  private static Effect effect(Request request) {
    return request.mayChange() ? Effect.UNKNOWN : Effect.NONE;
  }

  private static boolean neverSent(Throwable failure) {
    return find(failure, ConnectException.class)
        || find(failure, HttpConnectTimeoutException.class)
        || find(failure, UnknownHostException.class)
        || find(failure, UnresolvedAddressException.class)
        || find(failure, SSLHandshakeException.class);
  }

  private static boolean find(Throwable failure, Class<? extends Throwable> type) {
    @Nullable Throwable at = failure;
    for (int depth = 0; at != null && depth < 20; depth++) {
      if (type.isInstance(at)) {
        return true;
      }
      at = at.getCause();
    }
    return false;
  }

  /** The innermost words that there are. */
  static String words(Throwable failure) {
    return NetworkFailure.words(failure);
  }

  private static String message(String words, Request request) {
    String cut =
        words.length() > LONGEST_MESSAGE ? words.substring(0, LONGEST_MESSAGE) + "…" : words;
    return cut + " (" + request + ")";
  }
}
