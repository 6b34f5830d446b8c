package io.byteport.engine.run;

import io.byteport.dsl.check.OpenText;
import io.byteport.dsl.expr.Template;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.model.Choice;
import io.byteport.dsl.model.Fact;
import io.byteport.dsl.model.ValueExpr;
import io.byteport.dsl.type.RecordType;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

/** Who has chosen the text of a value. */
enum Origin {
  /** The author of the runbook, whoever configures it, or the inventory. */
  OWN,
  /** It cannot be seen from where it stands: an argument of a block, an item of a list. */
  UNSEEN,
  /** A signal, a log, a cluster, a query. */
  OUTSIDE;

  private static final Set<String> OWN_NAMES =
      Set.of("params", "runbook", "class", "confidence", "severity", "now");
  private static final Set<String> OUTSIDE_NAMES =
      Set.of("signal", "inputs", "target", "steps", "run", "guardrails", "before");

  /** That of a value as it is written. */
  static Origin of(ValueExpr value, Expressions expressions) {
    return new Search(expressions).of(value);
  }

  /** That of an expression, or of a part of one. */
  static Origin of(TypedExpr expr, Expressions expressions) {
    return new Search(expressions).of(expr);
  }

  /** Looks through facts that are computed; each once, so that it comes to an end. */
  private static final class Search {
    private final Expressions expressions;
    private final Set<String> seen = new HashSet<>();

    Search(Expressions expressions) {
      this.expressions = expressions;
    }

    private Origin of(ValueExpr value) {
      return switch (value) {
        case ValueExpr.Constant constant -> OWN;
        case ValueExpr.Single single -> of(expressions.typed(single.expr()));
        case ValueExpr.Interpolated text ->
            worst(
                text.template().parts(),
                part ->
                    part instanceof Template.Hole hole ? of(expressions.typed(hole.expr())) : OWN);
        case ValueExpr.ListOf list -> worst(list.items(), this::of);
        case ValueExpr.MapOf map -> worst(map.entries().values(), entry -> of(entry.value()));
      };
    }

    private Origin of(TypedExpr expr) {
      if (!OpenText.in(expr.type())) {
        return OWN;
      }
      return switch (expr) {
        case TypedExpr.Literal literal -> OWN;
        case TypedExpr.Root root -> named(root.name());
        case TypedExpr.Element element -> UNSEEN;
        case TypedExpr.Field field -> field(field);
        case TypedExpr.Index index -> of(index.target());
        case TypedExpr.Call call -> worst(call.arguments(), this::of);
        default -> worst(expr.operands(), this::of);
      };
    }

    private Origin field(TypedExpr.Field field) {
      boolean own =
          field.target().type().nonNull() instanceof RecordType record
              && (record.isInventory() || record.note(field.name()).trusted());
      return own ? OWN : of(field.target());
    }

    private Origin named(String name) {
      if (OWN_NAMES.contains(name)) {
        return OWN;
      }
      return switch (expressions.fact(name)) {
        case Fact.Computed computed when seen.add(name) -> of(expressions.typed(computed.expr()));
        case Fact.Chosen chosen when seen.add(name) ->
            worst(chosen.choice().options(), (Choice.Option option) -> of(option.value()));
        case Fact.Computed again -> OWN;
        case Fact.Chosen again -> OWN;
        case Fact.Read read -> OUTSIDE;
        case null -> OUTSIDE_NAMES.contains(name) ? OUTSIDE : UNSEEN;
      };
    }

    private static <T> Origin worst(Collection<T> parts, Function<T, Origin> of) {
      return parts.stream().map(of).max(Comparator.naturalOrder()).orElse(OWN);
    }
  }
}
