package io.byteport.dsl.check;

import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.expr.ExprPrinter;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.model.Fact;
import io.byteport.dsl.model.Runbook.Param;
import io.byteport.dsl.model.Runbook.Rule;
import io.byteport.dsl.model.ValueExpr.Constant;
import io.byteport.dsl.solve.Background;
import io.byteport.dsl.solve.Encoder;
import io.byteport.dsl.solve.Formula;
import io.byteport.dsl.solve.Quantity;
import io.byteport.dsl.solve.Range;
import io.byteport.dsl.solve.Solver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What follows from the conditions of one runbook: computed facts stand for what computes them,
 * unless they are computed from themselves, parameters for any value between their bounds. Used by
 * one thread.
 */
final class Reasoning implements Background {
  private static final int LONGEST = 100;
  private static final String PARAMS = "params.";

  private final Subject subject;
  private final Typing typing;
  private final Map<String, Fact> facts;
  private final Set<String> circular;
  private final List<Judged> rules = new ArrayList<>();
  private final Encoder encoder;
  private @Nullable StepReach reach;

  /**
   * A rule with what must be so for each of its verdicts.
   *
   * @param when null where the condition has an error; the formulas say nothing then
   * @param neverHolds whether it contradicts itself
   * @param neverFails whether it is true or undecided, whatever the facts are
   */
  record Judged(
      Rule rule,
      @Nullable TypedExpr when,
      Formula holds,
      Formula fails,
      boolean neverHolds,
      boolean neverFails) {

    static Judged of(Rule rule, @Nullable TypedExpr when, Encoder encoder) {
      Formula holds = when == null ? Formula.TRUE : encoder.holds(when);
      Formula fails = when == null ? Formula.TRUE : encoder.fails(when);
      return new Judged(
          rule, when, holds, fails, Solver.impossible(holds), Solver.impossible(fails));
    }

    String name() {
      return rule.classId().name();
    }
  }

  Reasoning(Subject subject, TypingPass.Typed typed) {
    this.subject = subject;
    this.typing = typed.typing();
    this.facts = subject.facts();
    this.circular = typed.facts().circular();
    this.encoder = new Encoder(this);
    for (Rule rule : subject.runbook().classify().rules()) {
      rules.add(Judged.of(rule, typed(rule.when()).orElse(null), encoder));
    }
  }

  Subject subject() {
    return subject;
  }

  Typing typing() {
    return typing;
  }

  List<Judged> rules() {
    return rules;
  }

  /** Which steps can run. */
  StepReach reach() {
    if (reach == null) {
      reach = StepReach.of(this);
    }
    return reach;
  }

  /** The one for every condition that is asked at no moment in particular. */
  Encoder encoder() {
    return encoder;
  }

  /** The typed form of an expression; empty where there is none or it has an error. */
  Optional<TypedExpr> typed(@Nullable Expr expr) {
    return expr == null ? Optional.empty() : typing.find(expr);
  }

  /** That all rules before this one are false, without which it is not asked. */
  List<Formula> before(int rule) {
    return new ArrayList<>(rules.subList(0, rule).stream().map(Judged::fails).toList());
  }

  /** What must be so for a class to be chosen. */
  Formula chosen(String classId) {
    List<Formula> ways = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      if (rules.get(i).name().equals(classId)) {
        List<Formula> way = before(i);
        way.add(rules.get(i).holds());
        ways.add(Formula.all(way));
      }
    }
    return Formula.any(ways);
  }

  /** An expression as a message quotes it. */
  static String quoted(Expr expr) {
    String text = ExprPrinter.print(expr);
    return "`" + (text.length() > LONGEST ? text.substring(0, LONGEST - 1) + "…" : text) + "`";
  }

  @Override
  public Optional<TypedExpr> definition(String fact) {
    return !circular.contains(fact) && facts.get(fact) instanceof Fact.Computed computed
        ? typed(computed.expr())
        : Optional.empty();
  }

  @Override
  public Range range(String path) {
    Param param =
        path.startsWith(PARAMS)
            ? subject.runbook().params().get(path.substring(PARAMS.length()))
            : null;
    return param == null ? Range.ALL : range(param);
  }

  /** What a number or quantity lies in. */
  Range range(Param param) {
    Optional<Double> least = number(param.minimum());
    Optional<Double> most = number(param.maximum());
    return least
        .map(Range::atLeast)
        .orElse(Range.ALL)
        .and(most.map(Range::atMost).orElse(Range.ALL));
  }

  private Optional<Double> number(@Nullable Constant bound) {
    return bound == null ? Optional.empty() : Quantity.number(typing.of(bound));
  }

  /** As few of some formulas as cannot be fulfilled together; they cannot all. */
  static <T> List<T> core(List<T> all, Predicate<List<T>> impossible) {
    List<T> core = new ArrayList<>(all);
    for (T one : all) {
      List<T> fewer = new ArrayList<>(core);
      fewer.remove(one);
      if (impossible.test(fewer)) {
        core = fewer;
      }
    }
    return core;
  }

  /** The parts of a condition that must all hold, in order. */
  static List<TypedExpr> conjuncts(TypedExpr expr) {
    List<TypedExpr> parts = new ArrayList<>();
    if (expr instanceof TypedExpr.Logical logical
        && logical.operator() == Expr.LogicalOperator.AND) {
      parts.addAll(conjuncts(logical.left()));
      parts.addAll(conjuncts(logical.right()));
    } else {
      parts.add(expr);
    }
    return parts;
  }

  /** As few parts of a condition that never holds as contradict each other. */
  List<TypedExpr> clash(TypedExpr condition) {
    Map<TypedExpr, Formula> formulas = new LinkedHashMap<>();
    List<TypedExpr> parts = conjuncts(condition);
    parts.forEach(part -> formulas.put(part, encoder.holds(part)));
    return core(
        parts,
        fewer ->
            Solver.impossible(
                fewer.stream().map(part -> formulas.getOrDefault(part, Formula.TRUE)).toList()));
  }
}
