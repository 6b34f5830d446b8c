package io.byteport.engine.journal;

import io.byteport.engine.guardrail.Claim;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.jspecify.annotations.Nullable;

/**
 * Whatever happens in whatever order, and whatever clocks are set to: no window ever holds more
 * than its limit, a unit is given back only where certainly nothing happened, a lock has one
 * holder, no scope has more runs that change something than it may, and all that the ledger says is
 * what a model of maps and lists says by the time that has truly passed.
 */
abstract class LedgerContract {
  static final List<String> KEYS = List.of("a", "b", "c");
  static final List<String> LOCKS = List.of("x", "y");
  static final List<String> SCOPES = List.of("s", "t");
  static final List<Duration> WINDOWS =
      List.of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofHours(1));

  private LedgerPlay.@Nullable Replicas replicas;
  private int plays;

  abstract LedgerPlay.Replicas fresh();

  /** A store that nobody shares. */
  static LedgerPlay.Replicas alone(SqlRunStore store, AtomicLong nanos) {
    return new LedgerPlay.Replicas() {
      @Override
      public AtomicLong nanos() {
        return nanos;
      }

      @Override
      public SqlRunStore working() {
        return store;
      }

      @Override
      public boolean canTakeOver() {
        return false;
      }

      @Override
      public SqlRunStore takeOver() {
        throw new IllegalStateException("there is no other process");
      }

      @Override
      public void close() {
        store.close();
      }
    };
  }

  @BeforeProperty
  void open() {
    replicas = fresh();
  }

  @AfterProperty
  void close() {
    opened().close();
  }

  private LedgerPlay.Replicas opened() {
    return Objects.requireNonNull(replicas);
  }

  final void play(List<LedgerMove> moves) {
    new LedgerPlay(opened(), "play-" + plays++ + "/").play(moves);
  }

  @Provide
  Arbitrary<List<LedgerMove>> moves() {
    Arbitrary<Integer> slots = Arbitraries.integers().between(0, 2);
    Arbitrary<List<Claim>> claims = claims();
    return Arbitraries.<LedgerMove>frequencyOf(
            Tuple.of(
                4,
                Combinators.combine(slots, Arbitraries.integers().between(0, 2))
                    .as(LedgerMove.Open::new)),
            Tuple.of(
                6,
                Combinators.combine(slots, claims, Arbitraries.of(false, true))
                    .as(LedgerMove.Check::new)),
            Tuple.of(8, Combinators.combine(slots, claims).as(LedgerMove.Reserve::new)),
            Tuple.of(
                4,
                Combinators.combine(slots, Arbitraries.of(LedgerMove.Ending.class))
                    .as(LedgerMove.Finish::new)),
            Tuple.of(1, slots.map(LedgerMove.Close::new)),
            Tuple.of(4, passes().map(LedgerMove.Pass::new)),
            Tuple.of(2, passes().map(LedgerMove.SetBack::new)),
            Tuple.of(2, passes().map(LedgerMove.SetForward::new)),
            Tuple.of(1, Arbitraries.create(LedgerMove.TakeOver::new)))
        .list()
        .ofMinSize(1)
        .ofMaxSize(60);
  }

  /** Databases keep microseconds, and a window ends to the microsecond. */
  private static Arbitrary<Duration> passes() {
    return Arbitraries.of(
        Duration.ofNanos(1_000),
        Duration.ofSeconds(1),
        Duration.ofSeconds(10).minusNanos(1_000),
        Duration.ofSeconds(10),
        Duration.ofSeconds(49),
        Duration.ofMinutes(1),
        Duration.ofMinutes(30),
        Duration.ofHours(2));
  }

  private static Arbitrary<List<Claim>> claims() {
    Arbitrary<String> keys = Arbitraries.of(KEYS);
    return Arbitraries.<Claim>frequencyOf(
            Tuple.of(
                5,
                Combinators.combine(
                        keys, Arbitraries.integers().between(0, 3), Arbitraries.of(WINDOWS))
                    .as((key, limit, window) -> new Claim.Limit("limit", key, limit, window))),
            Tuple.of(1, keys.map(Claim.Limit::tally)),
            Tuple.of(
                5,
                Combinators.combine(
                        Arbitraries.of(SCOPES),
                        Arbitraries.integers().between(1, 2),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.of(WINDOWS))
                    .as(Claim.Storm::new)),
            Tuple.of(
                4,
                Arbitraries.of(LOCKS)
                    .map(key -> new Claim.Lock("lock", key, Duration.ZERO, false))))
        .list()
        .ofMaxSize(4);
  }
}
