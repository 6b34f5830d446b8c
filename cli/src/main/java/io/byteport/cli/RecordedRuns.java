package io.byteport.cli;

import io.byteport.engine.journal.RunStore;
import io.byteport.engine.journal.RunSummary;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.RunId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Finds runs in the journals that a command looks into. */
record RecordedRuns(StateOptions state) {

  /**
   * All entries of a run, in order.
   *
   * @param id the beginning of its id if that is enough; null for the newest
   * @throws UsageException if there is none, or several begin so
   */
  List<JournalEntry> entries(@Nullable String id) {
    return read(id, RunStore::entries);
  }

  /**
   * Looks a run up, and what is wanted of it.
   *
   * @param id as above
   * @throws UsageException as above
   */
  <T> T read(@Nullable String id, BiFunction<RunStore, RunId, T> what) {
    for (StatePlace place : byNewest()) {
      try (RunStore store = place.open()) {
        Optional<RunId> run = find(store, id);
        if (run.isPresent()) {
          return what.apply(store, run.get());
        }
      }
    }
    throw new UsageException(
        id == null
            ? "no runs in " + state.place() + " yet; `byteport demo` makes some"
            : "no run `"
                + id
                + "` in "
                + state.place()
                + "; `byteport runs` lists them, --state PLACE names another journal");
  }

  private List<StatePlace> byNewest() {
    Map<StatePlace, Instant> newest = new LinkedHashMap<>();
    for (StatePlace place : state.existing()) {
      try (RunStore store = place.open()) {
        store.runs(1).forEach(run -> newest.put(place, run.openedAt()));
      }
    }
    return newest.entrySet().stream()
        .sorted(Map.Entry.<StatePlace, Instant>comparingByValue().reversed())
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Optional<RunId> find(RunStore store, @Nullable String wanted) {
    if (wanted == null) {
      return store.runs(1).stream().findFirst().map(RunSummary::id);
    }
    List<RunId> fitting =
        store.runs(Integer.MAX_VALUE).stream()
            .map(RunSummary::id)
            .filter(run -> run.value().startsWith(wanted))
            .toList();
    if (fitting.size() > 1 && !fitting.contains(new RunId(wanted))) {
      throw new UsageException(
          "`" + wanted + "` is the beginning of " + fitting.size() + " runs; give more of the id");
    }
    return fitting.contains(new RunId(wanted))
        ? Optional.of(new RunId(wanted))
        : fitting.stream().findFirst();
  }
}
