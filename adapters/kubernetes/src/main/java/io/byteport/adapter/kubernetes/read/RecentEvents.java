package io.byteport.adapter.kubernetes.read;

import io.byteport.adapter.kubernetes.mapping.EventMapper;
import io.byteport.adapter.kubernetes.model.Event;
import io.byteport.adapter.kubernetes.model.EventType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the newest of the events that count, {@value #MOST} at most, however many come. Of one
 * thread.
 */
final class RecentEvents {
  static final int MOST = 1_000;
  private static final Comparator<Event> OLDEST_FIRST =
      Comparator.comparing(Event::at)
          .thenComparing(Event::firstAt)
          .thenComparing(Event::object)
          .thenComparing(Event::reason)
          .thenComparing(Event::message);

  private final Instant from;
  private final @Nullable EventType type;
  private final Queue<Event> kept = new PriorityQueue<>(OLDEST_FIRST);

  /**
   * @param from events last seen before do not count
   * @param type the only type that counts; null for both
   */
  RecentEvents(Instant from, @Nullable EventType type) {
    this.from = from;
    this.type = type;
  }

  void add(io.fabric8.kubernetes.api.model.Event event) {
    Event mapped = EventMapper.map(event);
    if (mapped.at().isBefore(from) || (type != null && mapped.type() != type)) {
      return;
    }
    kept.add(mapped);
    if (kept.size() > MOST) {
      kept.remove();
    }
  }

  List<Event> oldestFirst() {
    List<Event> events = new ArrayList<>(kept);
    events.sort(OLDEST_FIRST);
    return events;
  }
}
