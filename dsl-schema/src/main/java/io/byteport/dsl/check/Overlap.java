package io.byteport.dsl.check;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Keeps a fault from being told twice: what an earlier stage found outweighs what a later one says
 * about the same words. Shapes are the schema's to judge, so the mapper's view of them counts only
 * where the schema found none.
 */
final class Overlap {
  private static final Set<DiagnosticCode> SHAPES =
      Set.of(
          DiagnosticCode.SCHEMA_UNKNOWN_FIELD,
          DiagnosticCode.SCHEMA_MISSING_FIELD,
          DiagnosticCode.SCHEMA_WRONG_TYPE,
          DiagnosticCode.SCHEMA_NOT_ALLOWED,
          DiagnosticCode.SCHEMA_OUT_OF_RANGE,
          DiagnosticCode.SCHEMA_BAD_FORMAT,
          DiagnosticCode.SCHEMA_EXCLUSIVE);

  private final List<Diagnostic> earlier;
  private final List<Diagnostic> all;
  private final boolean misshapen;

  /**
   * @param earlier what YAML and schema found
   */
  Overlap(List<Diagnostic> earlier) {
    this.earlier = List.copyOf(earlier);
    this.all = new ArrayList<>(earlier);
    this.misshapen = earlier.stream().anyMatch(one -> SHAPES.contains(one.code()));
  }

  /** Whether the document is of another kind or version, about which nothing else can be said. */
  static boolean isForeign(List<Diagnostic> shape) {
    return shape.stream().anyMatch(one -> one.code() == DiagnosticCode.SCHEMA_UNKNOWN_KIND);
  }

  /** Where the shape is wrong. */
  List<Span> misshapen() {
    return earlier.stream()
        .filter(one -> SHAPES.contains(one.code()))
        .map(Diagnostic::span)
        .toList();
  }

  /** What the mapper found. */
  void addMapped(List<Diagnostic> later) {
    addAll(later.stream().filter(one -> !misshapen || !SHAPES.contains(one.code())).toList());
  }

  /** What the checks found. */
  void addAll(List<Diagnostic> later) {
    for (Diagnostic one : later) {
      if (earlier.stream().noneMatch(before -> covers(before, one.span()))) {
        all.add(one);
      }
    }
  }

  /** A missing field is told at what lacks it, which may have other faults inside. */
  private static boolean covers(Diagnostic earlier, Span later) {
    Span span = earlier.span();
    return earlier.code() == DiagnosticCode.SCHEMA_MISSING_FIELD
        ? span.equals(later)
        : span.length() > 0 && span.start() <= later.start() && later.end() <= span.end();
  }

  boolean hasErrors() {
    return all.stream().anyMatch(Diagnostic::isError);
  }

  List<Diagnostic> all() {
    return all;
  }
}
