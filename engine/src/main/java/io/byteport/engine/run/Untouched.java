package io.byteport.engine.run;

import java.util.List;
import java.util.Map;

/** Why a run that went through its steps has changed nothing. */
final class Untouched {
  private Untouched() {}

  /** The reasons of the steps that did not act, the gravest first. */
  static String reason(RunState state, String fact) {
    List<Note.StepStatus> gravest =
        List.of(Note.StepStatus.FAILED, Note.StepStatus.REFUSED, Note.StepStatus.SKIPPED);
    for (Note.StepStatus status : gravest) {
      for (Map.Entry<String, StepRecord> step : state.deeds().steps().entrySet()) {
        String reason = step.getValue().reason();
        if (step.getValue().status() == status && reason != null) {
          return fact + ": `" + step.getKey() + "` was " + word(status) + ", " + reason;
        }
      }
    }
    return fact;
  }

  private static String word(Note.StepStatus status) {
    return switch (status) {
      case FAILED -> "tried in vain";
      case REFUSED -> "refused";
      default -> "left out";
    };
  }
}
