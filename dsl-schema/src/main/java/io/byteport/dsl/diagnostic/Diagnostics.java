package io.byteport.dsl.diagnostic;

import java.util.Comparator;
import java.util.List;

/** Orders findings. */
public final class Diagnostics {
  private static final Comparator<Diagnostic> BY_PLACE =
      Comparator.comparing((Diagnostic diagnostic) -> diagnostic.file().name())
          .thenComparingInt(diagnostic -> diagnostic.span().start())
          .thenComparing(Diagnostic::severity)
          .thenComparingInt(diagnostic -> diagnostic.span().end())
          .thenComparing(Diagnostic::code)
          .thenComparing(Diagnostic::message);

  private Diagnostics() {}

  /** By file name, then by place, then gravest first; equal findings are told once. */
  public static List<Diagnostic> sort(List<Diagnostic> diagnostics) {
    if (diagnostics.isEmpty()) {
      return List.of();
    }
    return diagnostics.stream().distinct().sorted(BY_PLACE).toList();
  }
}
