package io.byteport.dsl.expr;

import io.byteport.dsl.source.Span;
import java.util.List;

/** Text with {@code ${expressions}} in it. Two dollar signs make a literal one. */
public record Template(List<Part> parts, Span span) {

  public Template {
    parts = List.copyOf(parts);
  }

  public sealed interface Part {}

  public record Text(String text) implements Part {}

  public record Hole(Expr expr, Span span) implements Part {}
}
