package io.byteport.dsl.solve;

import io.byteport.dsl.expr.Expr.ComparisonOperator;
import io.byteport.dsl.expr.Expr.LogicalOperator;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.type.Type.Special;
import io.byteport.dsl.value.Value.BooleanValue;
import io.byteport.dsl.value.Value.TextValue;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says what must be so for a condition to be true, false, or one of two verdicts. Verdicts are
 * Kleene's: a condition over what is unavailable is neither true nor false, and null makes a
 * comparison false. What is said may be weaker than the truth, never stronger, so that what cannot
 * be fulfilled never happens. Used by one thread.
 */
public final class Encoder {
  private final Terms terms;
  private final Map<TypedExpr, Atom> atoms = new IdentityHashMap<>();

  public Encoder(Background background) {
    this(background, "");
  }

  /**
   * @param moment when the conditions are asked: what hangs on the time or the progress of a run is
   *     the same in two conditions only if they are asked at the same moment
   */
  public Encoder(Background background, String moment) {
    this.terms = new Terms(background, moment);
  }

  /** What must be so for the condition to be true. */
  public Formula holds(TypedExpr condition) {
    return verdict(condition, true, false);
  }

  /** What must be so for the condition to be false. */
  public Formula fails(TypedExpr condition) {
    return verdict(condition, false, false);
  }

  /** What must be so for the condition to be false or undecided. */
  public Formula doesNotHold(TypedExpr condition) {
    return verdict(condition, false, true);
  }

  /** What must be so for a text to be this word. */
  public Formula equal(TypedExpr text, String word) {
    return among(terms.of(text), Set.of(word), true).holds();
  }

  /** What must be so for a value to be null. */
  public Formula absent(TypedExpr value) {
    return Formula.is(new Constraint.Absent(terms.of(value), true));
  }

  /** The canonical text of an expression: equal texts mean equal values. */
  public String canonical(TypedExpr expr) {
    return terms.key(expr);
  }

  /**
   * @param wanted the verdict
   * @param orUndecided whether no verdict will do as well
   */
  private Formula verdict(TypedExpr condition, boolean wanted, boolean orUndecided) {
    TypedExpr expr = terms.resolved(condition);
    return switch (expr) {
      case TypedExpr.Not not -> verdict(not.operand(), !wanted, orUndecided);
      case TypedExpr.Logical logical -> {
        List<Formula> both =
            List.of(
                verdict(logical.left(), wanted, orUndecided),
                verdict(logical.right(), wanted, orUndecided));
        yield (logical.operator() == LogicalOperator.AND) == wanted
            ? Formula.all(both)
            : Formula.any(both);
      }
      default -> {
        Atom atom = atom(expr);
        Formula decided = wanted ? atom.holds() : atom.fails();
        yield orUndecided ? Formula.any(List.of(decided, unavailable(atom))) : decided;
      }
    };
  }

  private static Formula unavailable(Atom atom) {
    List<Formula> any = new ArrayList<>();
    for (Term term : atom.terms()) {
      any.add(Formula.is(new Constraint.Unavailable(term)));
    }
    return Formula.any(any);
  }

  /** The same condition is asked for both verdicts, and by several checks. */
  private Atom atom(TypedExpr expr) {
    Atom known = atoms.get(expr);
    if (known == null) {
      known = encoded(expr);
      atoms.put(expr, known);
    }
    return known;
  }

  private Atom encoded(TypedExpr expr) {
    return switch (expr) {
      case TypedExpr.Literal literal when literal.value() instanceof BooleanValue bool ->
          Atom.constant(bool.value());
      case TypedExpr.Comparison comparison -> comparison(comparison);
      case TypedExpr.Membership member -> membership(member);
      case TypedExpr.Match match -> match(expr, match.text(), match.pattern(), false);
      case TypedExpr.Call call -> call(call);
      default -> flag(expr);
    };
  }

  /** A boolean that is not looked into. */
  private Atom flag(TypedExpr expr) {
    Term term = terms.of(expr);
    return Atom.of(
        Formula.is(new Constraint.Among(term, Set.of(true), true, false)),
        Formula.is(new Constraint.Among(term, Set.of(false), true, false)),
        term);
  }

  private Atom call(TypedExpr.Call call) {
    return switch (call.function().name()) {
      case "startsWith", "endsWith" -> ends(call);
      case "matches" -> match(call, call.arguments().get(0), call.arguments().get(1), true);
      case "coalesce" -> coalesce(call);
      default -> flag(call);
    };
  }

  private Atom ends(TypedExpr.Call call) {
    Optional<Object> text = value(call.arguments().get(0));
    Optional<Object> part = value(call.arguments().get(1));
    if (text.isPresent() || !(part.orElse(null) instanceof String found) || found.isEmpty()) {
      return flag(call);
    }
    Term term = terms.of(call.arguments().get(0));
    TextTest test =
        call.function().name().equals("startsWith")
            ? new TextTest.Begins(found)
            : new TextTest.Ends(found);
    return like(term, Patterns.like(term, test));
  }

