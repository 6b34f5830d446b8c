package io.byteport.engine.run;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.check.RunbookLoader;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.source.SourceFile;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The course of a run as its runbook means it. Immutable. */
public record InterpretedCourse(Interpreter interpreter, RunState state) implements Course {

  /** How many runbooks are kept ready that runs have been opened with. */
  private static final int READY = 256;

  /**
   * Begins courses of the runbooks whose text the opening events hold. A text is read once, as long
   * as not too many others are. Safe for several threads.
   */
  public static Course.Beginning beginning(RunbookLoader loader, Interpreter interpreter) {
    Map<String, CheckedRunbook> ready =
        Collections.synchronizedMap(
            new LinkedHashMap<>(16, 0.75f, true) {
              private static final long serialVersionUID = 1L;

              @Override
              protected boolean removeEldestEntry(Map.Entry<String, CheckedRunbook> eldest) {
                return size() > READY;
              }
            });
    return opened -> {
      CheckedRunbook runbook = ready.get(opened.runbookText());
      if (runbook == null) {
        runbook = read(loader, opened);
        ready.put(opened.runbookText(), runbook);
      }
      return new InterpretedCourse(interpreter, RunState.of(runbook));
    };
  }

  private static CheckedRunbook read(RunbookLoader loader, Event.Opened opened) {
    Checked<CheckedRunbook> checked =
        loader.load(new SourceFile(opened.runbook() + ".yaml", opened.runbookText()));
    return checked
        .value()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "runbook `" + opened.runbook() + "` cannot be read: " + checked.diagnostics()));
  }

  /** What the runbook says of itself. */
  public Runbook.Metadata metadata() {
    return state.runbook().runbook().metadata();
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
