package io.byteport.adapter.kubernetes.mapping;

import io.byteport.adapter.kubernetes.model.Event;
import io.byteport.adapter.kubernetes.model.EventType;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Events of the API, old and new form alike, as the catalogue's. */
public final class EventMapper {

  private EventMapper() {}

  public static Event map(io.fabric8.kubernetes.api.model.Event event) {
    Instant at = lastSeen(event);
    return new Event(
        "Warning".equals(event.getType()) ? EventType.WARNING : EventType.NORMAL,
        or(event.getReason(), ""),
        LongText.cut(or(event.getMessage(), "")),
        object(event.getInvolvedObject()),
        count(event),
        firstSeen(event, at),
        at);
  }

  /** When an event was last seen. */
  public static Instant lastSeen(io.fabric8.kubernetes.api.model.Event event) {
    Instant latest = Times.parse(event.getLastTimestamp());
    if (event.getSeries() != null && event.getSeries().getLastObservedTime() != null) {
      latest = later(latest, Times.parse(event.getSeries().getLastObservedTime().getTime()));
    }
    if (event.getEventTime() != null) {
      latest = later(latest, Times.parse(event.getEventTime().getTime()));
    }
    return latest == null ? Times.created(event) : latest;
  }

  private static @Nullable Instant later(@Nullable Instant first, @Nullable Instant second) {
    if (first == null || second == null) {
      return first == null ? second : first;
    }
    return first.isAfter(second) ? first : second;
  }

  private static Instant firstSeen(io.fabric8.kubernetes.api.model.Event event, Instant otherwise) {
    Instant first = Times.parse(event.getFirstTimestamp());
    if (first == null && event.getEventTime() != null) {
      first = Times.parse(event.getEventTime().getTime());
    }
    return first == null ? otherwise : first;
  }

  private static int count(io.fabric8.kubernetes.api.model.Event event) {
    if (event.getSeries() != null && event.getSeries().getCount() != null) {
      return event.getSeries().getCount();
    }
    return event.getCount() == null || event.getCount() < 1 ? 1 : event.getCount();
  }

  private static String object(@Nullable ObjectReference reference) {
    if (reference == null) {
      return "";
    }
    String namespace = reference.getNamespace();
    return or(reference.getKind(), "")
        + "/"
        + (namespace == null || namespace.isEmpty() ? "" : namespace + "/")
        + or(reference.getName(), "");
  }

  private static String or(@Nullable String text, String otherwise) {
    return text == null ? otherwise : text;
  }
}
