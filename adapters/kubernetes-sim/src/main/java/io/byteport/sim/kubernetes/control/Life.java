package io.byteport.sim.kubernetes.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.byteport.sim.kubernetes.scenario.Fault;
import io.byteport.sim.kubernetes.store.Json;
import io.byteport.sim.kubernetes.store.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of one run of a container: a pure function of when it started, what it asks for and
 * what is wrong with it.
 */
final class Life {
  private static final Duration USUAL_START = Duration.ofSeconds(2);
  private static final int USUAL_THRESHOLD = 3;

  private final Instant startedAt;
  private final JsonNode container;
  private final Optional<Exit> exit;
  private final Instant servesAt;
  private final Instant startupDone;

  /** What may happen to a running container, in the order in which it does when at once. */
  enum Happening {
    SERVING,
    STARTUP_PROBE_FAILED,
    STARTED,
    READINESS_PROBE_FAILED,
    READY,
    LIVENESS_PROBE_FAILED,
    STARTUP_KILL,
    LIVENESS_KILL,
    EXIT
  }

  record Due(Instant at, Happening what) {}

  /** How a run ends by itself. */
  record Exit(Instant at, int code, String reason, String log) {}

  private Life(Instant startedAt, JsonNode container, Optional<Exit> exit, Instant servesAt) {
    this.startedAt = startedAt;
    this.container = container;
    this.exit = exit;
    this.servesAt = servesAt;
    this.startupDone =
        container.has("startupProbe") ? firstSuccess(probe("startupProbe")) : startedAt;
  }

  static Life of(
      Instant startedAt, JsonNode container, List<FaultBook.Active> faults, FaultBook book) {
    Optional<Exit> exit = Optional.empty();
    Instant servesAt = startedAt.plus(USUAL_START);
    boolean doomed = false;
    for (FaultBook.Active active : faults) {
      boolean fromStart = !active.since().isAfter(startedAt);
      Instant from = fromStart ? startedAt : active.since();
      Optional<Exit> end = exit(active.fault(), from, container, book);
      if (end.isPresent() && exit.map(e -> end.get().at().isBefore(e.at())).orElse(true)) {
        exit = end;
        doomed = fromStart && !(active.fault() instanceof Fault.Crash);
      }
      if (active.fault() instanceof Fault.SlowStart slow && fromStart) {
        servesAt = startedAt.plus(slow.startsAfter());
      }
    }
    return new Life(startedAt, container, exit, doomed ? Instant.MAX : servesAt);
  }

  /** That of an init container: what nothing is wrong with ends well after a short while. */
  static Life ofInitial(
      Instant startedAt, JsonNode container, List<FaultBook.Active> faults, FaultBook book) {
    Life life = of(startedAt, container, faults, book);
    Optional<Exit> exit =
        life.exit.or(() -> Optional.of(new Exit(life.servesAt, 0, "Completed", "done")));
    return new Life(startedAt, container, exit, Instant.MAX);
  }

  private static Optional<Exit> exit(
      Fault fault, Instant from, JsonNode container, FaultBook book) {
    return switch (fault) {
      case Fault.OutOfMemory oom -> {
        String limit = Json.text(container, "resources", "limits", "memory");
        boolean enough = limit.isEmpty() || Quantity.parse(limit).longValue() >= oom.belowBytes();
        yield enough
            ? Optional.empty()
            : Optional.of(new Exit(from.plus(oom.after()), 137, "OOMKilled", oom.log()));
      }
      case Fault.Dependency d ->
          book.answers(d.host(), d.port(), from)
              ? Optional.empty()
              : Optional.of(new Exit(from.plus(d.after()), 1, "Error", d.log()));
      case Fault.Crash crash ->
          Optional.of(
              new Exit(
                  from.plus(crash.after()),
                  crash.exitCode(),
                  crash.exitCode() == 0 ? "Completed" : "Error",
                  crash.log()));
      case Fault.BadImage bad -> Optional.empty();
      case Fault.SlowStart slow -> Optional.empty();
    };
  }

  Optional<Exit> exit() {
    return exit;
  }

  /** Everything that happens at the earliest instant after {@code after}; empty if nothing will. */
  List<Due> next(Instant after) {
    List<Due> all = new ArrayList<>();
    offer(all, after, servesAt, Happening.SERVING);
    exit.ifPresent(e -> offer(all, after, e.at(), Happening.EXIT));
    if (container.has("startupProbe")) {
      offer(all, after, startupDone, Happening.STARTED);
      failures(
          all,
          after,
          "startupProbe",
          startedAt,
          Happening.STARTUP_PROBE_FAILED,
          Happening.STARTUP_KILL);
    }
    if (container.has("livenessProbe")) {
      failures(
          all,
          after,
          "livenessProbe",
          startupDone,
          Happening.LIVENESS_PROBE_FAILED,
          Happening.LIVENESS_KILL);
    }
    if (container.has("readinessProbe")) {
      Probe probe = probe("readinessProbe");
      Instant failing = probe.after(later(after, startupDone));
      if (failing.isBefore(servesAt)) {
        offer(all, after, failing, Happening.READINESS_PROBE_FAILED);
      }
      offer(all, after, firstSuccess(probe), Happening.READY);
    } else {
      offer(all, after, startupDone, Happening.READY);
    }
    Instant first = all.stream().map(Due::at).min(Instant::compareTo).orElse(Instant.MAX);
    return all.stream()
        .filter(d -> d.at().equals(first))
        .sorted((a, b) -> a.what().compareTo(b.what()))
        .toList();
  }

  private void failures(
      List<Due> all, Instant after, String name, Instant from, Happening failure, Happening kill) {
    Probe probe = probe(name);
    Instant failing = probe.after(later(after, from));
    if (from.equals(Instant.MAX) || !failing.isBefore(servesAt)) {
      return;
    }
    offer(all, after, failing, failure);
    if (probe.countBetween(from, failing) >= probe.threshold) {
      offer(all, after, failing, kill);
    }
  }

  private Instant firstSuccess(Probe probe) {
    if (servesAt.equals(Instant.MAX)) {
      return Instant.MAX;
    }
    Instant from = probe.isStartup ? servesAt : later(servesAt, startupDone);
    return from.equals(Instant.MAX) ? from : probe.after(from.minusNanos(1));
  }

  private static void offer(List<Due> all, Instant after, Instant at, Happening what) {
    if (at.isAfter(after) && !at.equals(Instant.MAX)) {
      all.add(new Due(at, what));
    }
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private Probe probe(String name) {
    JsonNode probe = container.path(name);
    return new Probe(
        startedAt.plusSeconds(Math.max(1, Json.integer(probe, 0, "initialDelaySeconds"))),
        Duration.ofSeconds(Math.max(1, Json.integer(probe, 10, "periodSeconds"))),
        Math.max(1, Json.integer(probe, USUAL_THRESHOLD, "failureThreshold")),
        name.equals("startupProbe"));
  }

  private record Probe(Instant first, Duration period, int threshold, boolean isStartup) {
    /** The first probing after an instant. */
    Instant after(Instant instant) {
      if (instant.equals(Instant.MAX) || instant.isBefore(first)) {
        return instant.equals(Instant.MAX) ? instant : first;
      }
      return first.plus(
          period.multipliedBy(Duration.between(first, instant).dividedBy(period) + 1));
    }

    /** How many probings lie after {@code from}, up to and with {@code to}. */
    long countBetween(Instant from, Instant to) {
      return Duration.between(after(from), to).dividedBy(period) + 1;
    }
  }
}
