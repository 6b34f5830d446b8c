package io.byteport.engine.run;

import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.model.Choice;
import io.byteport.dsl.model.Fact;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.ListValue;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.eval.Evaluation;
import io.byteport.engine.eval.Explanation;
import io.byteport.engine.eval.ValuePrinter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the terms of one condition from its explanation, computed facts opened where they first
 * stand. Used for one condition.
 */
final class Terms {
  private static final int DEEPEST = 24;

  private final Expressions expressions;
  private final Set<String> opened = new LinkedHashSet<>();

  Terms(Expressions expressions) {
    this.expressions = expressions;
  }

  Term of(Explanation explanation) {
    return of(explanation, 0);
  }

  Term ofFact(String name) {
    Fact fact = expressions.fact(name);
    if (fact == null) {
      throw new IllegalArgumentException("no fact " + name);
    }
    Evaluation evaluation = expressions.root(name);
    boolean computed = !(fact instanceof Fact.Read);
    boolean condition =
        evaluation instanceof Evaluation.Known known && known.value() instanceof Value.BooleanValue;
    return new Term(
        computed ? Term.Kind.FACT : Term.Kind.VALUE,
        name,
        condition ? Expressions.verdict(evaluation) : null,
        evaluation
            .known()
            .map(value -> Term.line(printed(value, expressions.factType(name))))
            .orElse(null),
        Claims.causes(evaluation),
        null,
        computed ? computation(name, 0) : List.of());
  }

  private Term of(Explanation explanation, int depth) {
    TypedExpr term = explanation.term();
    Term.Kind kind = kind(term);
    List<Term> parts = new ArrayList<>();
    if (depth < DEEPEST) {
      if (kind == Term.Kind.FACT && term instanceof TypedExpr.Root root) {
        parts.addAll(computation(root.name(), depth));
      } else if (kind == Term.Kind.ALL || kind == Term.Kind.ANY) {
        chain(explanation, kind, depth, parts);
      } else {
        operands(explanation, depth, parts);
      }
    }
    Evaluation evaluation = explanation.evaluation();
    boolean condition =
        term.type().nonNull() == Type.Scalar.BOOLEAN
            && !(evaluation instanceof Evaluation.Known known && known.value().isNull());
    return new Term(
        kind,
        Term.line(explanation.text()),
        condition && kind != Term.Kind.LITERAL ? Expressions.verdict(evaluation) : null,
        evaluation.known().map(value -> Term.line(printed(value, term.type()))).orElse(null),
        Claims.causes(evaluation),
        operator(term),
        parts);
  }

  /** {@code a and b and c} is one term of three parts. */
  private void chain(Explanation explanation, Term.Kind kind, int depth, List<Term> parts) {
    for (Explanation child : explanation.children()) {
      if (kind(child.term()) == kind) {
        chain(child, kind, depth, parts);
      } else {
        parts.add(of(child, depth + 1));
      }
    }
  }

  /** What a path passes through says nothing that its end does not. */
  private void operands(Explanation explanation, int depth, List<Term> parts) {
    boolean path =
        explanation.term() instanceof TypedExpr.Field
            || explanation.term() instanceof TypedExpr.Index;
    for (Explanation child : explanation.children()) {
      Term.Kind kind = kind(child.term());
      if (!path || (kind != Term.Kind.VALUE && kind != Term.Kind.LITERAL)) {
        parts.add(of(child, depth + 1));
      }
    }
    if (explanation.term() instanceof TypedExpr.Field field
        && field.target() instanceof TypedExpr.Root root
        && isComputed(root)) {
      parts.add(of(expressions.explainPart(root), depth + 1));
    }
  }

  private Term.Kind kind(TypedExpr term) {
    return switch (term) {
      case TypedExpr.Logical logical ->
          logical.operator() == Expr.LogicalOperator.AND ? Term.Kind.ALL : Term.Kind.ANY;
      case TypedExpr.Not not -> Term.Kind.NOT;
      case TypedExpr.Comparison comparison -> Term.Kind.COMPARISON;
      case TypedExpr.Membership membership -> Term.Kind.COMPARISON;
      case TypedExpr.Match match -> Term.Kind.COMPARISON;
      case TypedExpr.Call call -> Term.Kind.CALL;
      case TypedExpr.Literal literal -> Term.Kind.LITERAL;
      case TypedExpr.ListOf list when list.items().stream().allMatch(this::isLiteral) ->
          Term.Kind.LITERAL;
      case TypedExpr.Root root when isComputed(root) -> Term.Kind.FACT;
      case TypedExpr other -> Term.Kind.VALUE;
    };
  }

  private boolean isLiteral(TypedExpr term) {
    return kind(term) == Term.Kind.LITERAL;
  }

  private boolean isComputed(TypedExpr.Root root) {
    Fact fact = root.kind() == TypedExpr.RootKind.FACT ? expressions.fact(root.name()) : null;
    return fact instanceof Fact.Computed || fact instanceof Fact.Chosen;
  }

  private static @Nullable String operator(TypedExpr term) {
    return switch (term) {
      case TypedExpr.Logical logical ->
          logical.operator() == Expr.LogicalOperator.AND ? "and" : "or";
      case TypedExpr.Not not -> "not";
      case TypedExpr.Comparison comparison -> comparison.operator().symbol();
      case TypedExpr.Membership membership ->
          membership.syntax() instanceof Expr.Membership written && written.contains()
              ? "contains"
              : "in";
      case TypedExpr.Match match -> "~=";
      case TypedExpr.Call call -> call.function().name();
      case TypedExpr other -> null;
    };
  }

  private List<Term> computation(String name, int depth) {
    if (!opened.add(name)) {
      return List.of();
    }
    return switch (expressions.fact(name)) {
      case Fact.Computed computed ->
          List.of(of(expressions.explain(computed.expr(), Locals.NONE), depth + 1));
      case Fact.Chosen chosen -> conditions(chosen.choice(), depth);
      case null, default -> List.of();
    };
  }

  /** The conditions of a choice as far as they were looked at. */
  private List<Term> conditions(Choice choice, int depth) {
    List<Term> looked = new ArrayList<>();
    for (Choice.Option option : choice.options()) {
      if (option.when() == null) {
        break;
      }
      Explanation when = expressions.explain(option.when(), Locals.NONE);
      looked.add(of(when, depth + 1));
      if (!when.evaluation().isFalse()) {
        break;
      }
    }
    return looked;
  }

  /** Lists of records are named by their size, records by their fields. */
  private static String printed(Value value, Type type) {
    return switch (value) {
      case Value.NullValue none -> "null";
      case Value.TextValue text -> "\"" + text.value() + "\"";
      case ListValue list when list.items().isEmpty() -> "none";
      case ListValue list when list.items().getFirst() instanceof StructValue ->
          list.items().size() == 1 ? "1 item" : list.items().size() + " items";
      case StructValue struct when !struct.fields().isEmpty() ->
          "{" + String.join(", ", struct.fields().keySet()) + "}";
      default -> ValuePrinter.print(value, type);
    };
  }
}
