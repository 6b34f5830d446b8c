package io.byteport.cli.gallery;

import io.byteport.cli.gallery.Sheet.Branch;
import io.byteport.cli.gallery.Sheet.Deed;
import io.byteport.cli.gallery.Sheet.Effect;
import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.Step;
import java.util.ArrayList;
import java.util.List;

/** Steps as they stand in a runbook, with the effect of each action. */
record Deeds(Wording words) {

  List<Deed> of(List<Step> steps) {
    return steps.stream().map(this::of).toList();
  }

  private Deed of(Step step) {
    return new Deed(
        step.head().given() ? step.head().id().name() : "",
        what(step),
        effect(step),
        step.head().when() == null ? "" : words.written(step.head().when().span()),
        below(step));
  }

  private String what(Step step) {
    return switch (step) {
      case Step.Act act ->
          act.use().action()
              + (act.forEach() == null ? "" : " for each of " + words.written(act.forEach().span()))
              + (act.until() == null ? "" : " until " + words.written(act.until().span()));
      case Step.CallBlock call -> "block " + call.block();
      case Step.Group group -> "together";
      case Step.Match match -> "match " + words.written(match.subject().span());
      case Step.Wait wait -> "wait " + words.written(wait.duration().span());
      case Step.Propose propose -> propose.use().action().name();
      case Step.Record note -> "record " + String.join(", ", note.fields().keySet());
      case Step.HandOff handOff -> "hand off to " + handOff.signal();
      case Step.Escalate escalate -> "escalate: " + words.written(escalate.reason().span());
    };
  }

  private Effect effect(Step step) {
    return switch (step) {
      case Step.Act act -> effect(act.use());
      case Step.Propose propose -> Effect.PREVIEW;
      case Step.Escalate escalate -> Effect.CALL;
      case Step.HandOff handOff -> Effect.CALL;
      case Step.CallBlock call -> Effect.NONE;
      case Step.Group group -> Effect.NONE;
      case Step.Match match -> Effect.NONE;
      case Step.Wait wait -> Effect.NONE;
      case Step.Record note -> Effect.NONE;
    };
  }

  private Effect effect(Runbook.ActionUse use) {
    return words
        .checked()
        .catalogue()
        .action(use.action().name())
        .map(ActionDescription::effect)
        .map(
            effect ->
                switch (effect) {
                  case READ -> Effect.READ;
                  case PROPOSE -> Effect.PROPOSE;
                  case CHANGE -> Effect.CHANGE;
                })
        .orElse(Effect.NONE);
  }

  private List<Branch> below(Step step) {
    return switch (step) {
      case Step.Group group -> List.of(new Branch("", of(group.steps())));
      case Step.CallBlock call -> {
        Runbook.Block block = words.checked().runbook().blocks().get(call.block().name());
        yield block == null ? List.of() : List.of(new Branch("", of(block.steps())));
      }
      case Step.Match match -> {
        List<Branch> branches = new ArrayList<>();
        match.cases().forEach((value, one) -> branches.add(new Branch(value, of(one.steps()))));
        List<Step> otherwise = match.otherwise();
        if (otherwise != null) {
          branches.add(new Branch("else", of(otherwise)));
        }
        yield branches;
      }
      case Step.Act act -> List.of();
      case Step.Wait wait -> List.of();
      case Step.Propose propose -> List.of();
      case Step.Record note -> List.of();
      case Step.HandOff handOff -> List.of();
      case Step.Escalate escalate -> List.of();
    };
  }
}
