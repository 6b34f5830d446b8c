package io.byteport.cli.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;

/** Answers what is not a request, or not one that a route could be found for. */
record Unroutable(HttpCounts counts) implements DirectHandler {
  private static final int TOO_LARGE = 413;
  private static final int ERROR = 500;

  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType type,
      Status status,
      ServerResponseHeaders headers,
      String message) {
    int code = status.code();
    Problem problem =
        code == TOO_LARGE
            ? new Problem(code, "too large", "the body is too large", Turned.OVERSIZED)
            : code >= ERROR
                ? new Problem(code, "not now", "this cannot be answered now", Turned.UNAVAILABLE)
                : new Problem(
                    code, "invalid request", "this is not what HTTP allows", Turned.MALFORMED);
    Turned turned = problem.turned();
    if (turned != null) {
      counts.refused(turned, "other");
    }
    Guard.headers(false).forEach((name, value) -> headers.set(HeaderNames.create(name), value));
    headers.set(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE);
    return TransportResponse.builder()
        .status(status)
        .headers(headers)
        .keepAlive(false)
        .entity(problem.json())
        .build();
  }
}
