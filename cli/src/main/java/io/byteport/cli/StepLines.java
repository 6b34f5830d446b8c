package io.byteport.cli;

import io.byteport.cli.Terminal.Style;
import io.byteport.dsl.action.ActionDescription.Effect;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.Step;
import io.byteport.dsl.source.Span;
import java.util.List;

/** Prints steps as they stand in a runbook, with the effect of each action. */
record StepLines(Lines lines, CheckedRunbook checked) {

  void print(List<Step> steps, int indent) {
    steps.forEach(step -> print(step, indent));
  }

  private void print(Step step, int indent) {
    String id = step.head().given() ? step.head().id().name() + "  " : "";
    lines.entry(indent, "→ ", Style.CYAN, id + what(step), effect(step));
    if (step.head().when() != null) {
      lines.entry(
          indent + 4, "when ", Style.FAINT, written(step.head().when().span()), (Style) null);
    }
    below(step, indent + 4);
  }

  private String what(Step step) {
    return switch (step) {
      case Step.Act act ->
          act.use().action()
              + (act.forEach() == null ? "" : " for each of " + written(act.forEach().span()))
              + (act.until() == null ? "" : " until " + written(act.until().span()));
      case Step.CallBlock call -> "block " + call.block();
      case Step.Group group -> "together";
      case Step.Match match -> "match " + written(match.subject().span());
      case Step.Wait wait -> "wait " + written(wait.duration().span());
      case Step.Propose propose -> propose.use().action().name();
      case Step.Record note -> "record " + String.join(", ", note.fields().keySet());
      case Step.HandOff handOff -> "hand off to " + handOff.signal();
      case Step.Escalate escalate -> "escalate: " + written(escalate.reason().span());
    };
  }

  private String effect(Step step) {
    return switch (step) {
      case Step.Act act -> effect(act.use());
      case Step.Propose propose -> "proposed, never done";
      case Step.CallBlock call -> "";
      case Step.Group group -> "";
      case Step.Match match -> "";
      case Step.Wait wait -> "";
      case Step.Record note -> "";
      case Step.HandOff handOff -> "";
      case Step.Escalate escalate -> "";
    };
  }

  private String effect(Runbook.ActionUse use) {
    return checked
        .catalogue()
        .action(use.action().name())
        .map(action -> word(action.effect()))
        .orElse("");
  }

  private static String word(Effect effect) {
    return switch (effect) {
      case READ -> "reads";
      case PROPOSE -> "proposes";
      case CHANGE -> "changes";
    };
  }

  private void below(Step step, int indent) {
    switch (step) {
      case Step.Group group -> print(group.steps(), indent);
      case Step.CallBlock call -> {
        Runbook.Block block = checked.runbook().blocks().get(call.block().name());
        print(block == null ? List.of() : block.steps(), indent);
      }
      case Step.Match match -> {
        match
            .cases()
            .forEach(
                (value, one) -> {
                  lines.text(indent, Style.FAINT, value);
                  print(one.steps(), indent + 2);
                });
        List<Step> otherwise = match.otherwise();
        if (otherwise != null) {
          lines.text(indent, Style.FAINT, "else");
          print(otherwise, indent + 2);
        }
      }
      case Step.Act act -> {}
      case Step.Wait wait -> {}
      case Step.Propose propose -> {}
      case Step.Record note -> {}
      case Step.HandOff handOff -> {}
      case Step.Escalate escalate -> {}
    }
  }

  private String written(Span span) {
    return RunbookPage.written(checked, span);
  }
}
