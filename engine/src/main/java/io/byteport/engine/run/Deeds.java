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
 * @param intents how many changes and proposals were about to be made
 * @param changedAt when the last change of the remediation was made; null before one
 * @param settledAt when its effect was complete; null before that
 * @param rollback none, done or failed
 * @param left commands with which a human goes on, at the end of a run that could not
 */
record Deeds(
    Map<String, StepRecord> steps,
    Map<String, Integer> started,
    List<Deed> done,
    List<Deed> planned,
    Map<String, Integer> plannedUnits,
    int intents,
    @Nullable Instant changedAt,
    @Nullable Instant settledAt,
    String rollback,
    List<String> left) {
  static final Deeds NONE =
      new Deeds(
          Map.of(), Map.of(), List.of(), List.of(), Map.of(), 0, null, null, "none", List.of());

  /** Whether the world is another one than before. */
  boolean changed() {
    return changedAt != null;
  }

  Deeds with(String step, StepRecord record) {
    return new Deeds(
        put(steps, step, record),
        started,
        done,
        planned,
        plannedUnits,
        intents,
        changedAt,
        settledAt,
        rollback,
        left);
  }

  Deeds begun(String step) {
    return new Deeds(
        steps,
        put(started, step, started.getOrDefault(step, 0) + 1),
        done,
        planned,
        plannedUnits,
        intents,
        changedAt,
        settledAt,
        rollback,
        left);
  }

  Deeds did(Deed deed) {
    return new Deeds(
        steps,
        started,
        add(done, deed),
        planned,
        plannedUnits,
        intents,
        changedAt,
        settledAt,
        rollback,
        left);
  }

  Deeds planned(Deed deed) {
    return new Deeds(
        steps,
        started,
        done,
        add(planned, deed),
        plannedUnits,
        intents,
        changedAt,
        settledAt,
        rollback,
        left);
  }

  Deeds plannedUnit(String key) {
    return new Deeds(
        steps,
        started,
        done,
        planned,
        put(plannedUnits, key, plannedUnits.getOrDefault(key, 0) + 1),
        intents,
        changedAt,
        settledAt,
        rollback,
        left);
  }

  Deeds intended() {
    return new Deeds(
        steps,
        started,
        done,
        planned,
        plannedUnits,
        intents + 1,
        changedAt,
        settledAt,
        rollback,
        left);
  }

  Deeds changed(Instant at) {
    return new Deeds(
        steps, started, done, planned, plannedUnits, intents, at, settledAt, rollback, left);
  }

  Deeds settled(Instant at) {
    return new Deeds(
        steps, started, done, planned, plannedUnits, intents, changedAt, at, rollback, left);
  }

  Deeds rolledBack(String how) {
    return new Deeds(
        steps, started, done, planned, plannedUnits, intents, changedAt, settledAt, how, left);
  }

  Deeds left(List<String> commands) {
    return new Deeds(
        steps,
        started,
        done,
        planned,
        plannedUnits,
        intents,
        changedAt,
        settledAt,
        rollback,
        commands);
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
