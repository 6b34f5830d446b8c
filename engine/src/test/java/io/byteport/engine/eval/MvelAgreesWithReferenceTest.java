package io.byteport.engine.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.value.Value;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Random expressions, evaluated by MVEL behind its gate and by the reference. {@code
 * -Dbyteport.expressions=1000000} compares a million.
 */
class MvelAgreesWithReferenceTest {
  private static final int COMPARISONS = Integer.getInteger("byteport.expressions", 50_000);
  private static final int PER_ENVIRONMENT = 50;

  private final Evaluator evaluator = new Evaluator();
  private int compared;

  @Test
  void every_generated_expression_means_the_same_to_both() {
    Map<Kind, Integer> seen = new EnumMap<>(Kind.class);
    for (int seed = 0; seed * PER_ENVIRONMENT < COMPARISONS; seed++) {
      compare(seed, seen);
    }
    assertThat(compared).isGreaterThanOrEqualTo(COMPARISONS);
    assertThat(seen.keySet()).containsExactlyInAnyOrder(Kind.values());
    assertThat(seen.values())
        .as("each kind of outcome is a tenth at least: %s", seen)
        .allSatisfy(times -> assertThat(times).isGreaterThan(compared / 10));
  }

  private enum Kind {
    TRUE,
    FALSE,
    UNDECIDED,
    QUANTITY
  }

  private void compare(int seed, Map<Kind, Integer> seen) {
    RandomExpressions random = new RandomExpressions(seed);
    Typed names = random.names();
    Reference reference = new Reference(names);
    for (int i = 0; i < PER_ENVIRONMENT; i++) {
      boolean condition = i % 3 != 0;
      String text =
          condition
              ? random.condition(1 + i % 4)
              : random.quantity(
                  List.of(
                          Scalar.NUMBER,
                          Scalar.DURATION,
                          Scalar.SIZE,
                          Scalar.PERCENT,
                          Scalar.INSTANT)
                      .get(i % 5),
                  1 + i % 4);
      TypedExpr typed = names.typed(text);
      Optional<Value> expected = reference.evaluate(typed);
      Evaluation found = evaluator.evaluate(typed, names);
      assertThat(Reference.agree(expected, found))
          .as("seed %d: %s is %s, not %s", seed, text, expected, found)
          .isTrue();
      compared++;
      seen.merge(kind(found), 1, Integer::sum);
    }
  }

  private static Kind kind(Evaluation evaluation) {
    if (evaluation instanceof Evaluation.Undecided) {
      return Kind.UNDECIDED;
    }
    return evaluation.isTrue() ? Kind.TRUE : evaluation.isFalse() ? Kind.FALSE : Kind.QUANTITY;
  }

  @Test
  void eight_threads_agree_with_one() throws Exception {
    RandomExpressions random = new RandomExpressions(4711);
    Typed names = random.names();
    List<TypedExpr> expressions = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      expressions.add(names.typed(random.condition(4)));
    }
    List<Evaluation> alone = expressions.stream().map(e -> evaluator.evaluate(e, names)).toList();
    Evaluator shared = new Evaluator();
    Callable<List<Evaluation>> all =
        () -> {
          List<Evaluation> last = List.of();
          for (int round = 0; round < 5; round++) {
            last = expressions.stream().map(e -> shared.evaluate(e, names)).toList();
          }
          return last;
        };
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<List<Evaluation>>> results = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        results.add(threads.submit(all));
      }
      for (Future<List<Evaluation>> result : results) {
        assertThat(result.get()).isEqualTo(alone);
      }
    }
  }
}
