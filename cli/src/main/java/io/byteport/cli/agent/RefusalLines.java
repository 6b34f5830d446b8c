package io.byteport.cli.agent;

import io.byteport.engine.source.Received;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the log says of requests that were refused: the first of a source and kind at once, those
 * that follow within a minute counted and told with the next. Anybody may send such requests, as
 * many as they like. Safe for several threads.
 */
final class RefusalLines {
  private static final Duration QUIET = Duration.ofMinutes(1);

  private final Map<String, Map<Received.Refusal, Told>> told = new HashMap<>();

  /**
   * @param since how many were refused after it and not told
   */
  private record Told(Instant at, int since) {}

  /**
   * @param source a name of the configuration
   * @return empty where nothing is to be said now
   */
  synchronized Optional<String> line(String source, Received.Refused refused, Instant now) {
    Map<Received.Refusal, Told> kinds =
        told.computeIfAbsent(source, first -> new EnumMap<>(Received.Refusal.class));
    Told before = kinds.get(refused.refusal());
    if (before != null && now.isBefore(before.at().plus(QUIET))) {
      kinds.put(refused.refusal(), new Told(before.at(), before.since() + 1));
      return Optional.empty();
    }
    kinds.put(refused.refusal(), new Told(now, 0));
    String more =
        before == null || before.since() == 0
            ? ""
            : " (and " + before.since() + " more of this kind since " + before.at() + ")";
    return Optional.of(
        "a request in the name of `" + source + "` was refused: " + refused.reason() + more);
  }
}
