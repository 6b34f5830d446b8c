package io.byteport.engine.run;

import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.model.Guardrail;
import io.byteport.dsl.model.Runbook;
import io.byteport.engine.guardrail.Claim;
import io.byteport.engine.guardrail.Ruling;
import io.byteport.engine.guardrail.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The preflight: before the first change, everything that can already be decided is. Locks are
 * taken, limits looked at, requirements and what is forbidden judged.
 */
final class Clear {
  static final Duration LOCK_POLL = Duration.ofSeconds(5);

  private final Turn turn;

  Clear(Turn turn) {
    this.turn = turn;
  }

  void go(Frame.Clearing frame, @Nullable Event event) {
    switch (event) {
      case Event.GuardrailsChecked checked -> judge(frame, checked.standings());
      case null, default -> look(frame);
    }
  }

  /** What is known without the ledger, and what it must be asked. */
  private void look(Frame.Clearing frame) {
    List<Prospect.Likely> likely = likely(new Prospect(turn));
    if (likely.isEmpty()) {
      turn.pop(Outcome.WENT);
      return;
    }
    List<Ruling> rulings = rulings();
    List<Claim> claims = claims(likely, rulings);
    boolean refused = rulings.stream().anyMatch(Clear::stops);
    if (claims.isEmpty()) {
      decide(rulings, null, List.of());
    } else {
      turn.replace(new Frame.Clearing(claims, frame.waitingSince()));
      turn.want(new Command.CheckGuardrails(claims, turn.state().live() && !refused));
    }
  }

  private List<Prospect.Likely> likely(Prospect prospect) {
    Decision decision = turn.state().decision();
    Runbook.Remediation remediation =
        decision == null ? null : turn.program().runbook().remediate().get(decision.classId());
    return remediation == null ? List.of() : prospect.of(remediation);
  }

  private static boolean stops(Ruling ruling) {
    return !ruling.allowed() && ruling.guardrail().then() == Guardrail.Then.ESCALATE;
  }

  /** All local verdicts, one for each guardrail and outcome. */
  private List<Ruling> rulings() {
    Prospect prospect = new Prospect(turn);
    List<Prospect.Likely> likely = likely(prospect);
    Rulings judge = new Rulings(turn, true);
    List<Ruling> all = new ArrayList<>();
    Decision decision = turn.state().decision();
    if (decision != null) {
      all.addAll(judge.ofEntry(decision.classId()));
    }
    all.addAll(prospect.entries());
    for (Prospect.Likely one : likely) {
      List<Ruling> rulings =
          judge.of(one.act(), one.action(), one.lineage(), one.locals()).stream()
              .filter(ruling -> !overtaken(ruling, one.stale()))
              .toList();
      // protected items are left out one by one, when their turn comes
      rulings.stream()
          .filter(ruling -> !(ruling.protectsItem() && one.act().forEach() != null))
          .forEach(all::add);
    }
    return all;
  }

  /** Whether earlier steps read again what this refusal rests on. */
  private boolean overtaken(Ruling ruling, Set<String> stale) {
    Expr condition =
        switch (ruling.guardrail().rule()) {
          case Guardrail.Require require -> require.condition();
          case Guardrail.Protect protect -> protect.condition();
          default -> null;
        };
    return condition != null
        && turn.program().graph().reached(List.of(condition)).stream().anyMatch(stale::contains);
  }

  private List<Claim> claims(List<Prospect.Likely> likely, List<Ruling> rulings) {
    Rulings judge = new Rulings(turn, true);
    Claims claims = new Claims(turn, true);
    Set<Claim> all = new LinkedHashSet<>();
    for (Prospect.Likely one : likely) {
      List<Ruling> local = judge.of(one.act(), one.action(), one.lineage(), one.locals());
      boolean leftOut =
          judge
              .speaking(local)
              .map(ruling -> ruling.guardrail().then() == Guardrail.Then.SKIP)
              .orElse(false);
      if (!leftOut) {
        Claims.Wanted wanted =
            claims.of(judge.about(one.act(), one.action(), one.lineage()), one.locals());
        all.addAll(wanted.claims());
        all.addAll(new Allowance(turn).claims(one.action().name()));
        rulings.addAll(wanted.refusals());
      }
    }
    return List.copyOf(all);
  }

