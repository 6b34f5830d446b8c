package io.byteport.adapter.kubernetes.mapping;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Timestamps as the API writes them. */
public final class Times {

  private Times() {}

  /** An RFC 3339 timestamp; null where there is none, or it is none. */
  public static @Nullable Instant parse(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeException unreadable) {
      return null;
    }
  }

  /** When an object was made; the epoch for one that a server has not stamped. */
  public static Instant created(HasMetadata object) {
    return or(object.getMetadata().getCreationTimestamp(), Instant.EPOCH);
  }

  static Instant or(@Nullable String text, Instant otherwise) {
    Instant parsed = parse(text);
    return parsed == null ? otherwise : parsed;
  }
}
