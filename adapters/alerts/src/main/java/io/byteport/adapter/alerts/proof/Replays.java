package io.byteport.adapter.alerts.proof;

import io.byteport.engine.source.Received.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Refuses what was signed too long ago, or in the future, and what was seen within that time
 * already. Remembers 10,000 signatures at most, the latest. Safe for several threads.
 */
public final class Replays {
  private static final int MOST = 10_000;
  private static final Duration AHEAD = Duration.ofMinutes(5);

  private final Duration window;
  private final Map<String, Instant> seen = new LinkedHashMap<>();

  public Replays(Duration window) {
    this.window = window;
  }

  /**
   * What speaks against something genuine; to be asked once for each delivery.
   *
   * @param signature by which it is known again
   */
  public Optional<Refused> objection(String signature, Instant signedAt, Instant receivedAt) {
    Optional<Refused> outside = outside(signedAt, receivedAt);
    if (outside.isPresent()) {
      return outside;
    }
    synchronized (seen) {
      seen.values().removeIf(at -> at.isBefore(receivedAt.minus(window)));
      if (seen.putIfAbsent(signature, signedAt) != null) {
        return Proof.replayed("its signature was seen already");
      }
      if (seen.size() > MOST) {
        seen.remove(seen.keySet().iterator().next());
      }
    }
    return Optional.empty();
  }

  /** What speaks against the time of something that may be delivered several times. */
  public Optional<Refused> outside(Instant signedAt, Instant receivedAt) {
    if (signedAt.isBefore(receivedAt.minus(window))) {
      return Proof.replayed(
          "it was signed at " + signedAt + ", more than " + window.toSeconds() + "s ago");
    }
    if (signedAt.isAfter(receivedAt.plus(AHEAD))) {
      return Proof.replayed("it was signed at " + signedAt + ", which is yet to come");
    }
    return Optional.empty();
  }
}
