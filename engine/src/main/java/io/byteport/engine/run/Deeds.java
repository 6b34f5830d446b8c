package io.byteport.engine.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run has done so far.
 *
 * @param steps by id, only those that were reached
 * @param started how often each step was begun
 * @param done in order; a step that ran twice stands there twice
 * @param planned in order
 * @param plannedUnits what a dry run would have used of each limit, by key
 * @param changedAt when the last change of the remediation was made; null before one
 * @param settledAt when its effect was complete; null before that
 * @param rollback none, done or failed
 */
record Deeds(
    Map<String, StepRecord> steps,
    Map<String, Integer> started,
    List<Deed> done,
    List<Deed> planned,
    Map<String, Integer> plannedUnits,
    @Nullable Instant changedAt,
    @Nullable Instant settledAt,
    String rollback) {
  static final Deeds NONE =
      new Deeds(Map.of(), Map.of(), List.of(), List.of(), Map.of(), null, null, "none");

  /** Whether the world is another one than before. */
  boolean changed() {
    return changedAt != null;
  }

  Deeds with(String step, StepRecord record) {
    return new Deeds(
        put(steps, step, record), started, done, planned, plannedUnits, changedAt, settledAt, rollback);
  }

  Deeds begun(String step) {
    return new Deeds(
        steps,
        put(started, step, started.getOrDefault(step, 0) + 1),
        done,
        planned,
        plannedUnits,
        changedAt,
        settledAt,
        rollback);
  }

  Deeds did(Deed deed) {
    return new Deeds(
        steps, started, add(done, deed), planned, plannedUnits, changedAt, settledAt, rollback);
  }

  Deeds planned(Deed deed) {
    return new Deeds(
        steps, started, done, add(planned, deed), plannedUnits, changedAt, settledAt, rollback);
  }

  Deeds plannedUnit(String key) {
    return new Deeds(
        steps,
        started,
        done,
        planned,
        put(plannedUnits, key, plannedUnits.getOrDefault(key, 0) + 1),
        changedAt,
        settledAt,
        rollback);
  }

  Deeds changed(Instant at) {
    return new Deeds(steps, started, done, planned, plannedUnits, at, settledAt, rollback);
  }

  Deeds settled(Instant at) {
    return new Deeds(steps, started, done, planned, plannedUnits, changedAt, at, rollback);
  }

  Deeds rolledBack(String how) {
    return new Deeds(steps, started, done, planned, plannedUnits, changedAt, settledAt, how);
  }

  private static <T> Map<String, T> put(Map<String, T> map, String key, T value) {
    Map<String, T> copy = new LinkedHashMap<>(map);
    copy.put(key, value);
    return Collections.unmodifiableMap(copy);
  }

  private static <T> List<T> add(List<T> list, T item) {
    List<T> copy = new ArrayList<>(list);
    copy.add(item);
    return Collections.unmodifiableList(copy);
  }
}
