package io.byteport.dsl.check;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.source.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

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

  /** By the start of a finding the furthest end of those that start there or before. */
  private final NavigableMap<Integer, Integer> covered = new TreeMap<>();

  private final Set<Span> lacking = new HashSet<>();
  private final List<Diagnostic> all;
  private final boolean misshapen;

  /**
   * @param earlier what YAML and schema found
   */
  Overlap(List<Diagnostic> earlier) {
    this.earlier = List.copyOf(earlier);
    this.all = new ArrayList<>(earlier);
    this.misshapen = earlier.stream().anyMatch(one -> SHAPES.contains(one.code()));
    this.earlier.forEach(this::cover);
    int furthest = 0;
    for (Map.Entry<Integer, Integer> each : covered.entrySet()) {
      furthest = Math.max(furthest, each.getValue());
      each.setValue(furthest);
    }
  }

  /** A missing field is told at what lacks it, which may have other faults inside. */
  private void cover(Diagnostic one) {
    Span span = one.span();
    if (one.code() == DiagnosticCode.SCHEMA_MISSING_FIELD) {
      lacking.add(span);
    } else if (span.length() > 0) {
      covered.merge(span.start(), span.end(), Math::max);
    }
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
      if (!isCovered(one.span())) {
        all.add(one);
      }
    }
  }

  private boolean isCovered(Span later) {
    Map.Entry<Integer, Integer> before = covered.floorEntry(later.start());
    return lacking.contains(later) || (before != null && later.end() <= before.getValue());
  }

  boolean hasErrors() {
    return all.stream().anyMatch(Diagnostic::isError);
  }

  List<Diagnostic> all() {
    return all;
  }
}
