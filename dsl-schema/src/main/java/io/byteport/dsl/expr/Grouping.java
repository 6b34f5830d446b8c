package io.byteport.dsl.expr;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which parentheses of an expression stay. One pair stays where the meaning needs it, and where it
 * helps the reader: around an {@code and} inside an {@code or}, and around a comparison after
 * {@code not}. A {@code !} that binds tighter than {@code not} gets a pair.
 */
final class Grouping {
  private final List<Token> tokens;
  private final Set<Integer> dropped = new HashSet<>();
  private final int[] opened;
  private final int[] closed;

  private Grouping(List<Token> tokens) {
    this.tokens = tokens;
    this.opened = new int[tokens.size()];
    this.closed = new int[tokens.size()];
  }

  /**
   * @param expr the tree, its spans counted in the expression's own text
   * @param tokens the words of the same text
   */
  static Grouping of(Expr expr, List<Token> tokens) {
    Grouping grouping = new Grouping(tokens);
    grouping.visit(expr, null);
    return grouping;
  }

  boolean isDropped(int token) {
    return dropped.contains(token);
  }

  /** How many parentheses are to be added before a token. */
  int opened(int token) {
    return opened[token];
  }

  /** How many parentheses are to be added after a token. */
  int closed(int token) {
    return closed[token];
  }

  private void visit(Expr expr, @Nullable Expr parent) {
    int first = firstAt(expr.span().start());
    int last = lastBefore(expr.span().end());
    boolean needed = parent != null && ExprPrinter.needsParentheses(expr, parent);
    boolean kept = false;
    int left = first - 1;
    int right = last + 1;
    while (isGroup(left) && tokens.get(right).is(")")) {
      if (!kept && (needed || isHelpful(expr, parent))) {
        kept = true;
      } else {
        dropped.add(left);
        dropped.add(right);
      }
      left--;
      right++;
    }
    if (needed && !kept) {
      opened[first]++;
      closed[last]++;
    }
    expr.children().forEach(child -> visit(child, expr));
  }

  private static boolean isHelpful(Expr expr, @Nullable Expr parent) {
    return switch (expr) {
      case Expr.Logical logical ->
          logical.operator() == Expr.LogicalOperator.AND
              && parent instanceof Expr.Logical outer
              && outer.operator() == Expr.LogicalOperator.OR;
      case Expr.Comparison comparison -> parent instanceof Expr.Not;
      case Expr.Membership membership -> parent instanceof Expr.Not;
      case Expr.Match match -> parent instanceof Expr.Not;
      default -> false;
    };
  }

  /** Whether a token opens a pair of parentheses that is not a call's. */
  private boolean isGroup(int index) {
    return index >= 0
        && tokens.get(index).is("(")
        && !(index > 0 && ExprLayout.endsOperand(tokens.get(index - 1)));
  }

  private int firstAt(int start) {
    int index = 0;
    while (tokens.get(index).start() < start) {
      index++;
    }
    return index;
  }

  private int lastBefore(int end) {
    int index = tokens.size() - 1;
    while (index > 0 && (tokens.get(index).end() > end || tokens.get(index).start() >= end)) {
      index--;
    }
    return index;
  }
}
