package io.byteport.engine.eval;

import io.byteport.dsl.value.Value;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What came of an expression: a value, which may be null, or nothing, with the reasons. */
public sealed interface Evaluation {

  /** A value is known; {@link Value#NULL} is a known absence. */
  record Known(Value value) implements Evaluation {}

  /**
   * Nothing is known.
   *
   * @param causes why, each once, at least one
   */
  record Undecided(List<Cause> causes) implements Evaluation {
    public Undecided {
      if (causes.isEmpty()) {
        throw new IllegalArgumentException("undecided without a cause");
      }
      causes = List.copyOf(causes);
    }

    /** The causes in one line, each reason once. */
    public String reason() {
      return Causes.sentence(causes);
    }
  }

  static Evaluation of(Value value) {
    return new Known(value);
  }

  static Evaluation of(boolean value) {
    return new Known(Value.of(value));
  }

  static Undecided because(String name, String reason) {
    return new Undecided(List.of(new Cause(name, reason)));
  }

  /** All causes of several, each once. */
  static Undecided merged(Collection<Undecided> parts) {
    Set<Cause> causes = new LinkedHashSet<>();
    parts.forEach(part -> causes.addAll(part.causes()));
    return new Undecided(List.copyOf(causes));
  }

  /** The value, or empty where nothing is known. */
  default Optional<Value> known() {
    return this instanceof Known known ? Optional.of(known.value()) : Optional.empty();
  }

  /** Whether this is known to be true; undecided and null are not. */
  default boolean isTrue() {
    return this instanceof Known known
        && known.value() instanceof Value.BooleanValue bool
        && bool.value();
  }

  /** Whether this is known to be false; undecided and null are not. */
  default boolean isFalse() {
    return this instanceof Known known
        && known.value() instanceof Value.BooleanValue bool
        && !bool.value();
  }
}
