package io.byteport.adapter.cloud.http;

import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.NetworkFailure;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with a call, in the other side's words, and whether it may have changed something
 * all the same. Pure.
 */
final class Failures {
  /** The redirects that say that nothing was done here. */
  private static final Set<Integer> MOVED = Set.of(301, 302, 307, 308);

  private Failures() {}

  /**
   * An answer that is no success. One below 500 says that nothing was done; 408 and those from 500
   * on may come from somebody in between, or after the deed.
   *
   * @param wait how long the other side wants to be left alone, if it said
   */
  static ActionException answered(Reply reply, Problem problem, @Nullable Duration wait) {
    int status = reply.status();
    boolean unclear =
        (status == 408 || status >= 500 || (status < 400 && !MOVED.contains(status)))
            && !problem.throttled();
    Effect effect = unclear && reply.call().mayChange() ? Effect.UNKNOWN : Effect.NONE;
    String said =
        problem.words().isBlank()
            ? "the server answered " + status
            : Words.plain(problem.words()) + " [" + status + "]";
    if (wait != null) {
      said += ", try again in " + wait.toSeconds() + "s";
    }
    return new ActionException(kind(status, problem), effect, message(said, reply.call()), null);
  }

  private static FailureKind kind(int status, Problem problem) {
    if (problem.throttled()) {
      return FailureKind.REFUSED;
    }
    if (problem.kind() != null) {
      return problem.kind();
    }
    return switch (status) {
      case 401, 403 -> FailureKind.FORBIDDEN;
      case 404, 410 -> FailureKind.NOT_FOUND;
      case 408, 504 -> FailureKind.TIMEOUT;
      case 409, 412 -> FailureKind.CONFLICT;
      case 423, 429 -> FailureKind.REFUSED;
      default -> status >= 400 && status < 500 ? FailureKind.INVALID : FailureKind.UNREACHABLE;
    };
  }

  /** No answer within the time. */
  static ActionException late(Call call) {
    return new ActionException(
        FailureKind.TIMEOUT, effect(call), message("no answer within the time", call), null);
  }

  /** No answer, or half of one. */
  static ActionException broken(Call call, Throwable failure) {
    if (neverSent(failure)) {
      return new ActionException(
          FailureKind.UNREACHABLE,
          Effect.NONE,
          message(NetworkFailure.words(failure), call),
          failure);
    }
    if (find(failure, HttpTimeoutException.class)) {
      return late(call);
    }
    return new ActionException(
        FailureKind.UNREACHABLE,
        effect(call),
        message(NetworkFailure.words(failure), call),
        failure);
  }

  /** The answer does not fit in what the call allows for it. */
  static ActionException tooLong(Call call, CappedBody.TooLong failure) {
    return new ActionException(
        FailureKind.INVALID, effect(call), message(NetworkFailure.words(failure), call), failure);
  }

  /** The other side sends the call to a place where it must not go. */
  static ActionException sentElsewhere(Call call, String where) {
    return new ActionException(
        FailureKind.REFUSED,
        Effect.NONE,
        message("refusing to follow a redirect to " + Words.plain(where), call),
        null);
  }

  /** The same failure, after which nobody knows what an earlier sending did. */
  static ActionException afterDoubt(ActionException failure) {
    return new ActionException(failure.kind(), Effect.UNKNOWN, failure.reason(), failure);
  }

  private static Effect effect(Call call) {
    return call.mayChange() ? Effect.UNKNOWN : Effect.NONE;
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

  private static String message(String words, Call call) {
    return Words.plain(words) + " (" + Words.plain(call.toString()) + ")";
  }
}
