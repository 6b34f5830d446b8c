package io.byteport.engine.sim;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.test.CheckedRunbookTest;
import io.byteport.dsl.test.TestCase;
import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.Interpreter;
import io.byteport.engine.run.Links;
import io.byteport.engine.sim.CaseResult.Mismatch;
import java.util.List;

/**
 * Plays the cases of a test: the same interpreter as in a real run, against a world of which the
 * case tells all, with a clock that is a variable. Safe for use by several threads.
 */
public final class RunbookTestRunner {
  private final Evaluator evaluator = new Evaluator();
  private final Interpreter interpreter = new Interpreter(evaluator, Links.NONE);

  /**
   * Plays all cases, in order.
   *
   * @throws IllegalStateException if a run does not come to an end
   */
  public List<CaseResult> run(CheckedRunbookTest test) {
    return test.cases().stream().map(one -> run(test.runbook(), one)).toList();
  }

  private CaseResult run(CheckedRunbook runbook, TestCase testCase) {
    return switch (new CaseOpening(evaluator).of(runbook, testCase)) {
      case CaseOpening.Refuses refuses ->
          new CaseResult(
              testCase,
              refuses.reasons().stream()
                  .map(
                      reason ->
                          new Mismatch(
                              "signal", "one that the runbook takes", reason, testCase.span()))
                  .toList(),
              "",
              "");
      case CaseOpening.Opens opens -> played(runbook, testCase, opens.event());
    };
  }

  private CaseResult played(CheckedRunbook runbook, TestCase testCase, Event.Opened opened) {
    Fixture fixture = new CaseFixture(runbook, opened.target()).of(testCase);
    SimulatedRun.Played played = SimulatedRun.play(interpreter, runbook, opened, fixture);
    List<Mismatch> mismatches =
        new CaseComparison(runbook, played, interpreter.expressions(played.state()))
            .compare(testCase.expected());
    return new CaseResult(
        testCase,
        mismatches,
        played.report().result().word() + ": " + played.report().reason(),
        played.state().explanation());
  }
}
