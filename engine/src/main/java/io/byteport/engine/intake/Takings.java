package io.byteport.engine.intake;

import io.byteport.engine.journal.FencedException;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.source.Alert;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what sources said, several at once in one transaction. Used by one thread at a time,
 * but for {@link #lapse}.
 */
final class Takings {
  private final AlertStore alerts;
  private final FiringView view;
  private final Naming naming;
  private final InstantSource clock;
  private final Runnable due;

  Takings(AlertStore alerts, FiringView view, Naming naming, InstantSource clock, Runnable due) {
    this.alerts = alerts;
    this.view = view;
    this.naming = naming;
    this.clock = clock;
    this.due = due;
  }

  /** One result for each, in order. Where all together fail, each is tried by itself. */
  List<Turns.Result<Taken>> take(List<Told> told) {
    try {
      return together(told);
    } catch (RuntimeException e) {
      if (told.size() == 1) {
        return List.of(new Turns.Result<>(null, e));
      }
    }
    List<Turns.Result<Taken>> results = new ArrayList<>();
    for (Told one : told) {
      results.addAll(take(List.of(one)));
    }
    return results;
  }

  private List<Turns.Result<Taken>> together(List<Told> told) {
    Set<String> sources = new TreeSet<>();
    told.forEach(one -> sources.add(one.source()));
    Batch batch = alerts.change(sources, writes -> new Batch(writes, told));
    batch.remember();
    if (batch.isDue()) {
      due.run();
    }
    return batch.results;
  }

  /** Ends what was not heard of for longer than its source's alerts may be silent. */
  void lapse(List<SourceState> sources, Function<String, SourceRules> rules) {
    Instant now = clock.instant();
    for (SourceState source : sources) {
      SourceRules held = rules.apply(source.name());
      if (source.firing() > 0 && !held.silence().isZero()) {
        int lapsed =
            alerts.change(
                Set.of(source.name()),
                writes -> writes.lapse(source.name(), now.minus(held.silence()), now));
        if (lapsed > 0) {
          view.forget(source.name());
        }
      }
    }
  }

  /** What one transaction does. Nothing is remembered before it is on disk. */
  private final class Batch {
    private final AlertWrites writes;
    private final Instant now = clock.instant();
    private final Map<String, Known> latest;
    private final List<Begun> begun = new ArrayList<>();
    private final Map<String, Set<EpisodeId>> ended = new LinkedHashMap<>();
    private final Map<String, Map<EpisodeId, Instant>> firing = new LinkedHashMap<>();
    private final List<EpisodeId> repeated = new ArrayList<>();
    private final Map<String, String> cursors = new HashMap<>();
    private final Map<String, Long> before = new HashMap<>();
    private final Map<String, Long> after = new HashMap<>();
    final List<Turns.Result<Taken>> results = new ArrayList<>();

    Batch(AlertWrites writes, List<Told> told) {
      this.writes = writes;
      Set<String> names = new LinkedHashSet<>();
      for (Told one : told) {
        before.putIfAbsent(one.source(), writes.version(one.source()));
        one.items().forEach(item -> names.add(item.alert()));
      }
      this.latest = new HashMap<>(writes.latest(names));
      told.forEach(one -> results.add(judged(one)));
      writes.begin(begun);
      ended.forEach(
          (source, episodes) -> {
            view.forget(source, List.copyOf(episodes));
            writes.end(source, List.copyOf(episodes), now);
          });
      cursors.forEach(writes::bookmark);
      before.keySet().forEach(source -> after.put(source, writes.version(source)));
    }

    boolean isDue() {
      return begun.stream().anyMatch(one -> one.recorded() == null);
    }

    private Turns.Result<Taken> judged(Told told) {
      if (told.answer() != null && !writes.polls(told.source())) {
        return new Turns.Result<>(
            null, new FencedException("another process polls `" + told.source() + "` by now"));
      }
      Taken taken = Taken.NOTHING;
      for (Told.Item item : told.items()) {
        taken =
            taken.plus(item.name() == null ? ended(told, item) : fires(told, item, item.name()));
      }
      Told.Answer answer = told.answer();
      if (answer != null && answer.fires() != null) {
        taken = taken.plus(missing(told, answer, answer.fires()));
      }
      if (answer != null && answer.cursor() != null) {
        cursors.put(told.source(), answer.cursor());
      }
      return new Turns.Result<>(taken, null);
    }

    private Taken fires(Told told, Told.Item item, Naming.Name name) {
      Known known = latest.get(item.alert());
      if (known != null && known.firing()) {
        repeated.add(known.id());
        firing(told.source(), known.id());
        return new Taken(0, 1, 0, 0);
      }
      EpisodeId id = known == null ? new EpisodeId(item.alert(), 1) : known.id().next();
      begin(id, told.source(), item.said().title(), name, null);
      firing(told.source(), id);
      latest.put(
          item.alert(),
          new Known(id, true, now, name.recorded() == null, name.signal(), item.said().title()));
      return new Taken(1, 0, 0, 0);
    }

    private void begin(
        EpisodeId id, String source, String title, Naming.Name name, @Nullable Instant endedAt) {
      begun.add(
          new Begun(
              id, source, title, name.signal(), now, endedAt, name.escalates(), name.recorded()));
    }

    private void firing(String source, EpisodeId id) {
      firing.computeIfAbsent(source, none -> new LinkedHashMap<>()).put(id, now);
    }

    private Taken ended(Told told, Told.Item item) {
      Known known = latest.get(item.alert());
      if (known == null || !known.firing()) {
        return new Taken(0, 0, 0, 1);
      }
      end(told, known, item.said());
      return new Taken(0, 0, 1, 0);
    }

    private void end(Told told, Known known, Alert said) {
      EpisodeId id = known.id();
      ended.computeIfAbsent(told.source(), none -> new LinkedHashSet<>()).add(id);
      firing.computeIfAbsent(told.source(), none -> new LinkedHashMap<>()).remove(id);
      latest.put(
          id.alert(),
          new Known(id, false, known.heardAt(), known.named(), known.signal(), known.title()));
      if (told.rules().emitResolved() && known.named()) {
        EpisodeId end = new EpisodeId(EpisodeId.alert("the end of", id.alert()), id.number());
        begin(end, told.source(), known.title(), naming.end(said, known, told.rules(), now), now);
      }
    }

    /** What fired before and is not among what fires now. */
    private Taken missing(Told told, Told.Answer answer, Set<String> fires) {
      int count = 0;
      for (Known known : writes.firing(told.source())) {
        Known current = latest.getOrDefault(known.id().alert(), known);
        if (current.firing()
            && current.id().equals(known.id())
            && !fires.contains(known.id().alert())
            && !heardAt(told.source(), known).isAfter(answer.asked())) {
          end(told, known, resolved(known));
          count++;
        }
      }
      return new Taken(0, 0, count, 0);
    }

    private Instant heardAt(String source, Known known) {
      Instant remembered = view.heardAt(source, known.id().alert());
      return remembered == null || remembered.isBefore(known.heardAt())
          ? known.heardAt()
          : remembered;
    }

    void remember() {
      before.forEach(
          (source, version) -> {
            if (view.version(source) != version) {
              view.forget(source);
            }
            view.remember(
                source, after.getOrDefault(source, version), firing.getOrDefault(source, Map.of()));
          });
      repeated.forEach(id -> view.count(id, now));
      cursors.forEach(view::note);
    }
  }

  /** What a source would have said, had it said that an alert is over. */
  private static Alert resolved(Known known) {
    Signal was = known.signal();
    return new Alert(
        was.type(),
        known.title(),
        was.severity(),
        Signal.Status.RESOLVED,
        was.labels(),
        was.startedAt(),
        was.value(),
        was.fingerprint(),
        was.link());
  }
}
