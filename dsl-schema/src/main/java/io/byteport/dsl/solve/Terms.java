package io.byteport.dsl.solve;

import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.expr.ExprPrinter;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.expr.TypedExpr.RootKind;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.type.Type.Special;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The terms of expressions. Computed facts are looked through, so that a fact and what computes it
 * are one term. What hangs on the time or on the progress of a run is told apart by the moment at
 * which it is asked. Used by one thread.
 */
final class Terms {
  private static final Set<String> PASSES_NULL =
      Set.of(
          "seconds",
          "days",
          "ceil",
          "floor",
          "round",
          "lower",
          "upper",
          "trim",
          "age",
          "stamp",
          "startsWith",
          "endsWith",
          "number",
          "time",
          "count",
          "sum",
          "any",
          "all");
  private static final Set<String> MOVING_NAMES = Set.of("now", "run", "steps", "guardrails");
  private static final Set<String> MOVING_CALLS =
      Set.of("age", "increase", "rate", "growth", "rising", "quantile", "correlation");
  private static final Span NOWHERE = new Span(0, 0);

  private final Background background;
  private final String moment;
  private final Map<String, Term> byKey = new HashMap<>();
  private final IdentityHashMap<TypedExpr, Term> known = new IdentityHashMap<>();
  private final Set<String> underWay = new HashSet<>();
  private boolean moving;

  /**
   * @param moment when the expressions are asked; what moves is the same only at the same moment
   */
  Terms(Background background, String moment) {
    this.background = background;
    this.moment = moment;
  }

  /** What computes a fact, as long as that is a fact of its own; anything else as it is. */
  TypedExpr resolved(TypedExpr expr) {
    TypedExpr at = expr;
    Set<String> seen = new HashSet<>();
    while (at instanceof TypedExpr.Root root
        && root.kind() == RootKind.FACT
        && seen.add(root.name())) {
      Optional<TypedExpr> definition = background.definition(root.name());
      if (definition.isEmpty()) {
        return at;
      }
      at = definition.get();
    }
    return at;
  }

  Term of(TypedExpr expr) {
    Term cached = known.get(expr);
    if (cached != null) {
      return cached;
    }
    TypedExpr resolved = resolved(expr);
    Term term = named(key(resolved), expr, resolved);
    known.put(expr, term);
    return term;
  }

  /** A term for a verdict that is not looked into. */
  Term verdict(String key, TypedExpr shown) {
    return byKey.computeIfAbsent(
        key,
        text ->
            new Term(
                text,
                ExprPrinter.print(shown.syntax()),
                Scalar.BOOLEAN,
                false,
                List.of(),
                Range.ALL,
                false));
  }

  private Term named(String key, TypedExpr shown, TypedExpr resolved) {
    Term found = byKey.get(key);
    if (found == null) {
      found =
          new Term(
              key,
              ExprPrinter.print(shown.syntax()),
              resolved.type(),
              resolved.type().mayBeNull() || resolved.type() == Special.UNKNOWN,
              needs(resolved),
              range(resolved, key),
              plain(resolved));
      byKey.put(key, found);
    }
    return found;
  }

  /** The canonical text; with the moment where it moves. */
  String key(TypedExpr expr) {
    boolean outer = moving;
    moving = false;
    String text = text(expr);
    String key = moving && !moment.isEmpty() ? text + " @" + moment : text;
    moving = outer;
    return key;
  }

  /** The canonical text of a comparison of two, whichever stands first. */
  String equality(TypedExpr a, TypedExpr b) {
    String first = key(a);
    String second = key(b);
    return first.compareTo(second) <= 0
        ? "(" + first + " == " + second + ")"
        : "(" + second + " == " + first + ")";
  }

  private List<Term> needs(TypedExpr expr) {
    List<Term> needs = new ArrayList<>();
    switch (expr) {
      case TypedExpr.Field field -> need(field.target(), needs);
      case TypedExpr.Index index -> need(index.target(), needs);
      case TypedExpr.Negate negate -> need(negate.operand(), needs);
      case TypedExpr.Arithmetic arithmetic -> {
        need(arithmetic.left(), needs);
        need(arithmetic.right(), needs);
      }
      case TypedExpr.Call call
          when PASSES_NULL.contains(call.function().name()) && !call.arguments().isEmpty() ->
          need(call.arguments().get(0), needs);
      default -> {
        // a value of its own, null or not
      }
    }
    return needs;
  }

