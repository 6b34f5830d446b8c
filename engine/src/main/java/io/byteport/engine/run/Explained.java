package io.byteport.engine.run;

import io.byteport.dsl.type.Type;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.ListValue;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.eval.Explanation;
import io.byteport.engine.eval.ValuePrinter;
import java.util.List;

/** An explanation as indented text: every term with what came of it, literals left out. */
final class Explained {
  private static final int WIDTH = 160;
  private static final int DEPTH = 8;

  private Explained() {}

  static String text(Explanation explanation) {
    StringBuilder out = new StringBuilder();
    add(explanation, 0, out);
    return out.toString().stripTrailing();
  }

  private static void add(Explanation term, int depth, StringBuilder out) {
    String value = value(term);
    if (!value.equals(term.text()) || depth == 0) {
      out.append("  ".repeat(depth))
          .append(cut(term.text()))
          .append(" → ")
          .append(cut(value))
          .append('\n');
    }
    if (depth < DEPTH) {
      terms(term.children()).forEach(child -> add(child, depth + 1, out));
    }
  }

  /** Lists and records are named by their size: their parts follow where they matter. */
  private static String value(Explanation term) {
    return switch (term.evaluation().known().orElse(Value.NULL)) {
      case ListValue list when list.items().isEmpty() -> "none";
      case ListValue list when list.items().getFirst() instanceof StructValue ->
          list.items().size() == 1 ? "1 item" : list.items().size() + " items";
      case StructValue struct when !struct.fields().isEmpty() ->
          "{" + String.join(", ", struct.fields().keySet()) + "}";
      default -> ValuePrinter.print(term.evaluation(), Type.Special.ANY);
    };
  }

  /** A text or number that stands there as it is explains nothing. */
  private static List<Explanation> terms(List<Explanation> children) {
    return children.stream()
        .filter(child -> !child.text().startsWith("\"") && !isLiteral(child))
        .toList();
  }

  private static boolean isLiteral(Explanation term) {
    return term.children().isEmpty()
        && ValuePrinter.print(term.evaluation(), Type.Special.ANY).equals(term.text());
  }

  private static String cut(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + "…";
  }
}
