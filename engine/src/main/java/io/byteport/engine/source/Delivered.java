package io.byteport.engine.source;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request that a source sent, untrusted.
 *
 * @param headers by name in lower case
 * @param body as it came; not to be changed
 * @param receivedAt for replay windows
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes that were signed, compared nowhere
public record Delivered(Map<String, List<String>> headers, byte[] body, Instant receivedAt) {
  public Delivered {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** The first value of a header, whatever the case of its name. */
  public Optional<String> header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
  }
}
