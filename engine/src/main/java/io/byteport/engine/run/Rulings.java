package io.byteport.engine.run;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.action.ActionDescription.Effect;
import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.expr.ExprPrinter;
import io.byteport.dsl.model.Fact;
import io.byteport.dsl.model.Guardrail;
import io.byteport.dsl.model.Step;
import io.byteport.dsl.value.Quantities;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.eval.Cause;
import io.byteport.engine.eval.Evaluation;
import io.byteport.engine.eval.Explanation;
import io.byteport.engine.guardrail.Claim;
import io.byteport.engine.guardrail.Prohibition;
import io.byteport.engine.guardrail.Ruling;
import io.byteport.engine.guardrail.Standing;
import io.byteport.engine.guardrail.Storm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates guardrails at one moment of a run, in the order of the file. What the ledger has to say
 * is asked with {@link Claims}.
 */
final class Rulings {
  private final Turn turn;
  private final Expressions expressions;
  private final boolean ahead;

  Rulings(Turn turn) {
    this(turn, false);
  }

  /**
   * @param ahead whether steps are judged that come later, so that what earlier ones leave behind
   *     is not known yet
   */
  Rulings(Turn turn, boolean ahead) {
    this.turn = turn;
    this.ahead = ahead;
    this.expressions = ahead ? turn.ahead() : turn.expressions();
  }

  Collection<Guardrail> all() {
    return turn.program().runbook().guardrails().values();
  }

  /** Those that say something about an action where it stands. */
  List<Guardrail> about(Step.Act act, ActionDescription action, List<String> lineage) {
    return all().stream().filter(guardrail -> guards(guardrail, act, action, lineage)).toList();
  }

  private boolean guards(
      Guardrail guardrail, Step.Act act, ActionDescription action, List<String> lineage) {
    boolean change = action.effect() == Effect.CHANGE;
    if (guardrail.guards().isEmpty()) {
      return change;
    }
    return guardrail.guards().stream()
        .map(id -> id.name())
        .anyMatch(
            name ->
                name.equals(act.head().id().name())
                    || name.equals(action.name())
                    || (change && (lineage.contains(name) || name.equals(classId()))));
  }

  private @Nullable String classId() {
    Decision decision = turn.state().decision();
    return decision == null ? null : decision.classId();
  }

  /**
   * A refusal to look, by a requirement that guards the action.
   *
   * @param again whether it was looked before: that it may be is told the first time
   */
  Optional<Ruling> ofRead(Fact.Read fact, ActionDescription action, boolean again) {
    for (Guardrail guardrail : all()) {
      boolean guards = guardrail.guards().stream().anyMatch(id -> id.name().equals(action.name()));
      if (guards && guardrail.rule() instanceof Guardrail.Require require) {
        Ruling ruling = require(guardrail, require, Locals.NONE);
        if (!ruling.allowed() || !again) {
          note(ruling, fact.id().name());
        }
        if (!ruling.allowed()) {
          return Optional.of(ruling);
        }
      }
    }
    return Optional.empty();
  }

  /** What the run's own knowledge says about entering a class, a group, a block or a match. */
  List<Ruling> ofEntry(String name) {
    List<Ruling> rulings = new ArrayList<>();
    for (Guardrail guardrail : all()) {
      boolean named = guardrail.guards().stream().anyMatch(id -> id.name().equals(name));
      if (named && guardrail.rule() instanceof Guardrail.Require require) {
        add(rulings, require(guardrail, require, Locals.NONE));
      }
    }
    return rulings;
  }

  /**
   * What the run's own knowledge says about one execution of an action.
   *
   * @param locals with {@code with} and the item
   */
  List<Ruling> of(Step.Act act, ActionDescription action, List<String> lineage, Locals locals) {
    List<Ruling> rulings = new ArrayList<>();
    for (Guardrail guardrail : about(act, action, lineage)) {
      switch (guardrail.rule()) {
        case Guardrail.Require require -> add(rulings, require(guardrail, require, locals));
        case Guardrail.Protect protect -> add(rulings, protect(guardrail, protect, locals));
        case Guardrail.Forbid forbid -> {
          StructValue input =
              locals.get(Locals.WITH) instanceof StructValue struct ? struct : StructValue.EMPTY;
          rulings.add(
              new Prohibition(turn.program().checked().catalogue().vocabulary())
                  .of(forbid, action, input)
                  .map(words -> Ruling.refuse(guardrail, because(guardrail, words, locals)))
                  .orElseGet(() -> Ruling.allow(guardrail)));
        }
        case Guardrail.Skip skip -> {}
        case Guardrail.Limit limit -> {}
        case Guardrail.Lock lock -> {}
        case Guardrail.Approve approve -> {}
      }
    }
    return rulings;
  }

  private void add(List<Ruling> rulings, Ruling ruling) {
    boolean notYet = ahead && ruling.undecided().stream().anyMatch(this::isToCome);
    if (!notYet) {
      rulings.add(ruling);
    }
  }

