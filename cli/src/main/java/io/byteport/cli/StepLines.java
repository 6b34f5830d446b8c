package io.byteport.cli;

import io.byteport.cli.Terminal.Style;
import io.byteport.cli.gallery.Sheet;
import java.util.List;

/** Prints steps as they stand in a runbook, with the effect of each action. */
record StepLines(Lines lines) {

  void print(List<Sheet.Deed> steps, int indent) {
    steps.forEach(step -> print(step, indent));
  }

  private void print(Sheet.Deed step, int indent) {
    String id = step.id().isEmpty() ? "" : step.id() + "  ";
    lines.entry(indent, "→ ", Style.CYAN, id + step.what(), effect(step.effect()));
    if (!step.when().isEmpty()) {
      lines.entry(indent + 4, "when ", Style.FAINT, step.when(), (Style) null);
    }
    for (Sheet.Branch branch : step.below()) {
      boolean labelled = !branch.label().isEmpty();
      if (labelled) {
        lines.text(indent + 4, Style.FAINT, branch.label());
      }
      print(branch.steps(), indent + (labelled ? 6 : 4));
    }
  }

  private static String effect(Sheet.Effect effect) {
    return switch (effect) {
      case READ -> "reads";
      case PREVIEW -> "proposed, never done";
      case PROPOSE -> "proposes";
      case CHANGE -> "changes";
      case CALL -> "";
      case NONE -> "";
    };
  }
}
