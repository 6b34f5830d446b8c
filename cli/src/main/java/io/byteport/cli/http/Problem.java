package io.byteport.cli.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What stands in the way of an answer, as RFC 9457 writes it. Thrown by what answers; its text goes
 * to who asked and says what to do.
 */
final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;
  static final String MEDIA_TYPE = "application/problem+json";

  private final int status;
  private final String title;
  private final @Nullable Turned turned;
  private final transient Map<String, String> headers = new LinkedHashMap<>();
  private final transient Map<String, Object> members = new LinkedHashMap<>();

  /**
   * @param title of the kind of problem, always the same for it
   * @param detail a sentence about this case
   * @param turned what is counted; null for nothing
   */
  Problem(int status, String title, String detail, @Nullable Turned turned) {
    super(detail, null, false, false);
    this.status = status;
    this.title = title;
    this.turned = turned;
  }

  static Problem notFound(String detail) {
    return new Problem(404, "not found", detail, null);
  }

  static Problem invalid(String detail) {
    return new Problem(400, "invalid request", detail, Turned.MALFORMED);
  }

  static Problem forbidden(String detail) {
    return new Problem(403, "not allowed", detail, Turned.FORBIDDEN);
  }

  static Problem conflict(String detail) {
    return new Problem(409, "conflict", detail, null);
  }

  static Problem unauthenticated(String detail) {
    return new Problem(401, "who are you", detail, Turned.UNAUTHENTICATED)
        .header("WWW-Authenticate", "Bearer realm=\"byteport\"");
  }

  static Problem oversized(long most) {
    return new Problem(
        413, "too large", "the body is larger than " + most + " bytes", Turned.OVERSIZED);
  }

  static Problem busy(String detail, Duration after) {
    return new Problem(503, "not now", detail, Turned.BUSY).retryAfter(after);
  }

  static Problem tooMany(String detail, Turned turned, Duration after) {
    return new Problem(429, "too many requests", detail, turned).retryAfter(after);
  }

  Problem header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  Problem retryAfter(Duration after) {
    return header("Retry-After", Long.toString(Math.max(1, after.toSeconds())));
  }

  /** What programs may want to know, too. */
  Problem with(String member, Object value) {
    members.put(member, value);
    return this;
  }

  int status() {
    return status;
  }

  @Nullable Turned turned() {
    return turned;
  }

  Map<String, String> headers() {
    return headers;
  }

  String json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("title", title);
    json.put("status", status);
    json.put("detail", getMessage());
    json.putAll(members);
    return JsonMapper.shared().writeValueAsString(json);
  }
}
