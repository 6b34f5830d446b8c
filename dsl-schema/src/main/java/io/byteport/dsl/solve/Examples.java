package io.byteport.dsl.solve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Values that people would choose as an example. */
final class Examples {
  private static final List<String> WORDS =
      List.of("other", "text", "a", "0", "x1", "x2", "x3", "");
  private static final int MOST_TRIES = 64;

  private Examples() {}

  /**
   * A number of a range: near its lower end, as round as there is.
   *
   * @param step how far from an end that is left out
   */
  static Optional<Double> number(Range range, boolean whole, double step) {
    List<Double> tries = new ArrayList<>();
    if (Double.isInfinite(range.low())) {
      tries.add(0.0);
      tries.add(Math.min(range.high(), 0));
      tries.add(range.high() - step);
    } else {
      tries.add(Math.ceil(range.low() / step) * step);
      tries.add(range.low());
      tries.add(Math.floor(range.low() / step) * step + step);
      tries.add(Math.floor(range.low()) + 1);
      tries.add(Double.isInfinite(range.high()) ? range.low() * 2 + 1 : range.high());
      tries.add(range.low() / 2 + range.high() / 2);
    }
    return tries.stream()
        .filter(value -> Double.isFinite(value) && range.contains(value))
        .filter(value -> !whole || value == Math.rint(value))
        .map(value -> value + 0.0) // no negative zero
        .findFirst();
  }

  /** A value of a cell that is none of some others; empty where none is found. */
  static Optional<Object> value(Cell cell, List<Object> others) {
    if (cell.among() != null) {
      return cell.among().stream()
          .filter(value -> cell.allows(value) && !others.contains(value))
          .findFirst();
    }
    return switch (cell.term().kind()) {
      case NUMBER -> number(cell, others);
      case TEXT ->
          texts(cell).stream()
              .filter(text -> cell.allows(text) && !others.contains(text))
              .map(Object.class::cast)
              .findFirst();
      case BOOLEAN -> Optional.empty();
      case OTHER -> Optional.of(cell.term().key());
    };
  }

  private static Optional<Object> number(Cell cell, List<Object> others) {
    double step = Quantity.step(cell.term().type());
    Range range = cell.range();
    for (int i = 0; i < MOST_TRIES; i++) {
      Optional<Double> value = number(range, cell.term().integral(), step);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      if (cell.allows(value.get()) && !others.contains(value.get())) {
        return value.map(Object.class::cast);
      }
      Range above = range.and(Range.above(value.get()));
      Range below = range.and(Range.below(value.get()));
      range = number(above, cell.term().integral(), step).isPresent() ? above : below;
    }
    return Optional.empty();
  }

  /** Texts that are built so as to pass the tests that are to be passed. */
  private static List<String> texts(Cell cell) {
    String begin = "";
    String end = "";
    List<String> parts = new ArrayList<>();
    for (Constraint.Like like : cell.likes()) {
      if (like.holds()) {
        switch (like.test()) {
          case TextTest.Begins begins ->
              begin = begins.prefix().length() > begin.length() ? begins.prefix() : begin;
          case TextTest.Ends ends ->
              end = ends.suffix().length() > end.length() ? ends.suffix() : end;
          case TextTest.Contains contains -> parts.add(contains.part());
          case TextTest.Fits fits -> PatternExample.of(fits.pattern()).ifPresent(parts::add);
          case TextTest.Symbolic symbolic -> {
            // whatever the pattern is, some text is found by it
          }
        }
      }
    }
    List<String> texts = new ArrayList<>();
    if (begin.isEmpty() && end.isEmpty() && parts.isEmpty()) {
      texts.addAll(WORDS);
      return texts;
    }
    parts.forEach(part -> texts.add(part));
    texts.add(begin + end);
    texts.add(begin + String.join(" ", parts) + end);
    texts.add(begin + " " + String.join(" ", parts) + " " + end);
    texts.add(begin + String.join("", parts) + "x" + end);
    texts.add(begin + "1" + String.join(" ", parts) + end);
    texts.add(begin + "2" + String.join(" ", parts) + end);
    return texts;
  }
}
