package io.byteport.dsl.solve;

import io.byteport.dsl.solve.Constraint.Like;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is left for the value of one term. Immutable; a step that leaves nothing answers null.
 *
 * @param mayBeNull whether null is left
 * @param mayBeValue whether a value is left
 * @param among the only values; null where there is no end of them
 * @param not values that are ruled out
 */
record Cell(
    Term term,
    boolean unavailable,
    boolean mayBeNull,
    boolean mayBeValue,
    Range range,
    @Nullable Set<Object> among,
    Set<Object> not,
    List<Like> likes) {

  static Cell of(Term term) {
    return new Cell(
        term, false, term.nullable(), true, term.range(), term.words(), Set.of(), List.of());
  }

  static Cell unavailable(Term term) {
    return new Cell(term, true, false, false, Range.ALL, null, Set.of(), List.of());
  }

  /** Whether it can only be null. */
  boolean isNull() {
    return !mayBeValue;
  }

  @Nullable Cell absent(boolean absent) {
    if (absent ? !mayBeNull : !mayBeValue) {
      return null;
    }
    return new Cell(term, false, absent, !absent, range, among, not, likes);
  }

  @Nullable Cell with(Constraint.Bound bound) {
    return narrowed(range.and(bound.range()), among, not, likes, bound.orNull());
  }

  @Nullable Cell with(Like like) {
    List<Like> more = new ArrayList<>(likes);
    more.add(like);
    return narrowed(range, among, not, more, like.orNull());
  }

  @Nullable Cell with(Constraint.Among choice) {
    if (!choice.in()) {
      Set<Object> more = new LinkedHashSet<>(not);
      more.addAll(choice.values());
      return narrowed(range, among, more, likes, choice.orNull());
    }
    Set<Object> left = new LinkedHashSet<>(choice.values());
    if (among != null) {
      left.retainAll(among);
    }
    return narrowed(range, left, not, likes, choice.orNull());
  }

  /** What is left for two terms that are equal and not null. */
  @Nullable Cell merged(Cell other) {
    Set<Object> both = among == null ? other.among : new LinkedHashSet<>(among);
    if (both != null && among != null && other.among != null) {
      both.retainAll(other.among);
    }
    Set<Object> neither = new LinkedHashSet<>(not);
    neither.addAll(other.not);
    List<Like> all = new ArrayList<>(likes);
    all.addAll(other.likes);
    return narrowed(range.and(other.range), both, neither, all, false);
  }

  private @Nullable Cell narrowed(
      Range narrower,
      @Nullable Set<Object> values,
      Set<Object> excluded,
      List<Like> tests,
      boolean orNull) {
    boolean stillNull = mayBeNull && orNull;
    Range whole = term.integral() ? narrower.whole() : narrower;
    Set<Object> left = values;
    if (values != null) {
      left = new LinkedHashSet<>();
      for (Object value : values) {
        if (allows(value, whole, excluded, tests)) {
          left.add(value);
        }
      }
    }
    boolean possible = mayBeValue && isPossible(whole, left, excluded, tests);
    return stillNull || possible
        ? new Cell(term, false, stillNull, possible, whole, left, excluded, tests)
        : null;
  }

  /** Whether a value is left; where that is not known, yes. */
  private boolean isPossible(
      Range whole, @Nullable Set<Object> values, Set<Object> excluded, List<Like> tests) {
    if (values != null) {
      return !values.isEmpty();
    }
    return switch (term.kind()) {
      case NUMBER -> isPossible(whole, excluded);
      case TEXT -> agree(tests);
      case BOOLEAN -> true;
      case OTHER -> true;
    };
  }

  private boolean isPossible(Range whole, Set<Object> excluded) {
    if (whole.isEmpty()) {
      return false;
    }
    if (!term.integral()) {
      return !(whole.isPoint() && excluded.contains(whole.low()));
    }
    if (whole.high() - whole.low() > excluded.size()) {
      return true;
    }
    for (double number = whole.low(); number <= whole.high(); number++) {
      if (!excluded.contains(number)) {
        return true;
      }
    }
    return false;
  }

  private static boolean agree(List<Like> tests) {
    for (Like one : tests) {
      for (Like other : tests) {
        boolean clash =
            one.holds()
                && (other.holds()
                    ? one.test().excludes(other.test())
                    : one.test().implies(other.test()));
        if (clash) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether a value is left; a test that is answered only in a run forbids none. */
  boolean allows(Object value) {
    return mayBeValue
        && (among == null || among.contains(value))
        && allows(value, range, not, likes);
  }

  private boolean allows(Object value, Range whole, Set<Object> excluded, List<Like> tests) {
    if (excluded.contains(value)) {
      return false;
    }
    if (value instanceof Double number) {
      return whole.contains(number) && (!term.integral() || number == Math.rint(number));
    }
    return !(value instanceof String text)
        || tests.stream()
            .allMatch(like -> like.test().of(text).orElse(like.holds()) == like.holds());
  }
}
