package io.byteport.engine.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of alerts that fire, so that one that is known costs no write. What is not
 * here may fire all the same. Safe for several threads; {@link #remember} and {@link #forget} by
 * one at a time.
 */
final class FiringView {
  /** How many alerts of one source are remembered; about 20 MB. */
  static final int MOST = 100_000;

  private final int most;
  private final Map<String, Remembered> sources = new ConcurrentHashMap<>();

  /** Counted, and not written down yet. */
  private final Map<EpisodeId, Repeats> counts = new ConcurrentHashMap<>();

  FiringView(int most) {
    this.most = most;
  }

  private static final class Remembered {
    final Map<String, Heard> firing = new ConcurrentHashMap<>();
    volatile long version = -1;
    volatile @Nullable String cursor;
  }

  private record Heard(EpisodeId id, Instant at) {}

  private record Repeats(long more, Instant at) {}

  /** The version of a source that this goes with; -1 where nothing is known. */
  long version(String source) {
    Remembered known = sources.get(source);
    return known == null ? -1 : known.version;
  }

  /** Whether a cursor is the one that was noted last. */
  boolean isNoted(String source, String cursor) {
    Remembered known = sources.get(source);
    return known != null && cursor.equals(known.cursor);
  }

  /**
   * Counts an alert that is known to fire.
   *
   * @param since one that was not heard of since is not known
   * @return false where it is not known to fire
   */
  boolean count(String source, String alert, Instant at, Instant since) {
    Remembered known = sources.get(source);
    Heard heard = known == null ? null : known.firing.get(alert);
    if (known == null || heard == null || heard.at().isBefore(since)) {
      return false;
    }
    count(heard.id(), at);
    known.firing.computeIfPresent(
        alert, (same, before) -> before.at().isBefore(at) ? new Heard(before.id(), at) : before);
    return true;
  }

  void count(EpisodeId id, Instant at) {
    counts.merge(
        id, new Repeats(1, at), (one, other) -> new Repeats(one.more() + other.more(), other.at()));
  }

  /** When an alert was heard of last, where that is remembered. */
  @Nullable Instant heardAt(String source, String alert) {
    Remembered known = sources.get(source);
    Heard heard = known == null ? null : known.firing.get(alert);
    return heard == null ? null : heard.at();
  }

  /** Alerts that are about to end. */
  void forget(String source, List<EpisodeId> ended) {
    Remembered known = sources.get(source);
    if (known != null) {
      ended.forEach(id -> known.firing.remove(id.alert()));
    }
  }

  /** What fires has changed in a way that was not seen here. */
  void forget(String source) {
    sources.remove(source);
  }

  /** Alerts that fire, as of a version of their source. */
  void remember(String source, long version, Map<EpisodeId, Instant> firing) {
    Remembered known = sources.computeIfAbsent(source, none -> new Remembered());
    if (known.firing.size() + firing.size() > most) {
      known.firing.clear();
    }
    firing.forEach(
        (id, at) -> {
          if (known.firing.size() < most) {
            known.firing.put(id.alert(), new Heard(id, at));
          }
        });
    known.version = version;
  }

  void note(String source, String cursor) {
    sources.computeIfAbsent(source, none -> new Remembered()).cursor = cursor;
  }

  /** Takes out what was counted. */
  List<AlertStore.Repeats> counted() {
    List<AlertStore.Repeats> taken = new ArrayList<>();
    for (EpisodeId id : List.copyOf(counts.keySet())) {
      Repeats repeats = counts.remove(id);
      if (repeats != null) {
        taken.add(new AlertStore.Repeats(id, repeats.more(), repeats.at()));
      }
    }
    return List.copyOf(taken);
  }

  /** Puts back what could not be written down. */
  void uncounted(List<AlertStore.Repeats> repeats) {
    repeats.forEach(
        one ->
            counts.merge(
                one.id(),
                new Repeats(one.more(), one.heardAt()),
                (newer, older) -> new Repeats(newer.more() + older.more(), newer.at())));
  }

  int size() {
    return sources.values().stream().mapToInt(one -> one.firing.size()).sum();
  }
}
