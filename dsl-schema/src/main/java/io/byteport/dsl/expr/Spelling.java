package io.byteport.dsl.expr;

import io.byteport.dsl.diagnostic.Fix;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.value.ForeignUnits;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Fixes for what other languages write and this one writes otherwise, where the two mean the same.
 */
final class Spelling {
  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry("===", "=="),
          Map.entry("!==", "!="),
          Map.entry("<>", "!="),
          Map.entry("=", "=="),
          Map.entry("&", "and"),
          Map.entry("|", "or"),
          Map.entry("=~", "~="),
          Map.entry("AND", "and"),
          Map.entry("OR", "or"),
          Map.entry("IN", "in"),
          Map.entry("eq", "=="),
          Map.entry("ne", "!="),
          Map.entry("lt", "<"),
          Map.entry("le", "<="),
          Map.entry("gt", ">"),
          Map.entry("ge", ">="),
          Map.entry("\u2264", "<="),
          Map.entry("\u2265", ">="),
          Map.entry("\u2260", "!="),
          Map.entry("\u00D7", "*"),
          Map.entry("\u00F7", "/"),
          Map.entry("\u2212", "-"));

  private Spelling() {}

  /**
   * @param written what stands in the file
   * @param hint the hint of the finding; without one nothing is certain
   */
  static Optional<Fix> fix(String written, Span span, @Nullable String hint) {
    if (hint == null) {
      return Optional.empty();
    }
    Optional<String> unit = ForeignUnits.meant(written);
    if (unit.isPresent()) {
      return unit.map(meant -> write(meant, span, ForeignUnits.isCertain(meant)));
    }
    return Optional.ofNullable(OTHERS.get(written)).map(meant -> write(meant, span, false));
  }

  private static Fix write(String replacement, Span span, boolean safe) {
    return new Fix("write `" + replacement + "`", span, replacement, safe);
  }
}