  private void need(TypedExpr expr, List<Term> needs) {
    TypedExpr resolved = resolved(expr);
    if (resolved.type().mayBeNull() && !(resolved instanceof TypedExpr.Literal)) {
      needs.add(of(expr));
    } else {
      needs.addAll(needs(resolved));
    }
  }

  private Range range(TypedExpr expr, String key) {
    if (expr instanceof TypedExpr.Call call && call.function().name().equals("count")) {
      return Range.atLeast(0);
    }
    return isPath(expr) ? background.range(key) : Range.ALL;
  }

  private static boolean plain(TypedExpr expr) {
    return isPath(expr)
        || (expr instanceof TypedExpr.Call call
            && call.function().name().equals("count")
            && call.arguments().size() == 1
            && isPath(call.arguments().get(0)));
  }

  private static boolean isPath(TypedExpr expr) {
    return switch (expr) {
      case TypedExpr.Root root -> true;
      case TypedExpr.Element element -> true;
      case TypedExpr.Field field -> isPath(field.target());
      case TypedExpr.Index index ->
          isPath(index.target()) && index.key() instanceof TypedExpr.Literal;
      default -> false;
    };
  }

  private String text(TypedExpr expr) {
    return switch (expr) {
      case TypedExpr.Literal literal when literal.type() == Special.UNKNOWN ->
          ExprPrinter.print(literal.syntax());
      case TypedExpr.Literal literal ->
          ExprPrinter.print(new Expr.Literal(literal.value(), NOWHERE));
      case TypedExpr.ListOf list -> "[" + texts(list.items()) + "]";
      case TypedExpr.Root root -> root(root);
      case TypedExpr.Element element -> "$";
      case TypedExpr.Field field -> field(field);
      case TypedExpr.Index index -> text(index.target()) + "[" + text(index.key()) + "]";
      case TypedExpr.Not not -> "(not " + text(not.operand()) + ")";
      case TypedExpr.Negate negate -> "(-" + text(negate.operand()) + ")";
      case TypedExpr.Logical logical ->
          "(" + text(logical.left()) + " " + logical.operator() + " " + text(logical.right()) + ")";
      case TypedExpr.Comparison comparison ->
          "("
              + text(comparison.left())
              + " "
              + comparison.operator().symbol()
              + " "
              + text(comparison.right())
              + ")";
      case TypedExpr.Arithmetic arithmetic ->
          "("
              + text(arithmetic.left())
              + " "
              + arithmetic.operator().symbol()
              + " "
              + text(arithmetic.right())
              + ")";
      case TypedExpr.Membership member ->
          "(" + text(member.element()) + " in " + text(member.collection()) + ")";
      case TypedExpr.Match match -> "(" + text(match.text()) + " ~= " + text(match.pattern()) + ")";
      case TypedExpr.Call call -> {
        moving |= MOVING_CALLS.contains(call.function().name());
        yield call.function().name() + "(" + texts(call.arguments()) + ")";
      }
    };
  }

  private String texts(List<TypedExpr> exprs) {
    return exprs.stream().map(this::text).collect(Collectors.joining(", "));
  }

  private String field(TypedExpr.Field field) {
    boolean ofSignal =
        field.target() instanceof TypedExpr.Root root
            && root.kind() == RootKind.LANGUAGE
            && root.name().equals("signal");
    if (ofSignal) {
      moving |= !field.name().equals("type");
      return "signal." + field.name();
    }
    return text(field.target()) + "." + field.name();
  }

  private String root(TypedExpr.Root root) {
    if (root.kind() == RootKind.FACT) {
      Optional<TypedExpr> definition = background.definition(root.name());
      if (definition.isPresent() && underWay.add(root.name())) {
        String text = text(definition.get());
        underWay.remove(root.name());
        return text;
      }
    }
    moving |= root.kind() == RootKind.LANGUAGE && MOVING_NAMES.contains(root.name());
    return root.name();
  }
}
