package io.byteport.sim.kubernetes.scenario;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Something that the API server does wrong to certain requests.
 *
 * @param method the requests' method, empty for any
 * @param path what the whole path matches
 * @param query what is found in the raw query, empty for any
 * @param after how many such requests are answered well first
 * @param times how many requests suffer then
 */
public record HttpFault(
    Optional<String> method,
    Pattern path,
    Optional<Pattern> query,
    int after,
    int times,
    Effect effect) {

  /** Whether a request is one of those that the fault speaks of. */
  public boolean matches(String requestMethod, String requestPath, String requestQuery) {
    return method.map(requestMethod::equalsIgnoreCase).orElse(true)
        && path.matcher(requestPath).matches()
        && query.map(q -> q.matcher(requestQuery).find()).orElse(true);
  }

  /** A fault that every request with this path suffers from. */
  public static HttpFault always(String path, Effect effect) {
    return new HttpFault(
        Optional.empty(), Pattern.compile(path), Optional.empty(), 0, Integer.MAX_VALUE, effect);
  }

  /** A fault that the next {@code times} requests with this method and path suffer from. */
  public static HttpFault next(int times, String method, String path, Effect effect) {
    return new HttpFault(
        Optional.of(method), Pattern.compile(path), Optional.empty(), 0, times, effect);
  }

  /** What the client meets. */
  public sealed interface Effect {}

  /**
   * A Kubernetes Status instead of an answer; the request is not handled.
   *
   * @param reason empty for the usual one of that code
   * @param message empty for the usual one of that code
   */
  public record Answer(
      int status, Optional<String> reason, Optional<String> message, Optional<Duration> retryAfter)
      implements Effect {
    /** The usual answer with that code. */
    public static Answer of(int status) {
      return new Answer(status, Optional.empty(), Optional.empty(), Optional.empty());
    }
  }

  /** The right answer, late; real time. */
  public record Delay(Duration by) implements Effect {}

  /**
   * The connection is closed without an answer.
   *
   * @param handled whether the request takes effect before that
   */
  public record Drop(boolean handled) implements Effect {}

  /** No answer until the client or the cluster gives up. */
  public record Hang() implements Effect {}

  /**
   * An endless-looking log, generated while it is sent; {@code limitBytes} and {@code tailLines} of
   * the request are honoured.
   *
   * @param lineBytes the length of a line, with its end
   */
  public record HugeLog(long bytes, int lineBytes) implements Effect {}
}