  /** Whether this will be known when it is needed. */
  boolean isToCome(Cause cause) {
    return cause.reason().equals(RunEnvironment.NOT_YET) || isLocal(cause.name());
  }

  private static boolean isLocal(String name) {
    return name.equals(Locals.WITH)
        || name.equals(Locals.ITEM)
        || name.equals(Locals.ARGS)
        || name.equals(Locals.RESULT);
  }

  private Ruling require(Guardrail guardrail, Guardrail.Require require, Locals locals) {
    Explanation how = expressions.explain(require.condition(), locals);
    Ruling ruling =
        switch (Expressions.verdict(how.evaluation())) {
          case TRUE -> Ruling.allow(guardrail);
          case FALSE ->
              Ruling.refuse(
                  guardrail,
                  because(
                      guardrail, "`" + source(require.condition()) + "` does not hold", locals));
          case UNDECIDED -> undecided(guardrail, how.evaluation());
        };
    return ruling.explained(how);
  }

  private Ruling protect(Guardrail guardrail, Guardrail.Protect protect, Locals locals) {
    Explanation how = expressions.explain(protect.condition(), locals);
    Ruling ruling =
        switch (Expressions.verdict(how.evaluation())) {
          case TRUE -> Ruling.refuse(guardrail, because(guardrail, "it is protected", locals));
          case FALSE -> Ruling.allow(guardrail);
          case UNDECIDED -> undecided(guardrail, how.evaluation());
        };
    return ruling.explained(how);
  }

  Ruling skip(Guardrail guardrail, Guardrail.Skip skip) {
    Explanation how = expressions.explain(skip.condition(), Locals.NONE);
    Ruling ruling =
        switch (Expressions.verdict(how.evaluation())) {
          case TRUE ->
              Ruling.refuse(
                  guardrail,
                  because(guardrail, "`" + source(skip.condition()) + "` holds", Locals.NONE));
          case FALSE -> Ruling.allow(guardrail);
          case UNDECIDED -> undecided(guardrail, how.evaluation());
        };
    return ruling.explained(how);
  }

  /** The approvals among them that cannot be done without. */
  List<Guardrail> approvals(List<Guardrail> guardrails, Locals locals) {
    return guardrails.stream()
        .filter(
            guardrail ->
                guardrail.rule() instanceof Guardrail.Approve approve
                    && (approve.unless() == null
                        || !expressions.of(approve.unless(), locals).isTrue()))
        .toList();
  }

  static Ruling undecided(Guardrail guardrail, Evaluation evaluation) {
    List<Cause> causes = evaluation instanceof Evaluation.Undecided not ? not.causes() : List.of();
    return new Ruling(
        guardrail,
        false,
        "`" + guardrail.id() + "` cannot be decided: " + Expressions.reason(causes),
        causes,
        null,
        null);
  }

  /** What the ledger's answer to a claim means. */
  Ruling of(Guardrail guardrail, Standing standing, Locals locals) {
    if (standing.granted()) {
      return Ruling.allow(guardrail).standing(standing);
    }
    return Ruling.refuse(
            guardrail,
            because(
                guardrail,
                switch (standing.claim()) {
                  case Claim.Limit limit ->
                      "the limit of "
                          + limit.limit()
                          + " within "
                          + Quantities.print(limit.window())
                          + " is used up"
                          + (standing.freeAt() == null ? "" : " until " + standing.freeAt());
                  case Claim.Lock lock ->
                      "the lock is held"
                          + (standing.holder() == null ? "" : " by run " + standing.holder());
                  case Claim.Storm storm -> Storm.reason(storm, standing);
                },
                locals))
        .standing(standing);
  }

  /** The author's words, else those of the kind. */
  String because(Guardrail guardrail, String otherwise, Locals locals) {
    return guardrail.because() == null
        ? "`" + guardrail.id() + "`: " + otherwise
        : expressions.text(guardrail.because(), locals);
  }

  private static String source(Expr expr) {
    return ExprPrinter.print(expr);
  }

  void note(Ruling ruling, @Nullable String step) {
    turn.note(
        new Note.GuardrailJudged(
            turn.now(),
            ruling.id(),
            ruling.kind(),
            step,
            ruling.allowed(),
            ruling.reason(),
            ruling.undecided(),
            ruling.explanation() == null ? null : expressions.term(ruling.explanation()),
            ruling.standing()));
  }

  /**
   * The refusal that speaks: one that escalates before one that leaves out, the first of the file
   * among those.
   */
  Optional<Ruling> speaking(List<Ruling> rulings) {
    List<Guardrail> order = List.copyOf(all());
    return rulings.stream()
        .filter(ruling -> !ruling.allowed())
        .min(
            java.util.Comparator.<Ruling, Boolean>comparing(
                    ruling -> ruling.guardrail().then() == Guardrail.Then.SKIP)
                .thenComparing(ruling -> order.indexOf(ruling.guardrail())));
  }
}