  private void judge(Frame.Clearing frame, List<Standing> standings) {
    List<Ruling> rulings = rulings();
    Rulings judge = new Rulings(turn, true);
    Standing busy = null;
    boolean onlyLocks = rulings.stream().noneMatch(Clear::stops);
    for (Standing standing : standings) {
      Guardrail guardrail = turn.program().runbook().guardrails().get(standing.claim().guardrail());
      if (guardrail == null) {
        continue;
      }
      String id = guardrail.id().name();
      turn.become(turn.state().with(id, turn.state().guardrail(id).seen(standing)));
      Ruling ruling = judge.of(guardrail, standing, Locals.NONE);
      rulings.add(ruling);
      if (!ruling.allowed()) {
        boolean waits =
            standing.claim() instanceof Claim.Lock lock && !lock.join() && !lock.waitFor().isZero();
        onlyLocks &= waits;
        busy = busy == null ? standing : busy;
      }
    }
    onlyLocks &= standings.stream().noneMatch(Clear::isUsedUp);
    if (busy != null && onlyLocks && busy.claim() instanceof Claim.Lock lock) {
      Instant since = frame.waitingSince() == null ? turn.now() : frame.waitingSince();
      if (turn.now().isBefore(since.plus(lock.waitFor()))) {
        turn.replace(new Frame.Clearing(frame.claims(), since));
        turn.want(
            new Command.Wait(earlier(turn.now().plus(LOCK_POLL), since.plus(lock.waitFor()))));
        return;
      }
    }
    decide(rulings, busy, standings);
  }

  /**
   * Whether waiting for a lock leads nowhere, since the agent has made as many changes as it may.
   */
  private static boolean isUsedUp(Standing standing) {
    return !standing.granted() && AgentLimit.isOfAgent(standing.claim());
  }

  static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private void decide(List<Ruling> rulings, @Nullable Standing busy, List<Standing> standings) {
    Rulings judge = new Rulings(turn, true);
    once(rulings).forEach(ruling -> judge.note(ruling, null));
    Optional<Ending> usedUp = new Allowance(turn).judge(standings, null);
    Optional<Ruling> refusal = judge.speaking(rulings.stream().filter(Clear::stops).toList());
    if (refusal.isPresent()) {
      turn.pop(new Outcome.Ended(ended(refusal.get(), busy)));
      return;
    }
    Optional<Ruling> leftOut =
        judge.speaking(rulings.stream().filter(this::guardsEverything).toList());
    if (leftOut.isPresent()) {
      Ruling ruling = leftOut.get();
      turn.pop(
          new Outcome.Ended(
              Ending.refused(RunResult.SKIPPED, ruling.id(), ruling.reason(), ruling.undecided())));
      return;
    }
    if (usedUp.isPresent()) {
      turn.pop(new Outcome.Ended(usedUp.get()));
      return;
    }
    turn.pop(Outcome.WENT);
  }

  /** The verdicts as they are told: of several on the same guardrail the first refusal. */
  private static List<Ruling> once(List<Ruling> rulings) {
    Map<String, Ruling> told = new LinkedHashMap<>();
    for (Ruling ruling : rulings) {
      told.merge(ruling.id(), ruling, (first, second) -> first.allowed() ? second : first);
    }
    return List.copyOf(told.values());
  }

  private static Ending ended(Ruling ruling, @Nullable Standing busy) {
    boolean join =
        busy != null
            && busy.claim().guardrail().equals(ruling.id())
            && busy.claim() instanceof Claim.Lock lock
            && lock.join();
    return Ending.refused(
        join ? RunResult.JOINED : RunResult.ESCALATED,
        ruling.id(),
        ruling.reason(),
        ruling.undecided());
  }

  /** Whether it refuses whatever the class would do, so that nothing is left to be done. */
  private boolean guardsEverything(Ruling ruling) {
    Decision decision = turn.state().decision();
    boolean all =
        ruling.guardrail().guards().isEmpty()
            || ruling.guardrail().guards().stream()
                .anyMatch(id -> decision != null && id.name().equals(decision.classId()));
    return all && ruling.guardrail().rule() instanceof Guardrail.Require && !ruling.allowed();
  }
}
