package io.byteport.dsl.check;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.action.ActionDescription.Effect;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Related;
import io.byteport.dsl.model.Guardrail;
import io.byteport.dsl.model.Guardrail.Limit;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.Runbook.Remediation;
import io.byteport.dsl.model.Runbook.Rollback;
import io.byteport.dsl.model.Runbook.Verify;
import io.byteport.dsl.model.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A limit can refuse, and does not refuse everything. */
final class IdleLimits implements ReasonedCheck {

  @Override
  public void check(Reasoning reasoning, Findings findings) {
    List<Guardrail> limits =
        reasoning.subject().runbook().guardrails().values().stream()
            .filter(guardrail -> guardrail.rule() instanceof Limit)
            .toList();
    if (limits.isEmpty()) {
      return;
    }
    Set<Step> live = live(reasoning);
    for (Guardrail guardrail : limits) {
      if (guardrail.rule() instanceof Limit limit) {
        limit(guardrail, limit, limits, live, reasoning, findings);
      }
    }
  }

  private static void limit(
      Guardrail guardrail,
      Limit limit,
      List<Guardrail> limits,
      Set<Step> live,
      Reasoning reasoning,
      Findings findings) {
    Optional<Amount> number = Amount.of(limit.limit(), reasoning);
    Optional<Amount> window = Amount.of(limit.every(), reasoning);
    String id = "`" + guardrail.id() + "`";
    if (number.isPresent() && number.get().most() < 1) {
      findings.add(
          DiagnosticCode.FLOW_IDLE_LIMIT,
          limit.limit().span(),
          "expected a limit of at least 1, found " + id + ", which allows nothing at all",
          "write `forbid: [change]` if nothing may be changed");
    } else if (window.isPresent() && window.get().most() <= 0) {
      findings.add(
          DiagnosticCode.FLOW_IDLE_LIMIT,
          limit.every().span(),
          "expected a window in which is counted, found " + id + " over no time at all",
          "say how long a change counts, as in `every: 1h`");
    } else {
      Optional<String> why = idle(guardrail, live, reasoning);
      if (why.isPresent()) {
        findings.add(
            DiagnosticCode.FLOW_IDLE_LIMIT,
            guardrail.id().span(),
            "expected a limit on something that is changed, found " + id + ", " + why.get(),
            "name what it shall guard under `guards`, or take it out");
      } else {
        limits.stream()
            .filter(other -> isStricter(other, guardrail, reasoning))
            .findFirst()
            .ifPresent(other -> stricter(guardrail, other, findings));
      }
    }
  }

  private static void stricter(Guardrail guardrail, Guardrail other, Findings findings) {
    findings.add(
        Diagnostic.of(
                DiagnosticCode.FLOW_IDLE_LIMIT,
                findings.file(),
                guardrail.id().span(),
                "expected a limit that can be reached, found `"
                    + guardrail.id()
                    + "`, before which `"
                    + other.id()
                    + "` always refuses",
                "make it stricter, or take it out")
            .withRelated(new Related(findings.file(), other.id().span(), "refuses first")));
  }

  /** Why a limit has nothing to count, in words; empty where it has. */
  private static Optional<String> idle(Guardrail guardrail, Set<Step> live, Reasoning reasoning) {
    Subject subject = reasoning.subject();
    Guarded guarded = guarded(guardrail, subject);
    if (!guarded.unknown().isEmpty() || guardrail.guards().isEmpty()) {
      return Optional.empty(); // over all changes a limit is right even where there are none yet
    }
    boolean unknownAction =
        guarded.steps().stream()
            .anyMatch(act -> subject.catalogue().action(act.use().action().name()).isEmpty());
    Set<ActionDescription> actions = guarded.descriptions(subject.catalogue());
    boolean changes =
        actions.stream().map(ActionDescription::effect).anyMatch(effect -> effect == Effect.CHANGE);
    if (unknownAction || !changes) {
      return Optional
          .empty(); // that a guardrail names no change is told of every kind of guardrail
    }
    return guarded.steps().stream().noneMatch(live::contains)
        ? Optional.of("whose steps are never reached")
        : Optional.empty();
  }

