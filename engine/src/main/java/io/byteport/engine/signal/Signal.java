package io.byteport.engine.signal;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an alert source or a detector says. Everything in it is untrusted text.
 *
 * @param type the signal's id, as detectors declare it
 * @param source the name of the configured source, or the kind of what was watched
 * @param startedAt when the trouble began, as far as the source knows
 * @param value the measured value, as text; null where there is none
 * @param fingerprint what makes two deliveries the same signal
 * @param link a page about it; null where there is none
 */
public record Signal(
    String type,
    String source,
    Severity severity,
    Status status,
    Map<String, String> labels,
    Instant startedAt,
    @Nullable String value,
    String fingerprint,
    @Nullable String link) {

  public Signal {
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }

  /** Gravest last. */
  public enum Severity {
    INFO,
    WARNING,
    HIGH,
    CRITICAL
  }

  public enum Status {
    FIRING,
    RESOLVED
  }
}
