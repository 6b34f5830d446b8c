package io.byteport.dsl.check;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.expr.Scope;
import io.byteport.dsl.expr.TypedExpr.RootKind;
import io.byteport.dsl.model.Guardrail;
import io.byteport.dsl.model.Guardrail.Approve;
import io.byteport.dsl.model.Guardrail.Forbid;
import io.byteport.dsl.model.Guardrail.Limit;
import io.byteport.dsl.model.Guardrail.Lock;
import io.byteport.dsl.model.Guardrail.Protect;
import io.byteport.dsl.model.Guardrail.Require;
import io.byteport.dsl.model.Guardrail.Skip;
import io.byteport.dsl.model.Step;
import io.byteport.dsl.type.Assignment;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.type.Type.Special;
import java.util.Optional;
import java.util.Set;

/**
 * Types guardrails, which see what the guarded actions are given as {@code with}, and the element
 * of a guarded step as {@code item}.
 */
final class GuardrailTyping {
  private final TypingContext context;
  private final ValueTyping values;
  private final FactTyping facts;
  private final Scope running;

  GuardrailTyping(TypingContext context, FactTyping facts, Scope running) {
    this.context = context;
    this.values = context.values();
    this.facts = facts;
    this.running = running;
  }

  void guardrail(Guardrail guardrail) {
    Scope scope = scope(guardrail);
    switch (guardrail.rule()) {
      case Skip skip -> values.condition(skip.condition(), running);
      case Require require -> values.condition(require.condition(), scope);
      case Protect protect -> values.condition(protect.condition(), scope);
      case Limit limit -> {
        values.value(limit.limit(), running, Scalar.INTEGER);
        values.value(limit.every(), running, Scalar.DURATION);
        values.exprs(limit.per(), scope);
      }
      case Lock lock -> {
        values.exprs(lock.per(), scope);
        values.optional(lock.waitFor(), running, Scalar.DURATION);
      }
      case Approve approve -> {
        values.text(approve.question(), scope);
        values.optional(approve.within(), running, Scalar.DURATION);
        values.condition(approve.unless(), scope);
      }
      case Forbid forbid -> {}
    }
    values.text(guardrail.because(), scope);
  }

  private Scope scope(Guardrail guardrail) {
    Subject subject = context.subject();
    Guarded guarded = Guarded.of(guardrail, subject.runbook(), subject.tree(), subject.catalogue());
    Set<ActionDescription> actions = guarded.descriptions(subject.catalogue());
    boolean certain = guarded.unknown().isEmpty() && !actions.isEmpty();
    Scope scope =
        running.with(
            "with", RootKind.LOCAL, certain ? context.actions().with(actions) : Special.UNKNOWN);
    return item(guarded).map(type -> StepTyping.local(scope, FactMapper.ITEM, type)).orElse(scope);
  }

  /** The element of the guarded steps over lists; null too where one of the steps has none. */
  private Optional<Type> item(Guarded guarded) {
    Type joined = Special.UNKNOWN;
    boolean any = false;
    boolean all = guarded.actions().isEmpty();
    for (Step.Act act : guarded.steps()) {
      if (act.forEach() == null) {
        all = false;
      } else {
        any = true;
        joined = Assignment.join(joined, facts.item(act)).orElse(Special.ANY);
      }
    }
    return any ? Optional.of(all ? joined : joined.orNull()) : Optional.empty();
  }
}
