package io.byteport.dsl.expr;

import io.byteport.dsl.expr.Expr.ArithmeticOperator;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Quantities;
import io.byteport.dsl.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Prints an expression in its canonical form: one line, {@code and}, {@code or}, {@code not} as
 * words, one space around operators, only the parentheses that are needed. Reading the text again
 * gives the same tree, but for its spans.
 */
public final class ExprPrinter {
  private static final int OR = 1;
  private static final int AND = 2;
  private static final int NOT = 3;
  private static final int COMPARISON = 4;
  private static final int SUM = 5;
  private static final int PRODUCT = 6;
  private static final int UNARY = 7;
  private static final int OPERAND = 8;
  private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi");
  private static final List<String> DECIMAL = List.of("", "k", "M", "G", "T", "P");

  private ExprPrinter() {}

  /** The canonical text; of a tree with errors an approximation. */
  public static String print(Expr expr) {
    return switch (expr) {
      case Expr.Literal literal -> literal(literal.value());
      case Expr.ListLiteral list -> "[" + all(list.items()) + "]";
      case Expr.Name name -> name.name();
      case Expr.Element element -> "$";
      case Expr.Field field -> at(OPERAND, field.target()) + "." + field.name();
      case Expr.Index index -> at(OPERAND, index.target()) + "[" + print(index.key()) + "]";
      case Expr.Not not -> "not " + at(NOT, not.operand());
      case Expr.Negate negate -> "-" + negated(negate.operand());
      case Expr.Logical logical ->
          logical.operator() == Expr.LogicalOperator.OR
              ? at(OR, logical.left()) + " or " + at(AND, logical.right())
              : at(AND, logical.left()) + " and " + at(NOT, logical.right());
      case Expr.Comparison comparison ->
          operands(comparison.left(), comparison.operator().symbol(), comparison.right());
      case Expr.Membership member ->
          member.contains()
              ? operands(member.collection(), "contains", member.element())
              : operands(member.element(), "in", member.collection());
      case Expr.Match match -> operands(match.text(), "~=", match.pattern());
      case Expr.Arithmetic arithmetic -> arithmetic(arithmetic);
      case Expr.Call call -> call.function() + "(" + all(call.arguments()) + ")";
      case Expr.Invalid invalid -> "?";
    };
  }

  private static String all(List<Expr> exprs) {
    return exprs.stream().map(ExprPrinter::print).collect(Collectors.joining(", "));
  }

  private static String operands(Expr left, String operator, Expr right) {
    return at(SUM, left) + " " + operator + " " + at(SUM, right);
  }

  private static String arithmetic(Expr.Arithmetic arithmetic) {
    boolean sum =
        arithmetic.operator() == ArithmeticOperator.ADD
            || arithmetic.operator() == ArithmeticOperator.SUBTRACT;
    int level = sum ? SUM : PRODUCT;
    return at(level, arithmetic.left())
        + " "
        + arithmetic.operator().symbol()
        + " "
        + at(level + 1, arithmetic.right());
  }

  /**
   * Whether an expression has to stand in parentheses as a part of another; spans tell parts apart.
   */
  static boolean needsParentheses(Expr part, Expr whole) {
    return switch (whole) {
      case Expr.Field field -> level(part) < OPERAND;
      case Expr.Index index -> part.equals(index.target()) && level(part) < OPERAND;
      case Expr.Not not -> level(part) < NOT;
      case Expr.Negate negate -> part instanceof Expr.Negate || level(part) < UNARY;
      case Expr.Logical logical ->
          level(part) < (part.equals(logical.left()) ? level(whole) : level(whole) + 1);
      case Expr.Comparison comparison -> level(part) < SUM;
      case Expr.Membership membership -> level(part) < SUM;
      case Expr.Match match -> level(part) < SUM;
      case Expr.Arithmetic arithmetic ->
          level(part) < (part.equals(arithmetic.left()) ? level(whole) : level(whole) + 1);
      case Expr.ListLiteral list -> false;
      case Expr.Call call -> false;
      case Expr.Literal literal -> false;
      case Expr.Name name -> false;
      case Expr.Element element -> false;
      case Expr.Invalid invalid -> false;
    };
  }

  private static String negated(Expr operand) {
    return operand instanceof Expr.Negate ? "(" + print(operand) + ")" : at(UNARY, operand);
  }

  private static String at(int level, Expr expr) {
    return level(expr) < level ? "(" + print(expr) + ")" : print(expr);
  }

  private static int level(Expr expr) {
    return switch (expr) {
      case Expr.Logical logical -> logical.operator() == Expr.LogicalOperator.OR ? OR : AND;
      case Expr.Not not -> NOT;
      case Expr.Comparison comparison -> COMPARISON;
      case Expr.Membership membership -> COMPARISON;
      case Expr.Match match -> COMPARISON;
      case Expr.Arithmetic arithmetic ->
          switch (arithmetic.operator()) {
            case ADD, SUBTRACT -> SUM;
            case MULTIPLY, DIVIDE -> PRODUCT;
          };
      case Expr.Negate negate -> UNARY;
      case Expr.Literal literal -> OPERAND;
      case Expr.ListLiteral list -> OPERAND;
      case Expr.Name name -> OPERAND;
      case Expr.Element element -> OPERAND;
      case Expr.Field field -> OPERAND;
      case Expr.Index index -> OPERAND;
      case Expr.Call call -> OPERAND;
      case Expr.Invalid invalid -> OPERAND;
    };
  }

  private static String literal(Value value) {
    return switch (value) {
      case Value.NullValue none -> "null";
      case Value.BooleanValue bool -> String.valueOf(bool.value());
      case Value.NumberValue number -> Quantities.number(number.value());
      case Value.TextValue text -> quoted(text.value());
      case Value.DurationValue duration -> duration(duration.value());
      case Value.SizeValue size -> size(size.value());
      case Value.PercentValue percent -> Quantities.number(percent.value().points()) + "%";
      case Value.InstantValue instant -> "time(" + quoted(instant.value().toString()) + ")";
      case Value.ListValue list ->
          list.items().stream()
              .map(ExprPrinter::literal)
              .collect(Collectors.joining(", ", "[", "]"));
      case Value.StructValue struct -> "{...}";
    };
  }

  /** A text in double quotes, as an expression writes it. */
  public static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> out.appendCodePoint(c);
              }
            });
    return out.append('"').toString();
  }

  private static String duration(Duration duration) {
    return duration.toNanosPart() % 1_000_000 == 0
        ? Quantities.print(duration)
        : Quantities.number(duration.toNanos() / 1e6) + "ms";
  }

  private static String size(DataSize size) {
    long bytes = size.bytes();
    for (int power = BINARY.size() - 1; power > 0 && bytes != 0; power--) {
      long binary = 1L << (10 * power);
      if (bytes % binary == 0) {
        return bytes / binary + BINARY.get(power);
      }
      long decimal = (long) Math.pow(1000, power);
      if (bytes % decimal == 0) {
        return bytes / decimal + DECIMAL.get(power);
      }
    }
    return bytes + "B";
  }
}
