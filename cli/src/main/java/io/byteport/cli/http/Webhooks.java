package io.byteport.cli.http;

import io.byteport.cli.agent.AgentView;
import io.byteport.engine.source.Delivered;
import io.byteport.engine.source.Received;
import io.byteport.engine.source.SourceException;
import io.helidon.http.Header;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What sources send. Who sent it is judged by the source, after its size, its kind and how much
 * came already are; nothing of a body is ever logged, and who is refused is told no more than that.
 */
final class Webhooks implements Handler {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration RETRY = Duration.ofSeconds(10);

  private final AgentView agent;
  private final Bodies bodies;
  private final Guard guard;
  private final TokenBuckets perSource;
  private final Semaphore places;

  Webhooks(AgentView agent, Bodies bodies, Guard guard, HttpLimits limits) {
    this.agent = agent;
    this.bodies = bodies;
    this.guard = guard;
    this.perSource = new TokenBuckets(limits.perSource(), System::nanoTime);
    this.places = new Semaphore(limits.webhooks());
  }

  /** Leaves what is no source's to others. */
  @Override
  public void handle(ServerRequest request, ServerResponse response) {
    String path = request.prologue().uriPath().path();
    boolean known =
        agent.configuration().sources().values().stream()
            .anyMatch(source -> path.equals(source.webhook()));
    if (known) {
      guard.answer(path, this::take, request, response);
    } else {
      response.next();
    }
  }

  private void take(ServerRequest request, ServerResponse response) throws Exception {
    String path = request.prologue().uriPath().path();
    requireText(request);
    if (!perSource.take(path)) {
      throw Problem.tooMany(
          "the source sends faster than it may", Turned.RATE_LIMITED, perSource.next());
    }
    Delivered delivered =
        new Delivered(headers(request), bodies.read(request), agent.clock().instant());
    if (!places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      throw Problem.busy("too many requests of sources are judged at the same time", RETRY);
    }
    try {
      answer(agent.receive(path, delivered), response);
    } catch (SourceException e) {
      Duration after = e.retryAfter();
      throw new Problem(
              503, "not now", "the request cannot be judged now; send it again", Turned.UNAVAILABLE)
          .retryAfter(after == null ? RETRY : after);
    } finally {
      places.release();
    }
  }

  private static void answer(@Nullable Received received, ServerResponse response)
      throws IOException {
    switch (received) {
      case null -> throw new Problem(404, "not found", "no source is here", Turned.UNKNOWN_PATH);
      case Received.Refused refused -> throw refusal(refused.refusal());
      case Received.Accepted accepted -> {
        response.status(202);
        Guard.send(response, "application/json", "{\"accepted\":" + accepted.alerts().size() + "}");
      }
    }
  }

  private static Problem refusal(Received.Refusal refusal) {
    return switch (refusal) {
      case UNSIGNED ->
          new Problem(401, "not signed", "the request proves no sender", Turned.UNSIGNED);
      case FORGED -> new Problem(403, "not allowed", "the proof is wrong", Turned.FORGED);
      case REPLAYED ->
          new Problem(409, "not again", "the request is too old or was seen", Turned.REPLAYED);
      case MALFORMED ->
          new Problem(400, "invalid request", "the body is not understood", Turned.MALFORMED);
    };
  }

  private static void requireText(ServerRequest request) {
    String type = Bodies.mediaType(request);
    boolean text =
        type == null
            || type.equals("application/json")
            || type.endsWith("+json")
            || type.startsWith("text/");
    if (!text) {
      throw new Problem(415, "unsupported media type", "send JSON or text", Turned.MEDIA_TYPE);
    }
  }

  private static Map<String, List<String>> headers(ServerRequest request) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (Header header : request.headers()) {
      headers.put(header.name().toLowerCase(Locale.ROOT), List.copyOf(header.allValues()));
    }
    return headers;
  }
}
