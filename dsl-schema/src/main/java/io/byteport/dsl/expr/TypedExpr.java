package io.byteport.dsl.expr;

import io.byteport.dsl.type.Type;
import io.byteport.dsl.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * An expression whose names are resolved and whose types are known: what the evaluator takes. Only
 * the type checker makes one, and only of an expression without errors.
 */
public sealed interface TypedExpr {

  Type type();

  /** The syntax that it came from, for positions and explanations. */
  Expr syntax();

  /**
   * The parts of this node in order, without the arguments that are expressions over {@link
   * Element}, which have a value for each.
   */
  default List<TypedExpr> operands() {
    return switch (this) {
      case Literal literal -> List.of();
      case Root root -> List.of();
      case Element element -> List.of();
      case ListOf list -> list.items();
      case Field field -> List.of(field.target());
      case Index index -> List.of(index.target(), index.key());
      case Not not -> List.of(not.operand());
      case Negate negate -> List.of(negate.operand());
      case Logical logical -> List.of(logical.left(), logical.right());
      case Comparison comparison -> List.of(comparison.left(), comparison.right());
      case Arithmetic arithmetic -> List.of(arithmetic.left(), arithmetic.right());
      case Membership member -> List.of(member.element(), member.collection());
      case Match match -> List.of(match.text(), match.pattern());
      case Call call -> call.plainArguments();
    };
  }

  /**
   * A literal. Where the context asks for another kind (a percent, a size), the value is of that
   * kind already.
   */
  record Literal(Value value, Type type, Expr syntax) implements TypedExpr {}

  record ListOf(List<TypedExpr> items, Type type, Expr syntax) implements TypedExpr {
    public ListOf {
      items = List.copyOf(items);
    }
  }

  /** A name in scope: a fact, or a root such as {@code params}, {@code steps}, {@code item}. */
  record Root(String name, RootKind kind, Type type, Expr syntax) implements TypedExpr {}

  /** {@code $}, of the innermost list function around it. */
  record Element(Type type, Expr syntax) implements TypedExpr {}

  /** A field of a record. Null where the target is null. */
  record Field(TypedExpr target, String name, Type type, Expr syntax) implements TypedExpr {}

  /** An entry of a map by text, or of a list by number. Null where there is none. */
  record Index(TypedExpr target, TypedExpr key, Type type, Expr syntax) implements TypedExpr {}

  record Not(TypedExpr operand, Type type, Expr syntax) implements TypedExpr {}

  record Negate(TypedExpr operand, Type type, Expr syntax) implements TypedExpr {}

  record Logical(
      Expr.LogicalOperator operator, TypedExpr left, TypedExpr right, Type type, Expr syntax)
      implements TypedExpr {}

  record Comparison(
      Expr.ComparisonOperator operator, TypedExpr left, TypedExpr right, Type type, Expr syntax)
      implements TypedExpr {}

  record Arithmetic(
      Expr.ArithmeticOperator operator, TypedExpr left, TypedExpr right, Type type, Expr syntax)
      implements TypedExpr {}

  record Membership(TypedExpr element, TypedExpr collection, Type type, Expr syntax)
      implements TypedExpr {}

  record Match(TypedExpr text, TypedExpr pattern, Type type, Expr syntax) implements TypedExpr {}

  /**
   * A call of the library. An argument that the function applies to each element of a list is an
   * expression over {@link Element}; {@link Function#lambda(int)} tells which.
   */
  record Call(Function function, List<TypedExpr> arguments, Type type, Expr syntax)
      implements TypedExpr {
    public Call {
      arguments = List.copyOf(arguments);
    }

    /** The arguments that are not expressions over {@link Element}. */
    private List<TypedExpr> plainArguments() {
      List<TypedExpr> plain = new ArrayList<>();
      for (int i = 0; i < arguments.size(); i++) {
        if (!function.lambda(i)) {
          plain.add(arguments.get(i));
        }
      }
      return plain;
    }
  }

  /** What kind of name a root is. */
  enum RootKind {
    /** Something that {@code diagnose} or {@code verify.read} declares. */
    FACT,
    /** A name of the language: params, inputs, signal, target, class, run, ... */
    LANGUAGE,
    /** Only here: item, result, args, with. */
    LOCAL
  }
}
