package io.byteport.engine.sim;

import io.byteport.dsl.model.Guardrail;
import io.byteport.dsl.model.Runbook;
import io.byteport.engine.guardrail.Claim;
import io.byteport.engine.guardrail.Standing;
import io.byteport.engine.run.IntentId;
import io.byteport.engine.run.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Limits and locks in memory, with a past that a fixture tells. Not safe for several threads. */
final class SimulatedLedger {
  private record Unit(IntentId intent, Instant at) {}

  private final Runbook runbook;
  private final Fixture fixture;
  private final Map<String, List<Unit>> units = new HashMap<>();
  private final Set<String> held = new HashSet<>();

  SimulatedLedger(Runbook runbook, Fixture fixture) {
    this.runbook = runbook;
    this.fixture = fixture;
  }

  List<Standing> check(List<Claim> claims, Instant now, boolean takeLocks) {
    List<Standing> standings = claims.stream().map(claim -> standing(claim, now)).toList();
    if (takeLocks
        && standings.stream()
            .filter(one -> one.claim() instanceof Claim.Lock)
            .allMatch(Standing::granted)) {
      take(claims);
    }
    return standings;
  }

  /** Counts an intent if every claim can be had. */
  List<Standing> reserve(IntentId intent, List<Claim> claims, Instant now) {
    List<Standing> standings = claims.stream().map(claim -> standing(claim, now)).toList();
    if (standings.stream().allMatch(Standing::granted)) {
      take(claims);
      Set<String> keys = new LinkedHashSet<>();
      claims.stream().filter(Claim.Limit.class::isInstance).forEach(claim -> keys.add(claim.key()));
      keys.forEach(
          key -> units.computeIfAbsent(key, none -> new ArrayList<>()).add(new Unit(intent, now)));
    }
    return standings;
  }

  /** Gives back what was counted for a change that certainly did not happen. */
  void release(IntentId intent) {
    units.values().forEach(list -> list.removeIf(unit -> unit.intent().equals(intent)));
  }

  private void take(List<Claim> claims) {
    claims.stream().filter(Claim.Lock.class::isInstance).forEach(claim -> held.add(claim.key()));
  }

  private Standing standing(Claim claim, Instant now) {
    return switch (claim) {
      case Claim.Limit limit -> limit(limit, now);
      case Claim.Lock lock -> lock(lock, now);
      // What is played is alone in the world.
      case Claim.Storm storm -> new Standing(storm, true, 0, List.of(), null, null);
    };
  }

  private Standing limit(Claim.Limit limit, Instant now) {
    List<Instant> history = new ArrayList<>();
    if (!limit.isTally()) {
      fixture.used().stream()
          .filter(used -> counts(used, limit))
          .map(Fixture.Used::at)
          .forEach(history::add);
      units.getOrDefault(limit.key(), List.of()).forEach(unit -> history.add(unit.at()));
    }
    List<Instant> recent =
        history.stream().filter(at -> at.isAfter(now.minus(limit.window()))).sorted().toList();
    boolean granted = recent.size() < limit.limit();
    Instant freeAt =
        granted || recent.isEmpty()
            ? null
            : recent
                .get(Math.max(0, recent.size() - Math.max(1, limit.limit())))
                .plus(limit.window());
    return new Standing(limit, granted, recent.size(), recent, null, freeAt);
  }

  private boolean counts(Fixture.Used used, Claim.Limit limit) {
    Guardrail guardrail = runbook.guardrails().get(limit.guardrail());
    boolean guards =
        guardrail != null
            && (guardrail.guards().isEmpty()
                || guardrail.guards().stream().anyMatch(id -> used.names().contains(id.name())));
    boolean everywhere = limit.key().startsWith("action/") || limit.key().startsWith("shared/");
    return guards
        && (everywhere || !used.elsewhere())
        && (used.values().isEmpty() || used.values().containsAll(values(limit.key())));
  }

  /** The printed values in a key. */
  private static List<String> values(String key) {
    int from = key.indexOf('?');
    return from < 0 ? List.of() : List.of(key.substring(from + 1).split("&", -1));
  }

  private Standing lock(Claim.Lock lock, Instant now) {
    if (held.contains(lock.key())) {
      return new Standing(lock, true, 0, List.of(), null, null);
    }
    for (Fixture.Locked locked : fixture.locked()) {
      String name = "lock/" + locked.lock();
      boolean same =
          locked.per().isEmpty()
              ? lock.key().equals(name) || lock.key().startsWith(name + "?")
              : lock.key().equals(name + "?" + String.join("&", locked.per()));
      boolean still = locked.until() == null || now.isBefore(locked.until());
      if (same && still) {
        return new Standing(lock, false, 0, List.of(), new RunId(locked.by()), null);
      }
    }
    return new Standing(lock, true, 0, List.of(), null, null);
  }
}
