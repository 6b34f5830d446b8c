package io.byteport.dsl.expr;

import io.byteport.dsl.source.Span;
import io.byteport.dsl.value.Value;
import java.util.List;
import java.util.Optional;

/**
 * The syntax tree of an expression. Spans are those of the file, so every node knows where it
 * stands.
 */
public sealed interface Expr {

  Span span();

  /** The parts of this node, in the order in which they are written. */
  default List<Expr> children() {
    return switch (this) {
      case Literal literal -> List.of();
      case Name name -> List.of();
      case Element element -> List.of();
      case Invalid invalid -> List.of();
      case ListLiteral list -> list.items();
      case Field field -> List.of(field.target());
      case Index index -> List.of(index.target(), index.key());
      case Not not -> List.of(not.operand());
      case Negate negate -> List.of(negate.operand());
      case Logical logical -> List.of(logical.left(), logical.right());
      case Comparison comparison -> List.of(comparison.left(), comparison.right());
      case Arithmetic arithmetic -> List.of(arithmetic.left(), arithmetic.right());
      case Membership member ->
          member.contains()
              ? List.of(member.collection(), member.element())
              : List.of(member.element(), member.collection());
      case Match match -> List.of(match.text(), match.pattern());
      case Call call -> call.arguments();
    };
  }

  /** A number, text, boolean, null, duration, size or percent. */
  record Literal(Value value, Span span) implements Expr {}

  record ListLiteral(List<Expr> items, Span span) implements Expr {
    public ListLiteral {
      items = List.copyOf(items);
    }
  }

  record Name(String name, Span span) implements Expr {}

  /** {@code $}: the element that a list function looks at. */
  record Element(Span span) implements Expr {}

  record Field(Expr target, String name, Span nameSpan, Span span) implements Expr {}

  record Index(Expr target, Expr key, Span span) implements Expr {}

  record Not(Expr operand, Span span) implements Expr {}

  record Negate(Expr operand, Span span) implements Expr {}

  record Logical(LogicalOperator operator, Expr left, Expr right, Span operatorSpan, Span span)
      implements Expr {}

  record Comparison(
      ComparisonOperator operator, Expr left, Expr right, Span operatorSpan, Span span)
      implements Expr {}

  record Arithmetic(
      ArithmeticOperator operator, Expr left, Expr right, Span operatorSpan, Span span)
      implements Expr {}

  /** {@code element in collection}, also written {@code collection contains element}. */
  record Membership(Expr element, Expr collection, boolean contains, Span operatorSpan, Span span)
      implements Expr {}

  /** {@code text ~= pattern}. */
  record Match(Expr text, Expr pattern, Span operatorSpan, Span span) implements Expr {}

  record Call(String function, Span nameSpan, List<Expr> arguments, Span span) implements Expr {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /** What could not be read; its error is reported already. */
  record Invalid(Span span) implements Expr {}

  enum LogicalOperator {
    AND,
    OR
  }

  enum ComparisonOperator {
    EQUAL("=="),
    NOT_EQUAL("!="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">=");

    private final String symbol;

    ComparisonOperator(String symbol) {
      this.symbol = symbol;
    }

    public String symbol() {
      return symbol;
    }

    static Optional<ComparisonOperator> of(String symbol) {
      for (ComparisonOperator operator : values()) {
        if (operator.symbol.equals(symbol)) {
          return Optional.of(operator);
        }
      }
      return Optional.empty();
    }
  }

  enum ArithmeticOperator {
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    DIVIDE("/");

    private final String symbol;

    ArithmeticOperator(String symbol) {
      this.symbol = symbol;
    }

    public String symbol() {
      return symbol;
    }
  }
}
