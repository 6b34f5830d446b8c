package io.byteport.dsl.expr;

import java.util.List;
import java.util.Objects;

/** Compares expressions and templates without regard to where and how they are written. */
public final class SameMeaning {
  private SameMeaning() {}

  /** Whether two trees are the same but for their spans. */
  public static boolean of(Expr one, Expr other) {
    return own(one).equals(own(other)) && ofAll(one.children(), other.children());
  }

  private static boolean ofAll(List<Expr> some, List<Expr> others) {
    if (some.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < some.size(); i++) {
      if (!of(some.get(i), others.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** What a node says beside its parts. */
  private static List<Object> own(Expr expr) {
    return switch (expr) {
      case Expr.Literal literal -> List.of("literal", literal.value());
      case Expr.ListLiteral list -> List.of("list");
      case Expr.Name name -> List.of("name", name.name());
      case Expr.Element element -> List.of("element");
      case Expr.Field field -> List.of("field", field.name());
      case Expr.Index index -> List.of("index");
      case Expr.Not not -> List.of("not");
      case Expr.Negate negate -> List.of("negate");
      case Expr.Logical logical -> List.of("logical", logical.operator());
      case Expr.Comparison comparison -> List.of("comparison", comparison.operator());
      case Expr.Arithmetic arithmetic -> List.of("arithmetic", arithmetic.operator());
      case Expr.Membership member -> List.of("membership", member.contains());
      case Expr.Match match -> List.of("match");
      case Expr.Call call -> List.of("call", call.function());
      case Expr.Invalid invalid -> List.of("invalid");
    };
  }

  /** Whether two templates have the same text and the same expressions in the same places. */
  public static boolean of(Template one, Template other) {
    if (one.parts().size() != other.parts().size()) {
      return false;
    }
    for (int i = 0; i < one.parts().size(); i++) {
      if (!of(one.parts().get(i), other.parts().get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean of(Template.Part one, Template.Part other) {
    return switch (one) {
      case Template.Text text -> Objects.equals(text, other);
      case Template.Hole hole ->
          other instanceof Template.Hole that && of(hole.expr(), that.expr());
    };
  }
}
