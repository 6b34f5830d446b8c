package io.byteport.cli;

import io.byteport.cli.Terminal.Style;
import io.byteport.cli.story.GuardrailWords;
import io.byteport.engine.guardrail.Standing;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.Note.Verdict;

/** What guardrails said, for people. */
final class Guardrails {
  private Guardrails() {}

  static void print(Lines lines, TermTree tree, Note.GuardrailJudged judged, int indent) {
    Verdict verdict = GuardrailWords.verdict(judged);
    Standing standing = judged.standing();
    String detail =
        judged.kind() + (standing == null ? "" : ": " + GuardrailWords.counted(standing));
    lines.entry(
        indent, TermTree.mark(verdict), TermTree.style(verdict), judged.guardrail(), detail);
    if (!judged.reason().isEmpty()) {
      lines.text(indent + 4, TermTree.style(verdict), judged.reason());
    }
    if (judged.term() != null) {
      tree.draw(judged.term(), indent + 4);
    }
  }

  /** The same mark where only a line is told. */
  static String styledMark(Terminal terminal, Note.GuardrailJudged judged) {
    Verdict verdict = GuardrailWords.verdict(judged);
    Style style = TermTree.style(verdict);
    return terminal.styled(style, TermTree.mark(verdict).strip());
  }
}
