package io.byteport.engine.run;

import io.byteport.dsl.value.Value;
import io.byteport.engine.eval.Evaluation;
import org.jspecify.annotations.Nullable;

/**
 * What a fact said when it was last read.
 *
 * @param value null where it is unavailable
 * @param unavailable why; null where it has a value
 */
record Reading(@Nullable Value value, @Nullable String unavailable) {

  static Reading of(Value value) {
    return new Reading(value, null);
  }

  static Reading unavailable(String reason) {
    return new Reading(null, reason);
  }

  /** As an expression sees it. */
  Evaluation evaluation(String fact) {
    return value == null
        ? Evaluation.because(fact, unavailable == null ? "is unavailable" : unavailable)
        : Evaluation.of(value);
  }
}
