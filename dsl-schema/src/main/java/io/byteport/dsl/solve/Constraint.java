package io.byteport.dsl.solve;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One thing that is asked of the values of terms. Each but {@link Unavailable} says too that the
 * values are known; {@code orNull} says that null will do as well.
 */
sealed interface Constraint {

  List<Term> terms();

  /** The value is one of these, or none of them: doubles, strings or booleans. */
  record Among(Term term, Set<Object> values, boolean in, boolean orNull) implements Constraint {
    public Among {
      values = new LinkedHashSet<>(values);
    }

    @Override
    public List<Term> terms() {
      return List.of(term);
    }
  }

  record Bound(Term term, Range range, boolean orNull) implements Constraint {
    @Override
    public List<Term> terms() {
      return List.of(term);
    }
  }

  record Like(Term term, TextTest test, boolean holds, boolean orNull) implements Constraint {
    @Override
    public List<Term> terms() {
      return List.of(term);
    }
  }

  /** The left number is less than the right, or not more. Neither is null. */
  record Order(Term left, Term right, boolean strict) implements Constraint {
    @Override
    public List<Term> terms() {
      return List.of(left, right);
    }
  }

  /** Two values are equal, or differ. Neither is null. */
  record Same(Term left, Term right, boolean equal) implements Constraint {
    @Override
    public List<Term> terms() {
      return List.of(left, right);
    }
  }

  record Absent(Term term, boolean absent) implements Constraint {
    @Override
    public List<Term> terms() {
      return List.of(term);
    }
  }

  /** The value is known, null or not. */
  record Known(Term term) implements Constraint {
    @Override
    public List<Term> terms() {
      return List.of(term);
    }
  }

  /** The value could not be learned. */
  record Unavailable(Term term) implements Constraint {
    @Override
    public List<Term> terms() {
      return List.of(term);
    }
  }
}
