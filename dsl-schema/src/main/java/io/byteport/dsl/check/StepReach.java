package io.byteport.dsl.check;

import io.byteport.dsl.action.ActionDescription.Effect;
import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.Runbook.Block;
import io.byteport.dsl.model.Runbook.Remediation;
import io.byteport.dsl.model.Runbook.Rollback;
import io.byteport.dsl.model.Step;
import io.byteport.dsl.solve.Encoder;
import io.byteport.dsl.solve.Formula;
import io.byteport.dsl.solve.Solver;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.type.Type.EnumType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which steps can run. As long as nothing can have read the facts again, they are as they were when
 * the class was chosen; from the first change, refresh or repetition on, a condition is judged by
 * itself. What hangs on the time or on the run is never the same in two conditions.
 */
final class StepReach {

  /** What is never reached. */
  sealed interface Dead {}

  /**
   * @param classId of the class that the step belongs to; empty outside classes
   * @param alone whether its condition never holds at all
   */
  record DeadStep(Step step, Expr when, String classId, boolean alone) implements Dead {}

  record DeadCase(Step.Match match, Id word, String classId) implements Dead {}

  record DeadElse(Step.Match match) implements Dead {}

  private final Reasoning reasoning;
  private final List<Dead> dead = new ArrayList<>();
  private final Set<Step> unreached = new HashSet<>();
  private String classId = "";
  private boolean stale;
  private int moment;

  private StepReach(Reasoning reasoning) {
    this.reasoning = reasoning;
  }

  static StepReach of(Reasoning reasoning) {
    StepReach reach = new StepReach(reasoning);
    Runbook runbook = reasoning.subject().runbook();
    runbook.remediate().values().forEach(reach::remediation);
    for (Block block : runbook.blocks().values()) {
      reach.apart(block.steps());
    }
    reasoning.subject().verifications().forEach(verify -> reach.apart(verify.then()));
    reach.rollback(runbook.rollback());
    return reach;
  }

  List<Dead> dead() {
    return dead;
  }

  /** Whether a step is known never to run. */
  boolean isDead(Step step) {
    return unreached.contains(step);
  }

  private void remediation(Remediation remediation) {
    classId = remediation.classId().name();
    boolean known =
        reasoning.rules().stream()
            .anyMatch(rule -> rule.name().equals(classId) && rule.when() != null);
    List<Formula> context = new ArrayList<>();
    if (known) {
      context.add(reasoning.chosen(classId));
    }
    // a class that is never chosen is told at its rules
    stale =
        !known
            || remediation.until() != null
            || !remediation.refresh().isEmpty()
            || Solver.impossible(context);
    steps(remediation.steps(), context);
    classId = "";
    apart(StepTree.instead(remediation.onFailure()));
    rollback(remediation.rollback());
  }

  private void rollback(@Nullable Rollback rollback) {
    if (rollback != null) {
      apart(rollback.steps());
    }
  }

  /** Steps before which anything may have happened. */
  private void apart(List<Step> steps) {
    stale = true;
    steps(steps, List.of());
  }

  private void steps(List<Step> steps, List<Formula> context) {
    steps.forEach(step -> step(step, context));
  }

  private void step(Step step, List<Formula> context) {
    stale |= !step.head().refresh().isEmpty();
    Encoder encoder = new Encoder(reasoning, "step " + ++moment);
    List<Formula> inner = new ArrayList<>(stale ? List.of() : context);
    Optional<TypedExpr> when = reasoning.typed(step.head().when());
    if (when.isPresent() && step.head().when() != null) {
      Formula holds = encoder.holds(when.get());
      inner.add(holds);
      inner.addAll(ofClass(encoder));
      boolean alone = Solver.impossible(holds);
      if (alone || Solver.impossible(inner)) {
        dead.add(new DeadStep(step, step.head().when(), classId, alone));
        bury(step);
        return;
      }
    }
    within(step, inner, encoder);
    stale |= alters(step);
    String outer = classId;
    classId = "";
    boolean before = stale;
    apart(StepTree.instead(step.head().onFailure()));
    stale = before || !StepTree.instead(step.head().onFailure()).isEmpty();
    classId = outer;
  }

  /** That the class is the one whose steps these are. */
  private List<Formula> ofClass(Encoder encoder) {
    if (classId.isEmpty()) {
      return List.of();
    }
    TypedExpr name =
        new TypedExpr.Root(
            "class",
            TypedExpr.RootKind.LANGUAGE,
            LanguageTypes.classes(reasoning.subject().runbook()),
            new Expr.Name("class", new Span(0, 0)));
    return List.of(encoder.equal(name, classId));
  }

  /** A step and what stands in it; a block may be called from elsewhere. */
  private void bury(Step step) {
    unreached.add(step);
    StepTree.children(step).forEach(this::bury);
  }

  private void within(Step step, List<Formula> context, Encoder encoder) {
    switch (step) {
      case Step.Group group -> steps(group.steps(), context);
      case Step.Match match -> match(match, context, encoder);
      case Step.Act act -> {}
      case Step.CallBlock call -> {}
      case Step.Wait wait -> {}
      case Step.Propose propose -> {}
      case Step.Record fields -> {}
      case Step.HandOff handOff -> {}
      case Step.Escalate escalate -> {}
    }
  }

  private void match(Step.Match match, List<Formula> context, Encoder encoder) {
    Optional<TypedExpr> subject = reasoning.typed(match.subject());
    boolean before = stale;
    boolean after = stale;
    for (Step.Case one : match.cases().values()) {
      stale = before;
      List<Formula> inner = new ArrayList<>(before ? List.of() : context);
      if (subject.isPresent() && isAsked(subject.get(), one.value().name())) {
        inner.add(encoder.equal(subject.get(), one.value().name()));
        if (Solver.impossible(inner)) {
          dead.add(new DeadCase(match, one.value(), classId));
          one.steps().forEach(this::bury);
          continue;
        }
      }
      steps(one.steps(), inner);
      after |= stale;
    }
    if (match.otherwise() != null) {
      stale = before;
      if (subject.isPresent() && isComplete(match, subject.get())) {
        dead.add(new DeadElse(match));
        match.otherwise().forEach(this::bury);
      } else {
        steps(match.otherwise(), before ? List.of() : context);
        after |= stale;
      }
    }
    stale = after;
  }

  /** A word that the type does not have is told elsewhere. */
  private static boolean isAsked(TypedExpr subject, String word) {
    return subject.type().nonNull() instanceof EnumType words && words.words().contains(word);
  }

  private static boolean isComplete(Step.Match match, TypedExpr subject) {
    return subject.type() instanceof EnumType words
        && match.cases().keySet().containsAll(words.words());
  }

  /** Whether facts may be others after a step. */
  private boolean alters(Step step) {
    return switch (step) {
      case Step.Act act ->
          act.until() != null
              || reasoning
                  .subject()
                  .catalogue()
                  .action(act.use().action().name())
                  .map(action -> action.effect() == Effect.CHANGE)
                  .orElse(true);
      case Step.Wait wait -> wait.until() != null;
      case Step.CallBlock call -> true;
      case Step.HandOff handOff -> true;
      case Step.Group group -> false;
      case Step.Match match -> false;
      case Step.Propose propose -> false;
      case Step.Record fields -> false;
      case Step.Escalate escalate -> false;
    };
  }
}
