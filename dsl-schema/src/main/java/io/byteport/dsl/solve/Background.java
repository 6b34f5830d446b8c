package io.byteport.dsl.solve;

import io.byteport.dsl.expr.TypedExpr;
import java.util.Optional;

/** What is known about names beside their types. */
public interface Background {

  /** Nothing. */
  Background NONE =
      new Background() {
        @Override
        public Optional<TypedExpr> definition(String fact) {
          return Optional.empty();
        }

        @Override
        public Range range(String path) {
          return Range.ALL;
        }
      };

  /** What computes a fact; empty for a fact that is read. */
  Optional<TypedExpr> definition(String fact);

  /**
   * What the value of a path lies in, such as a parameter between its bounds.
   *
   * @param path names joined by dots
   */
  Range range(String path);
}
