package io.byteport.engine.journal;

import io.byteport.engine.guardrail.Claim;
import io.byteport.engine.guardrail.Standing;
import io.byteport.engine.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What a ledger is meant to be, as lists and maps of one thread, by a clock that nobody sets. */
final class LedgerModel {

  private record Unit(String intent, RunId run, String key, Instant at) {}

  private final List<Unit> units = new ArrayList<>();
  private final Map<String, RunId> locks = new HashMap<>();
  private final Map<String, Set<RunId>> places = new HashMap<>();

  List<Standing> standings(RunId run, List<Claim> claims, Instant now) {
    return claims.stream().map(claim -> standing(run, claim, now)).toList();
  }

  private Standing standing(RunId run, Claim claim, Instant now) {
    return switch (claim) {
      case Claim.Lock lock -> {
        RunId holder = locks.get(lock.key());
        boolean free = holder == null || holder.equals(run);
        yield new Standing(lock, free, 0, List.of(), free ? null : holder, null);
      }
      case Claim.Limit limit when limit.isTally() ->
          new Standing(limit, true, 0, List.of(), null, null);
      case Claim.Limit limit -> {
        List<Instant> history = within(limit, now);
        boolean room = history.size() < limit.limit();
        // Room comes only when a unit leaves the window, so those moments are all there are.
        Instant freeAt =
            room
                ? null
                : history.stream()
                    .map(at -> at.plus(limit.window()))
                    .filter(later -> within(limit, later).size() < limit.limit())
                    .findFirst()
                    .orElse(null);
        yield new Standing(limit, room, history.size(), history, null, freeAt);
      }
      case Claim.Storm storm -> {
        long changing = changing(storm, run);
        List<Instant> history = changed(storm, run, now);
        boolean full = history.size() >= storm.within();
        boolean granted = hasPlace(storm, run) || (changing < storm.atOnce() && !full);
        Instant freeAt =
            granted || !full
                ? null
                : history.stream()
                    .map(at -> at.plus(storm.window()))
                    .filter(later -> changed(storm, run, later).size() < storm.within())
                    .findFirst()
                    .orElse(null);
        yield new Standing(storm, granted, (int) changing, history, null, freeAt);
      }
    };
  }

  private List<Instant> within(Claim.Limit limit, Instant now) {
    return of(limit.key())
        .map(Unit::at)
        .filter(at -> Duration.between(at, now).compareTo(limit.window()) < 0)
        .sorted()
        .toList();
  }

  private Stream<Unit> of(String key) {
    return units.stream().filter(unit -> unit.key().equals(key));
  }

  boolean hasPlace(Claim.Storm storm, RunId run) {
    return places.getOrDefault(storm.key(), Set.of()).contains(run);
  }

  /** How many other runs are open and have changed something in a scope. */
  long changing(Claim.Storm storm, RunId run) {
    return places.getOrDefault(storm.key(), Set.of()).stream()
        .filter(other -> !other.equals(run))
        .count();
  }

  /** When each other run last changed something in a scope, less than its window ago. */
  List<Instant> changed(Claim.Storm storm, RunId run, Instant now) {
    Map<RunId, Instant> last = new HashMap<>();
    of(storm.key())
        .filter(unit -> !unit.run().equals(run))
        .forEach(unit -> last.merge(unit.run(), unit.at(), (a, b) -> a.isBefore(b) ? b : a));
    return last.values().stream()
        .filter(at -> Duration.between(at, now).compareTo(storm.window()) < 0)
        .sorted()
        .toList();
  }

  void takeLocks(RunId run, List<Claim> claims) {
    for (Claim claim : claims) {
      if (claim instanceof Claim.Lock lock) {
        locks.put(lock.key(), run);
      }
    }
  }

  void count(String intent, RunId run, List<Claim> claims, Instant now) {
    for (Claim claim : claims) {
      if (claim instanceof Claim.Storm storm) {
        places.computeIfAbsent(storm.key(), none -> new HashSet<>()).add(run);
      }
    }
    claims.stream()
        .filter(claim -> !(claim instanceof Claim.Lock))
        .map(Claim::key)
        .distinct()
        .forEach(key -> units.add(new Unit(intent, run, key, now)));
  }

  void giveBack(String intent) {
    List<Unit> given = units.stream().filter(unit -> unit.intent().equals(intent)).toList();
    units.removeAll(given);
    for (Unit unit : given) {
      if (of(unit.key()).noneMatch(other -> other.run().equals(unit.run()))) {
        places.getOrDefault(unit.key(), new HashSet<>()).remove(unit.run());
      }
    }
  }

  void free(RunId run) {
    locks.values().removeIf(run::equals);
    places.values().forEach(runs -> runs.remove(run));
  }
}
