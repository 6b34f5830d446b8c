package io.byteport.engine.eval;

import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.expr.Template;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.value.Value.NumberValue;
import java.util.function.Function;

/**
 * Fills templates. In text a value prints as {@link ValuePrinter} says, null as {@code -}, and what
 * is unavailable as its reason, so that text can always be made; the name {@code confidence} prints
 * with two decimals.
 */
public final class TemplateEvaluator {
  private final Evaluator evaluator;

  public TemplateEvaluator(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  /**
   * The text of a template.
   *
   * @param typing the typed form of each expression in it
   */
  public String text(
      Template template, Function<? super Expr, TypedExpr> typing, Environment environment) {
    StringBuilder out = new StringBuilder();
    for (Template.Part part : template.parts()) {
      switch (part) {
        case Template.Text text -> out.append(text.text());
        case Template.Hole hole -> out.append(hole(typing.apply(hole.expr()), environment));
      }
    }
    return out.toString();
  }

  private String hole(TypedExpr expr, Environment environment) {
    Evaluation evaluation = evaluator.evaluate(expr, environment);
    boolean confidence =
        expr instanceof TypedExpr.Root root
            && root.kind() == TypedExpr.RootKind.LANGUAGE
            && root.name().equals("confidence");
    if (confidence
        && evaluation instanceof Evaluation.Known known
        && known.value() instanceof NumberValue number) {
      return ValuePrinter.confidence(number.value());
    }
    return ValuePrinter.print(evaluation, expr.type());
  }
}
