package io.byteport.engine.sim;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.test.CheckedRunbookTest;
import io.byteport.dsl.test.TestCase;
import io.byteport.engine.coverage.Coverage;
import io.byteport.engine.coverage.Heard;
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

  /**
   * Plays all cases, in order; also those that a test says to skip.
   *
   * @throws IllegalStateException if a run does not come to an end
   */
  public List<CaseResult> run(CheckedRunbookTest test) {
    return test.cases().stream().map(one -> run(test.runbook(), one)).toList();
  }

  /**
   * Plays one case.
   *
   * @throws IllegalStateException if the run does not come to an end
   */
  public CaseResult run(CheckedRunbook runbook, TestCase testCase) {
    return switch (new CaseOpening(evaluator).of(runbook, testCase)) {
      case CaseOpening.Refuses refuses ->
          new CaseResult(
              testCase,
              refuses.reasons().stream()
                  .map(
                      reason ->
                          new Mismatch(
                              "signal", "one that the runbook takes", reason, testCase.place()))
                  .toList(),
              "",
              "",
              Coverage.none(runbook));
      case CaseOpening.Opens opens -> played(runbook, testCase, opens.event());
    };
  }

  private CaseResult played(CheckedRunbook runbook, TestCase testCase, Event.Opened opened) {
    Heard heard = new Heard();
    Interpreter interpreter = new Interpreter(evaluator.heardBy(heard), Links.NONE);
    Fixture fixture = new CaseFixture(runbook, opened.target()).of(testCase);
    SimulatedRun.Played played = SimulatedRun.play(interpreter, runbook, opened, fixture);
    Coverage coverage = Coverage.of(runbook, played.journal(), heard);
    List<Mismatch> mismatches =
        new CaseComparison(
                runbook,
                played,
                new Interpreter(evaluator, Links.NONE).expressions(played.state()),
                new Outcomes(played, coverage))
            .compare(testCase.expected());
    return new CaseResult(
        testCase,
        mismatches,
        played.report().result().word() + ": " + played.report().reason(),
        new CaseStory(runbook, testCase, played).of(mismatches),
        coverage);
  }
}
