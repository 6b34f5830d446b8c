package io.byteport.cli;

import io.byteport.cli.Terminal.Style;
import io.byteport.dsl.value.Quantities;
import io.byteport.engine.guardrail.Claim;
import io.byteport.engine.guardrail.Standing;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.Note.Verdict;
import org.jspecify.annotations.Nullable;

/** What guardrails said, for people. */
final class Guardrails {
  private Guardrails() {}

  /** Allowed, refused, or not known, which refuses. */
  static Verdict verdict(Note.GuardrailJudged judged) {
    boolean undecided =
        !judged.undecided().isEmpty()
            || !judged.allowed() && judged.reason().contains("` cannot be decided: ");
    return judged.allowed() ? Verdict.TRUE : undecided ? Verdict.UNDECIDED : Verdict.FALSE;
  }

  static void print(Lines lines, TermTree tree, Note.GuardrailJudged judged, int indent) {
    Verdict verdict = verdict(judged);
    Standing standing = judged.standing();
    String detail = judged.kind() + (standing == null ? "" : ": " + counted(standing));
    lines.entry(
        indent, TermTree.mark(verdict), TermTree.style(verdict), judged.guardrail(), detail);
    if (!judged.reason().isEmpty()) {
      lines.text(indent + 4, TermTree.style(verdict), judged.reason());
    }
    if (judged.term() != null) {
      tree.draw(judged.term(), indent + 4);
    }
  }

  /** How far a limit is used up, or who holds a lock. */
  static String counted(Standing standing) {
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

  /** The same mark where only a line is told. */
  static String styledMark(Terminal terminal, Note.GuardrailJudged judged) {
    Verdict verdict = verdict(judged);
    Style style = TermTree.style(verdict);
    return terminal.styled(style, TermTree.mark(verdict).strip());
  }
}
