package io.byteport.dsl.agent;

import io.byteport.dsl.connection.Findings;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.expr.ExprParser;
import io.byteport.dsl.expr.Scope;
import io.byteport.dsl.expr.Template;
import io.byteport.dsl.expr.TemplateParser;
import io.byteport.dsl.expr.TypeChecker;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the expressions and templates of a configuration, each in the names that it may use. */
record Expressions(Findings findings) {
  private static final String NOTHING = "-";

  /** A condition; null where it is not sound. */
  @Nullable TypedExpr condition(Entry field, Scope scope) {
    Expr expr = parsed(field);
    return expr == null ? null : take(TypeChecker.checkCondition(findings.file(), expr, scope));
  }

  /** An expression of any type; null where it is not sound. */
  @Nullable TypedExpr expression(Entry field, Scope scope) {
    Expr expr = parsed(field);
    return expr == null ? null : take(TypeChecker.check(findings.file(), expr, scope, null));
  }

  private @Nullable Expr parsed(Entry field) {
    return Findings.isText(field.value()) && field.value() instanceof YamlScalar scalar
        ? take(ExprParser.parse(findings.file(), scalar.text(), scalar.map()))
        : misshapen(field, "an expression");
  }

  private @Nullable Expr misshapen(Entry field, String expected) {
    findings.shape(field.key(), field.value(), expected);
    return null;
  }

  /**
   * A text with {@code ${...}}. One that is nothing but such a hole keeps its type, null included;
   * of any other a text is made, with a dash for what is null.
   *
   * @param expected null where any type will do
   */
  @Nullable TypedExpr template(Entry field, Scope scope, @Nullable Type expected) {
    if (!Findings.isText(field.value()) || !(field.value() instanceof YamlScalar scalar)) {
      findings.shape(field.key(), field.value(), "a text");
      return null;
    }
    Checked<Template> parsed = TemplateParser.parse(findings.file(), scalar.text(), scalar.map());
    Template template = take(parsed);
    if (template == null || parsed.hasErrors()) {
      return null;
    }
    Expr expr = template.single().orElseGet(() -> joined(template, scalar.span()));
    return take(TypeChecker.check(findings.file(), expr, scope, expected));
  }

  /** The template as a call of the library. */
  private static Expr joined(Template template, Span span) {
    if (template.isConstant()) {
      StringBuilder text = new StringBuilder();
      template.parts().forEach(part -> text.append(((Template.Text) part).text()));
      return literal(text.toString(), span);
    }
    List<Expr> parts = new ArrayList<>();
    for (Template.Part part : template.parts()) {
      parts.add(
          switch (part) {
            case Template.Text text -> literal(text.text(), span);
            case Template.Hole hole -> printed(hole.expr());
          });
    }
    Expr list = new Expr.ListLiteral(parts, span);
    return new Expr.Call("join", span, List.of(list, literal("", span)), span);
  }

  private static Expr printed(Expr expr) {
    Span span = expr.span();
    Expr text = new Expr.Call("text", span, List.of(expr), span);
    return new Expr.Call("coalesce", span, List.of(text, literal(NOTHING, span)), span);
  }

  private static Expr literal(String text, Span span) {
    return new Expr.Literal(Value.of(text), span);
  }

  private <T> @Nullable T take(Checked<T> checked) {
    findings.all().addAll(checked.diagnostics());
    return checked.valueOrNull();
  }
}
