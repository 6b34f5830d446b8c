package io.byteport.engine.run;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.check.RunbookLoader;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.source.SourceFile;

/** The course of a run as its runbook means it. Immutable. */
public record InterpretedCourse(Interpreter interpreter, RunState state) implements Course {

  /** Begins courses of the runbooks whose text the opening events hold. */
  public static Course.Beginning beginning(RunbookLoader loader, Interpreter interpreter) {
    return opened -> {
      Checked<CheckedRunbook> checked =
          loader.load(new SourceFile(opened.runbook() + ".yaml", opened.runbookText()));
      CheckedRunbook runbook =
          checked
              .value()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "runbook `"
                              + opened.runbook()
                              + "` cannot be read: "
                              + checked.diagnostics()));
      return new InterpretedCourse(interpreter, RunState.of(runbook));
    };
  }

  @Override
  public Next next(Event event) {
    Transition transition = interpreter.next(state, event);
    return new Next(
        new InterpretedCourse(interpreter, transition.state()),
        transition.notes(),
        transition.command());
  }

  @Override
  public Command resume() {
    return interpreter.resume(state);
  }
}
