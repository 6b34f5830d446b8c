package io.byteport.engine.coverage;

import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.value.Value.TextValue;
import io.byteport.engine.eval.Evaluation;
import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.run.Note.Verdict;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the expressions of a runbook came to while one run was played: beside its journal, which
 * does not tell of every choice. Expressions are told apart by identity. Used by one thread.
 */
public final class Heard implements Evaluator.Listener {
  private final Map<TypedExpr, Set<Verdict>> verdicts = new IdentityHashMap<>();
  private final Map<TypedExpr, Set<String>> words = new IdentityHashMap<>();

  @Override
  public void heard(TypedExpr expr, Evaluation evaluation) {
    verdicts
        .computeIfAbsent(expr, none -> EnumSet.noneOf(Verdict.class))
        .add(
            evaluation instanceof Evaluation.Undecided
                ? Verdict.UNDECIDED
                : evaluation.isTrue() ? Verdict.TRUE : Verdict.FALSE);
    if (evaluation instanceof Evaluation.Known known && known.value() instanceof TextValue word) {
      words.computeIfAbsent(expr, none -> new HashSet<>()).add(word.value());
    }
  }

  /** Whether a condition ever came to this. */
  boolean came(TypedExpr condition, Verdict to) {
    return verdicts.getOrDefault(condition, Set.of()).contains(to);
  }

  /** The texts that an expression came to. */
  Set<String> words(TypedExpr expr) {
    return Set.copyOf(words.getOrDefault(expr, Set.of()));
  }
}
