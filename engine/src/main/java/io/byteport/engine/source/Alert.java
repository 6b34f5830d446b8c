package io.byteport.engine.source;

import io.byteport.engine.signal.Signal;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a source says, before it is decided which signal that is. Everything in it is untrusted
 * text.
 *
 * @param type the signal that the source's own table makes of it; null where the table has nothing
 * @param title what the source calls it, one line
 * @param labels all that is known of it, by the source's own names
 * @param startedAt when the trouble began, as far as the source knows
 * @param value the measured value, as text; null where there is none
 * @param fingerprint equal for all that the source says about the same trouble, unlike any other of
 *     the source
 * @param link a page about it; null where there is none
 */
public record Alert(
    @Nullable String type,
    String title,
    Signal.Severity severity,
    Signal.Status status,
    Map<String, String> labels,
    Instant startedAt,
    @Nullable String value,
    String fingerprint,
    @Nullable String link) {

  public Alert {
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }

  /** The signal that it is. */
  public Signal signal(String signalType, String source) {
    return new Signal(
        signalType, source, severity, status, labels, startedAt, value, fingerprint, link);
  }
}
