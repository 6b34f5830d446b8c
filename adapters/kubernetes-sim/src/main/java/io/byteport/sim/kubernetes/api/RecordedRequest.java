package io.byteport.sim.kubernetes.api;

import io.byteport.sim.kubernetes.store.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A request that arrived at the API server.
 *
 * @param at simulated time
 * @param query as it stood in the request line, empty where there was none
 * @param body the beginning of the body, at most 64 KiB of it
 */
public record RecordedRequest(
    Instant at, String method, String path, String query, long bodyBytes, String body) {
  private static final int KEPT = 1 << 16;

  static RecordedRequest of(ApiRequest request, Instant at) {
    byte[] body = request.body();
    return new RecordedRequest(
        at,
        request.method(),
        request.path(),
        request.rawQuery(),
        body.length,
        new String(body, 0, Math.min(body.length, KEPT), StandardCharsets.UTF_8));
  }

  /** Whether the request asked for a change that a server keeps: a write that is no dry run. */
  public boolean isChange() {
    boolean review = path.endsWith("/selfsubjectaccessreviews");
    return isWrite() && !review && !query.contains("dryRun=All");
  }

  /** Whether the request has a verb of change, dry run or not. */
  public boolean isWrite() {
    return !method.equals("GET") && !method.equals("HEAD") && !method.equals("OPTIONS");
  }

  /** One line of JSON, without the body. */
  String line() {
    return new String(
        Json.bytes(
            Json.object(
                "at",
                at.toString(),
                "method",
                method,
                "path",
                path,
                "query",
                query,
                "bodyBytes",
                bodyBytes)),
        StandardCharsets.UTF_8);
  }
}
