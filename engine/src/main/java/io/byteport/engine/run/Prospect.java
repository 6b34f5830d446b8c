package io.byteport.engine.run;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.action.ActionDescription.Effect;
import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.model.Guardrail;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.Step;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.ListValue;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.dsl.value.Value.TextValue;
import io.byteport.engine.eval.Evaluation;
import io.byteport.engine.guardrail.Ruling;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks ahead over the steps of a class: which changes may be made, as far as that can be said
 * before the first. Conditions that depend on what earlier steps leave behind or read again are
 * taken to hold.
 */
final class Prospect {

  /**
   * A change that may be made.
   *
   * @param locals what is known of its item and arguments
   * @param stale facts that earlier steps read again
   */
  record Likely(
      Step.Act act,
      ActionDescription action,
      List<String> lineage,
      Locals locals,
      Set<String> stale) {
    Likely {
      lineage = List.copyOf(lineage);
      stale = Set.copyOf(stale);
    }
  }

  private final Turn turn;
  private final Expressions expressions;
  private final List<Likely> likely = new ArrayList<>();
  private final List<Ruling> entries = new ArrayList<>();
  private final Set<String> stale = new LinkedHashSet<>();

  Prospect(Turn turn) {
    this.turn = turn;
    this.expressions = turn.ahead();
  }

  /** The changes that may be made, in order. */
  List<Likely> of(Runbook.Remediation remediation) {
    Set<String> again = new LinkedHashSet<>();
    if (remediation.until() != null) {
      again.addAll(turn.program().graph().reached(List.of(remediation.until())));
    }
    remediation.refresh().forEach(id -> again.add(id.name()));
    walk(remediation.steps(), Locals.NONE, List.of(), again);
    return List.copyOf(likely);
  }

  /** What guardrails said about groups that may be entered. */
  List<Ruling> entries() {
    return List.copyOf(entries);
  }

  /**
   * @return whether the steps after these may be reached
   */
  private boolean walk(
      List<Step> steps, Locals locals, List<String> lineage, Set<String> againBetween) {
    for (Step step : steps) {
      if (!walk(step, locals, lineage)) {
        return false;
      }
      stale.addAll(againBetween);
    }
    return true;
  }

  private boolean walk(Step step, Locals locals, List<String> lineage) {
    for (Id id : step.head().refresh()) {
      stale.add(id.name());
    }
    boolean certain = true;
    Expr when = step.head().when();
    if (when != null) {
      Evaluation evaluation = expressions.of(when, locals);
      certain = !isStale(when) && evaluation.isTrue();
      if (!isStale(when) && evaluation instanceof Evaluation.Known && !certain) {
        return true;
      }
    }
    switch (step) {
      case Step.Act act -> act(act, locals, lineage);
      case Step.Group group -> {
        if (enter(step)) {
          return walk(group.steps(), locals, within(lineage, step), Set.of()) || !certain;
        }
      }
      case Step.CallBlock call -> {
        if (enter(step)) {
          return call(call, locals, lineage) || !certain;
        }
      }
      case Step.Match match -> {
        if (enter(step)) {
          return match(match, locals, lineage) || !certain;
        }
      }
      case Step.Wait wait -> {
        if (wait.until() != null) {
          stale.addAll(turn.program().graph().reached(List.of(wait.until())));
        }
      }
      case Step.HandOff handOff -> {
        return handOff.await() != null || !certain;
      }
      case Step.Escalate escalate -> {
        return !certain;
      }
      case Step.Propose propose -> {}
      case Step.Record record -> {}
    }
    return true;
  }

  static List<String> within(List<String> lineage, Step step) {
    List<String> more = new ArrayList<>(lineage);
    more.add(step.head().id().name());
    if (step instanceof Step.CallBlock call) {
      more.add(call.block().name());
    }
    return List.copyOf(more);
  }

  private boolean isStale(Expr expr) {
    return turn.program().graph().reached(List.of(expr)).stream().anyMatch(stale::contains);
  }

  /** Whether a group is entered, as far as guardrails on it can say already. */
  private boolean enter(Step step) {
    List<Ruling> rulings =
        new Rulings(turn, true)
            .ofEntry(step.head().id().name()).stream().filter(ruling -> !isStale(ruling)).toList();
    entries.addAll(rulings);
    return new Rulings(turn, true)
        .speaking(rulings)
        .map(ruling -> ruling.guardrail().then() != Guardrail.Then.SKIP)
        .orElse(true);
  }

  private boolean isStale(Ruling ruling) {
    return ruling.guardrail().rule() instanceof Guardrail.Require require
        && isStale(require.condition());
  }

  private boolean call(Step.CallBlock call, Locals locals, List<String> lineage) {
    Runbook.Block block = turn.program().runbook().blocks().get(call.block().name());
    if (block == null) {
      return true;
    }
    Locals inside =
        BlockArguments.of(block, call, expressions, locals)
            .known()
            .map(args -> Locals.NONE.with(Locals.ARGS, args))
            .orElse(Locals.NONE);
    return walk(block.steps(), inside, within(lineage, call), Set.of());
  }

  private boolean match(Step.Match match, Locals locals, List<String> lineage) {
    Optional<Value> subject =
        isStale(match.subject())
            ? Optional.empty()
            : expressions.of(match.subject(), locals).known();
    List<String> inside = within(lineage, match);
    if (subject.isPresent()) {
      return walk(Proceed.chosen(match, subject.get()), locals, inside, Set.of());
    }
    boolean goesOn = match.otherwise() == null;
    List<List<Step>> cases = new ArrayList<>();
    match.cases().values().forEach(one -> cases.add(one.steps()));
    if (match.otherwise() != null) {
      cases.add(match.otherwise());
    }
    for (List<Step> one : cases) {
      goesOn |= walk(one, locals, inside, Set.of());
    }
    return goesOn;
  }

  private void act(Step.Act act, Locals locals, List<String> lineage) {
    ActionDescription action = Proceed.action(turn, act.use());
    if (action.effect() != Effect.CHANGE) {
      if (act.until() != null) {
        stale.addAll(turn.program().graph().reached(List.of(act.until())));
      }
      return;
    }
    Locals inside = locals;
    if (act.forEach() != null) {
      Evaluation list = isStale(act.forEach()) ? null : expressions.of(act.forEach(), locals);
      Value items = list == null ? null : list.known().orElse(null);
      if (items instanceof ListValue values && values.items().isEmpty()) {
        return;
      }
      if (items instanceof ListValue values) {
        inside = inside.with(act.as(), values.items().get(0));
      }
    }
    likely.add(new Likely(act, action, lineage, with(act, action, inside), stale));
  }

  private Locals with(Step.Act act, ActionDescription action, Locals locals) {
    Inputs inputs = Inputs.of(turn.program().runbook(), act.use(), action, expressions, locals);
    return inputs.complete() ? locals.with(Locals.WITH, inputs.input()) : locals;
  }

  /** The text of a value that a case is named after. */
  static @Nullable String word(Value value) {
    return switch (value) {
      case TextValue text -> text.value();
      case Value.BooleanValue bool -> String.valueOf(bool.value());
      case Value.NumberValue number -> io.byteport.dsl.value.Quantities.number(number.value());
      case StructValue struct -> null;
      default -> null;
    };
  }
}
