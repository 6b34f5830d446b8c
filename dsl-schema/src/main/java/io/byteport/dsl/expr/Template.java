package io.byteport.dsl.expr;

import io.byteport.dsl.source.Span;
import java.util.List;
import java.util.Optional;

/** Text with {@code ${expressions}} in it. Two dollar signs make a literal one. */
public record Template(List<Part> parts, Span span) {

  public Template {
    parts = List.copyOf(parts);
  }

  /** The expression of a text that is exactly one hole, which keeps its type. */
  public Optional<Expr> single() {
    return parts.size() == 1 && parts.get(0) instanceof Hole hole
        ? Optional.of(hole.expr())
        : Optional.empty();
  }

  /** Whether there is no hole in it. */
  public boolean isConstant() {
    return parts.stream().allMatch(Text.class::isInstance);
  }

  public sealed interface Part {}

  public record Text(String text) implements Part {}

  public record Hole(Expr expr, Span span) implements Part {}
}
