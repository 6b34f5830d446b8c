package io.byteport.engine.signal;

import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.expr.Template;
import io.byteport.dsl.model.Runbook.Target;
import io.byteport.dsl.model.ValueExpr;
import java.util.LinkedHashSet;
import java.util.Set;

/** Finds the inputs that say what an incident is about: those that the target is made of. */
final class Anchors {
  private Anchors() {}

  static Set<String> of(Target target) {
    Set<String> inputs = new LinkedHashSet<>();
    target.fields().values().forEach(field -> collect(field.value(), inputs));
    return inputs;
  }

  /** The inputs that one value names. */
  static Set<String> of(ValueExpr value) {
    Set<String> inputs = new LinkedHashSet<>();
    collect(value, inputs);
    return inputs;
  }

  private static void collect(ValueExpr value, Set<String> inputs) {
    switch (value) {
      case ValueExpr.Constant constant -> {}
      case ValueExpr.Single single -> collect(single.expr(), inputs);
      case ValueExpr.Interpolated text -> {
        for (Template.Part part : text.template().parts()) {
          if (part instanceof Template.Hole hole) {
            collect(hole.expr(), inputs);
          }
        }
      }
      case ValueExpr.ListOf list -> list.items().forEach(item -> collect(item, inputs));
      case ValueExpr.MapOf map ->
          map.entries().values().forEach(entry -> collect(entry.value(), inputs));
    }
  }

  private static void collect(Expr expr, Set<String> inputs) {
    if (expr instanceof Expr.Field field
        && field.target() instanceof Expr.Name root
        && root.name().equals("inputs")) {
      inputs.add(field.name());
    }
    expr.children().forEach(child -> collect(child, inputs));
  }
}
