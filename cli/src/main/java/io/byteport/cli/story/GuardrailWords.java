package io.byteport.cli.story;

import io.byteport.dsl.value.Quantities;
import io.byteport.engine.guardrail.Claim;
import io.byteport.engine.guardrail.Standing;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.Note.Verdict;
import org.jspecify.annotations.Nullable;

/** What guardrails said, in words. */
public final class GuardrailWords {
  private GuardrailWords() {}

  /** Allowed, refused, or not known, which refuses. */
  public static Verdict verdict(Note.GuardrailJudged judged) {
    boolean undecided =
        !judged.undecided().isEmpty()
            || !judged.allowed() && judged.reason().contains("` cannot be decided: ");
    return judged.allowed() ? Verdict.TRUE : undecided ? Verdict.UNDECIDED : Verdict.FALSE;
  }

  /** How far a limit is used up, or who holds a lock. */
  public static String counted(Standing standing) {
    return switch (standing.claim()) {
      case Claim.Limit limit ->
          standing.used()
              + " of "
              + limit.limit()
              + " used within "
              + Quantities.print(limit.window())
              + (standing.freeAt() == null ? "" : ", free again at " + standing.freeAt());
      case Claim.Lock lock -> standing.granted() ? "free" : "held" + by(standing.holder());
      case Claim.Storm storm ->
          standing.used()
              + " of "
              + storm.atOnce()
              + " runs at once, "
              + standing.history().size()
              + " of "
              + storm.within()
              + " within "
              + Quantities.print(storm.window())
              + " in "
              + storm.scope()
              + (standing.freeAt() == null ? "" : ", room again at " + standing.freeAt());
    };
  }

  private static String by(@Nullable Object holder) {
    return holder == null ? "" : " by run " + holder;
  }
}
