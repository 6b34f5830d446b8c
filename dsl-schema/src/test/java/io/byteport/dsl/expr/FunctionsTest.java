package io.byteport.dsl.expr;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FunctionsTest {

  @Test
  void the_library_is_that_of_the_language_reference() {
    assertThat(Functions.names())
        .containsExactlyInAnyOrder(
            "any",
            "all",
            "count",
            "filter",
            "map",
            "first",
            "last",
            "take",
            "tally",
            "sum",
            "min",
            "max",
            "share",
            "coalesce",
            "increase",
            "rate",
            "growth",
            "rising",
            "quantile",
            "correlation",
            "age",
            "seconds",
            "days",
            "ceil",
            "floor",
            "round",
            "pow",
            "startsWith",
            "endsWith",
            "matches",
            "lower",
            "upper",
            "trim",
            "split",
            "join",
            "endpoints",
            "number",
            "time",
            "stamp",
            "text");
  }

  @Test
  void every_function_is_documented_in_one_sentence_with_an_example() {
    assertThat(Functions.all())
        .allSatisfy(
            function -> {
              assertThat(function.doc()).isNotBlank().doesNotEndWith(".").matches("[A-Z].*");
              assertThat(function.examples()).isNotEmpty();
              assertThat(function.parameters()).isNotEmpty();
              assertThat(function.examples())
                  .allSatisfy(
                      example -> assertThat(example.expression()).contains(function.name() + "("));
            });
  }
}