  private static Atom like(Term term, Patterns.Verdicts verdicts) {
    return Atom.of(verdicts.holds(), verdicts.fails(), term);
  }

  /** A flag with a value that stands for its absence. */
  private Atom coalesce(TypedExpr.Call call) {
    if (call.arguments().size() != 2
        || call.type() != Scalar.BOOLEAN
        || !(value(call.arguments().get(1)).orElse(null) instanceof Boolean otherwise)
        || value(call.arguments().get(0)).isPresent()) {
      return flag(call);
    }
    Term term = terms.of(call.arguments().get(0));
    return Atom.of(
        Formula.is(new Constraint.Among(term, Set.of(true), true, otherwise)),
        Formula.is(new Constraint.Among(term, Set.of(false), true, !otherwise)),
        term);
  }

  private Atom match(TypedExpr whole, TypedExpr text, TypedExpr pattern, boolean full) {
    if (value(text).isPresent()) {
      return flag(whole);
    }
    Term term = terms.of(text);
    return pattern instanceof TypedExpr.Literal literal
            && literal.value() instanceof TextValue found
        ? like(term, Patterns.of(term, found.value(), full))
        : like(
            term,
            Patterns.like(term, new TextTest.Symbolic(terms.key(pattern) + (full ? "!" : ""))));
  }

  private Atom membership(TypedExpr.Membership member) {
    TypedExpr collection = terms.resolved(member.collection());
    Optional<Object> element = value(member.element());
    if (collection instanceof TypedExpr.ListOf list) {
      return listed(member, list, element);
    }
    if (element.orElse(null) instanceof String part
        && !part.isEmpty()
        && terms.of(collection).kind() == Term.Kind.TEXT
        && value(collection).isEmpty()) {
      Term term = terms.of(collection);
      return like(term, Patterns.like(term, new TextTest.Contains(part)));
    }
    return opaque(terms.key(member), member, List.of(member.element(), member.collection()));
  }

  private Atom listed(
      TypedExpr.Membership member, TypedExpr.ListOf list, Optional<Object> element) {
    Set<Object> values = new LinkedHashSet<>();
    boolean constants = element.isEmpty();
    for (TypedExpr item : list.items()) {
      Optional<Object> value = value(item);
      value.ifPresent(values::add);
      constants &= value.isPresent() || isNull(item);
    }
    if (constants && terms.of(member.element()).kind() != Term.Kind.OTHER) {
      return among(terms.of(member.element()), values, true);
    }
    List<Formula> holds = new ArrayList<>();
    List<Formula> fails = new ArrayList<>();
    Set<Term> asked = new LinkedHashSet<>();
    for (TypedExpr item : list.items()) {
      Atom one = compared(ComparisonOperator.EQUAL, member.element(), item, member);
      holds.add(one.holds());
      fails.add(one.fails());
      asked.addAll(one.terms());
    }
    return new Atom(Formula.any(holds), Formula.all(fails), asked);
  }

  private static Atom among(Term term, Set<Object> values, boolean in) {
    return Atom.of(
        Formula.is(new Constraint.Among(term, values, in, false)),
        Formula.is(new Constraint.Among(term, values, !in, true)),
        term);
  }

  /** A verdict that is not looked into, but is true only where none of these is null. */
  private Atom opaque(String key, TypedExpr shown, List<TypedExpr> notNull) {
    Term verdict = terms.verdict(key, shown);
    List<Formula> holds = new ArrayList<>();
    holds.add(Formula.is(new Constraint.Among(verdict, Set.of(true), true, false)));
    for (TypedExpr part : notNull) {
      if (value(part).isEmpty()) {
        holds.add(Formula.is(new Constraint.Absent(terms.of(part), false)));
      }
    }
    return Atom.of(
        Formula.all(holds),
        Formula.is(new Constraint.Among(verdict, Set.of(false), true, false)),
        verdict);
  }

  // ── comparisons ───────────────────────────────────────────────────────────────────────────────

  private Atom comparison(TypedExpr.Comparison comparison) {
    return compared(comparison.operator(), comparison.left(), comparison.right(), comparison);
  }

  private Atom compared(
      ComparisonOperator operator, TypedExpr first, TypedExpr second, TypedExpr shown) {
    TypedExpr left = terms.resolved(first);
    TypedExpr right = terms.resolved(second);
    if (operator == ComparisonOperator.NOT_EQUAL) {
      return compared(ComparisonOperator.EQUAL, first, second, shown).negated();
    }
    boolean equality = operator == ComparisonOperator.EQUAL;
    if (isNull(left) || isNull(right)) {
      return equality ? nullTest(isNull(left) ? right : left) : Atom.constant(false);
    }
    Optional<Object> a = value(left);
    Optional<Object> b = value(right);
    if (a.isPresent() && b.isPresent()) {
      return Atom.constant(Operators.compare(operator, a.get(), b.get()));
    }
    if (a.isPresent()) {
      return against(Operators.mirrored(operator), second, left, a.get(), shown);
    }
    if (b.isPresent()) {
      return against(operator, first, right, b.get(), shown);
    }
    return between(operator, first, second, shown);
  }

