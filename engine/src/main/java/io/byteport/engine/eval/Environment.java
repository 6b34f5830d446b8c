package io.byteport.engine.eval;

import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import java.time.Instant;
import java.util.List;

/**
 * What the names of an expression stand for during one evaluation. Answers must not change while it
 * lasts, and must be of the types that the expression was checked with.
 */
public interface Environment {

  /** The value of a first name; of a fact that could not be read, why. */
  Evaluation root(String name);

  /**
   * A field taken directly of a first name. To be overridden for names whose fields are known or
   * unknown one by one, such as {@code before}.
   */
  default Evaluation member(String root, String field) {
    return switch (root(root)) {
      case Evaluation.Undecided undecided -> undecided;
      case Evaluation.Known known ->
          Evaluation.of(
              known.value() instanceof StructValue struct ? struct.get(field) : Value.NULL);
    };
  }

  /** The time at which the expression is evaluated, and what {@code now} stands for. */
  Instant now();

  /**
   * What the roots were at earlier times, oldest first. {@code increase(x, window)} is undecided
   * until a sample is as old as the window, so keep one sample that is at least as old as the
   * longest window.
   */
  default List<Sample> history() {
    return List.of();
  }
}
