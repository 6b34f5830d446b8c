package io.byteport.engine.signal;

import io.byteport.dsl.value.Value.StructValue;
import java.util.List;

/**
 * What became of a runbook's inputs.
 *
 * @param inputs every input by name; null where nothing was given, and where there is a problem
 * @param problems why the runbook cannot be started with them; empty where it can
 * @param ignored what was given and could not be used, for inputs that may be null
 */
public record InputBinding(StructValue inputs, List<Problem> problems, List<Problem> ignored) {

  public InputBinding {
    problems = List.copyOf(problems);
    ignored = List.copyOf(ignored);
  }

  /**
   * @param input the input's name, or a name that is none
   * @param message a sentence without its end: the input, where it was looked for, what was
   *     expected and what was found
   */
  public record Problem(String input, String message) {
    @Override
    public String toString() {
      return message;
    }
  }

  public boolean isComplete() {
    return problems.isEmpty();
  }
}
