package io.byteport.engine.journal;

import io.byteport.engine.guardrail.Claim;
import io.byteport.engine.guardrail.Standing;
import io.byteport.engine.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a ledger is meant to be, as lists and maps of one thread. */
final class LedgerModel {

  /**
   * @param trueAt when it was counted, by a clock that nobody sets
   * @param at what the ledger says
   */
  private record Unit(String intent, String key, Instant trueAt, Instant at) {}

  private final List<Unit> units = new ArrayList<>();
  private final Map<String, RunId> locks = new HashMap<>();

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

  /** How many units of a limit were counted less than its window ago, whatever clocks showed. */
  long trulyWithin(Claim.Limit limit, Instant trueNow) {
    return of(limit.key())
        .filter(unit -> Duration.between(unit.trueAt(), trueNow).compareTo(limit.window()) < 0)
        .count();
  }

  void takeLocks(RunId run, List<Claim> claims) {
    for (Claim claim : claims) {
      if (claim instanceof Claim.Lock lock) {
        locks.put(lock.key(), run);
      }
    }
  }

  void count(String intent, List<Claim> claims, Instant trueNow, Instant now) {
    Stream<String> keys =
        claims.stream().filter(Claim.Limit.class::isInstance).map(Claim::key).distinct();
    for (String key : keys.toList()) {
      Instant last = of(key).map(Unit::at).max(Instant::compareTo).orElse(now);
      units.add(new Unit(intent, key, trueNow, last.isAfter(now) ? last : now));
    }
  }

  void giveBack(String intent) {
    units.removeIf(unit -> unit.intent().equals(intent));
  }

  void free(RunId run) {
    locks.values().removeIf(run::equals);
  }
}