  private Atom nullTest(TypedExpr expr) {
    if (value(expr).isPresent()) {
      return Atom.constant(false);
    }
    if (isNull(expr)) {
      return Atom.constant(true);
    }
    Term term = terms.of(expr);
    return Atom.of(
        Formula.is(new Constraint.Absent(term, true)),
        Formula.is(new Constraint.Absent(term, false)),
        term);
  }

  private Atom against(
      ComparisonOperator operator,
      TypedExpr expr,
      TypedExpr literal,
      Object constant,
      TypedExpr shown) {
    boolean equality = operator == ComparisonOperator.EQUAL;
    TypedExpr resolved = terms.resolved(expr);
    if (equality && constant instanceof Boolean wanted && isCondition(resolved)) {
      return new Atom(
          verdict(resolved, wanted, false), verdict(resolved, !wanted, false), asked(resolved));
    }
    Term term = terms.of(expr);
    boolean fits =
        switch (term.kind()) {
          case NUMBER -> constant instanceof Double;
          case TEXT -> constant instanceof String;
          case BOOLEAN -> constant instanceof Boolean;
          case OTHER -> false;
        };
    if (!fits) {
      return equality
          ? opaque(terms.equality(expr, literal), shown, List.of(expr))
          : opaque(terms.key(shown), shown, List.of());
    }
    if (equality) {
      return among(term, Set.of(constant), true);
    }
    double bound = (Double) constant;
    return Atom.of(
        Formula.is(new Constraint.Bound(term, Operators.range(operator, bound), false)),
        Formula.is(
            new Constraint.Bound(term, Operators.range(Operators.negated(operator), bound), true)),
        term);
  }

  /** Conditions of which a comparison with true or false is a verdict. */
  private static boolean isCondition(TypedExpr expr) {
    return expr.type() == Scalar.BOOLEAN
        && (expr instanceof TypedExpr.Not
            || expr instanceof TypedExpr.Logical
            || expr instanceof TypedExpr.Comparison
            || expr instanceof TypedExpr.Membership
            || expr instanceof TypedExpr.Match);
  }

  private Set<Term> asked(TypedExpr condition) {
    TypedExpr expr = terms.resolved(condition);
    return switch (expr) {
      case TypedExpr.Not not -> asked(not.operand());
      case TypedExpr.Logical logical -> {
        Set<Term> both = new LinkedHashSet<>(asked(logical.left()));
        both.addAll(asked(logical.right()));
        yield both;
      }
      default -> atom(expr).terms();
    };
  }

  private Atom between(
      ComparisonOperator operator, TypedExpr first, TypedExpr second, TypedExpr shown) {
    Term left = terms.of(first);
    Term right = terms.of(second);
    boolean numbers = left.kind() == Term.Kind.NUMBER && right.kind() == Term.Kind.NUMBER;
    boolean equality = operator == ComparisonOperator.EQUAL;
    boolean same = left.kind() == right.kind() && left.kind() != Term.Kind.OTHER;
    if (equality ? !same : !numbers) {
      return equality
          ? opaque(terms.equality(first, second), shown, List.of(first, second))
          : opaque(terms.key(shown), shown, List.of());
    }
    Formula bothThere =
        Formula.all(
            List.of(
                Formula.is(new Constraint.Absent(left, false)),
                Formula.is(new Constraint.Absent(right, false))));
    List<Formula> fails = new ArrayList<>();
    fails.add(Operators.relation(operator, left, right, false));
    if (left.nullable()) {
      fails.add(Operators.absent(left, right));
    }
    if (right.nullable()) {
      fails.add(Operators.absent(right, left));
    }
    return Atom.of(
        Formula.all(List.of(bothThere, Operators.relation(operator, left, right, true))),
        Formula.any(fails),
        left,
        right);
  }

  /** The word null; what has no type is anything. */
  private static boolean isNull(TypedExpr expr) {
    return expr.type() == Special.NULL
        || (expr instanceof TypedExpr.Literal literal
            && literal.value().isNull()
            && literal.type() != Special.UNKNOWN);
  }

  /** The value of a literal, or of a literal behind a minus. */
  private Optional<Object> value(TypedExpr expr) {
    return switch (terms.resolved(expr)) {
      case TypedExpr.Literal literal -> Quantity.of(literal.value());
      case TypedExpr.Negate negate ->
          value(negate.operand())
              .filter(Double.class::isInstance)
              .map(number -> (Object) (0.0 - (Double) number));
      default -> Optional.empty();
    };
  }
}
