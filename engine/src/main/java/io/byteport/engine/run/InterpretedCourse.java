package io.byteport.engine.run;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.check.RunbookLoader;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.source.SourceFile;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The course of a run as its runbook has it, told by the interpreter. */
public final class InterpretedCourse implements Course {
  private final Interpreter interpreter;
  private final RunState state;

  private InterpretedCourse(Interpreter interpreter, RunState state) {
    this.interpreter = interpreter;
    this.state = state;
  }

  /**
   * Begins courses of the runbooks whose texts the runs carry. A text that was read before is not
   * read again. Safe for use by several threads.
   */
  public static Course.Beginning beginning(RunbookLoader loader, Interpreter interpreter) {
    Texts texts = new Texts(loader);
    return opened ->
        new InterpretedCourse(interpreter, RunState.of(texts.runbook(opened)));
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

  /** Runbooks by their text, the least recently used forgotten first. */
  private static final class Texts {
    private static final int KEPT = 128;

    private final RunbookLoader loader;
    private final Map<String, CheckedRunbook> known =
        Collections.synchronizedMap(
            new LinkedHashMap<>(16, 0.75f, true) {
              private static final long serialVersionUID = 1L;

              @Override
              protected boolean removeEldestEntry(Map.Entry<String, CheckedRunbook> eldest) {
                return size() > KEPT;
              }
            });

    Texts(RunbookLoader loader) {
      this.loader = loader;
    }

    CheckedRunbook runbook(Event.Opened opened) {
      return known.computeIfAbsent(opened.runbookText(), text -> load(opened.runbook(), text));
    }

    private CheckedRunbook load(String name, String text) {
      Checked<CheckedRunbook> checked = loader.load(new SourceFile(name, text));
      return checked
          .value()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "runbook `" + name + "` cannot be read: " + problems(checked)));
    }

    private static String problems(Checked<?> checked) {
      return checked.diagnostics().stream()
          .filter(Diagnostic::isError)
          .map(Diagnostic::message)
          .collect(Collectors.joining("; "));
    }
  }
}