  private static Guarded guarded(Guardrail guardrail, Subject subject) {
    return Guarded.of(guardrail, subject.runbook(), subject.tree(), subject.catalogue());
  }

  /**
   * Whether one limit refuses whenever another would: it guards all that the other does, counts it
   * together at least as widely and as long, and allows less. What is counted over several runbooks
   * may stand higher than what this one does, so such a limit is never idle.
   */
  private static boolean isStricter(Guardrail one, Guardrail other, Reasoning reasoning) {
    if (one.equals(other)
        || !(one.rule() instanceof Limit strict)
        || !(other.rule() instanceof Limit loose)
        || isShared(other, loose)
        || (one.then() == Guardrail.Then.SKIP && other.then() != Guardrail.Then.SKIP)) {
      return false;
    }
    Guarded wide = guarded(one, reasoning.subject());
    Guarded narrow = guarded(other, reasoning.subject());
    Optional<Amount> few = Amount.of(strict.limit(), reasoning);
    Optional<Amount> many = Amount.of(loose.limit(), reasoning);
    Optional<Amount> lengthy = Amount.of(strict.every(), reasoning);
    Optional<Amount> brief = Amount.of(loose.every(), reasoning);
    return few.isPresent()
        && many.isPresent()
        && lengthy.isPresent()
        && brief.isPresent()
        && few.get().isLessThan(many.get())
        && !lengthy.get().isLessThan(brief.get())
        && lengthy.get().least() >= brief.get().most()
        && wide.unknown().isEmpty()
        && wide.steps().containsAll(narrow.steps())
        && isWider(strict, loose, reasoning);
  }

  private static boolean isShared(Guardrail guardrail, Limit limit) {
    return limit.shared() != null
        || guardrail.guards().stream().anyMatch(id -> id.name().contains("."));
  }

  /** Whether what counts together in the second does in the first. */
  private static boolean isWider(Limit one, Limit other, Reasoning reasoning) {
    return keys(other, reasoning).containsAll(keys(one, reasoning));
  }

  private static Set<String> keys(Limit limit, Reasoning reasoning) {
    if (limit.per().isEmpty()) {
      return Set.of("target");
    }
    Set<String> keys = new HashSet<>();
    limit
        .per()
        .forEach(
            expr ->
                keys.add(
                    reasoning.typed(expr).map(reasoning.encoder()::canonical).orElse("?" + expr)));
    return keys;
  }

  /** Every step that can run. That a class is never chosen is told at its rules, not here. */
  private static Set<Step> live(Reasoning reasoning) {
    Runbook runbook = reasoning.subject().runbook();
    StepTree tree = reasoning.subject().tree();
    StepReach reach = reasoning.reach();
    List<Step> roots = new ArrayList<>();
    for (Remediation remediation : runbook.remediate().values()) {
      roots.addAll(remediation.steps());
      roots.addAll(StepTree.instead(remediation.onFailure()));
      roots.addAll(then(remediation.verify()));
      roots.addAll(steps(remediation.rollback()));
    }
    roots.addAll(then(runbook.verify()));
    roots.addAll(steps(runbook.rollback()));
    Set<Step> live = new HashSet<>();
    Set<String> called = new HashSet<>();
    roots.forEach(step -> reach(step, reach, tree, runbook, live, called));
    return live;
  }

  private static void reach(
      Step step,
      StepReach reach,
      StepTree tree,
      Runbook runbook,
      Set<Step> live,
      Set<String> called) {
    if (reach.isDead(step)) {
      return;
    }
    live.add(step);
    StepTree.children(step).forEach(one -> reach(one, reach, tree, runbook, live, called));
    if (step instanceof Step.CallBlock call && called.add(call.block().name())) {
      Runbook.Block block = runbook.blocks().get(call.block().name());
      if (block != null) {
        block.steps().forEach(one -> reach(one, reach, tree, runbook, live, called));
      }
    }
  }

  private static List<Step> then(@Nullable Verify verify) {
    return verify == null ? List.of() : verify.then();
  }

  private static List<Step> steps(@Nullable Rollback rollback) {
    return rollback == null ? List.of() : rollback.steps();
  }
}
