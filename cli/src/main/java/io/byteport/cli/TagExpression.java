package io.byteport.cli;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.expr.ExprParser;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.SourceMap;
import java.util.Set;

/** Selects cases by their tags, as in {@code memory and not (slow or flaky)}. */
final class TagExpression {
  private final Expr expr;

  private TagExpression(Expr expr) {
    this.expr = expr;
  }

  /**
   * @throws UsageException if it is anything but tags, {@code and}, {@code or}, {@code not} and
   *     parentheses
   */
  static TagExpression of(String text) {
    SourceFile source = new SourceFile("--tags", text);
    Checked<Expr> parsed = ExprParser.parse(source, text, SourceMap.straight(0, source.length()));
    Expr expr = parsed.valueOrNull();
    if (expr == null || parsed.hasErrors()) {
      throw new UsageException(Language.print(parsed.diagnostics(), false).stripTrailing());
    }
    if (!isOfTags(expr)) {
      throw new UsageException(
          "--tags: expected tags with `and`, `or`, `not` and parentheses, found `" + text + "`");
    }
    return new TagExpression(expr);
  }

  private static boolean isOfTags(Expr expr) {
    return switch (expr) {
      case Expr.Name name -> true;
      case Expr.Not not -> isOfTags(not.operand());
      case Expr.Logical logical -> isOfTags(logical.left()) && isOfTags(logical.right());
      default -> false;
    };
  }

  boolean selects(Set<String> tags) {
    return selects(expr, tags);
  }

  private static boolean selects(Expr expr, Set<String> tags) {
    return switch (expr) {
      case Expr.Name name -> tags.contains(name.name());
      case Expr.Not not -> !selects(not.operand(), tags);
      case Expr.Logical logical ->
          logical.operator() == Expr.LogicalOperator.AND
              ? selects(logical.left(), tags) && selects(logical.right(), tags)
              : selects(logical.left(), tags) || selects(logical.right(), tags);
      default -> false;
    };
  }
}
