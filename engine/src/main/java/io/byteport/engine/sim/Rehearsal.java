package io.byteport.engine.sim;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.test.Given;
import io.byteport.dsl.test.TestCase;
import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.run.Interpreter;
import io.byteport.engine.run.Links;
import java.util.List;
import java.util.Map;

/**
 * Plays an incident of which all is told, to see what a runbook decides and would do: a dry run by
 * the interpreter that decides in earnest. Safe for use by several threads.
 */
public final class Rehearsal {
  private final Evaluator evaluator = new Evaluator();
  private final Interpreter interpreter = new Interpreter(evaluator, Links.NONE);

  /** What came of it. */
  public sealed interface Result {}

  public record Played(SimulatedRun.Played run) implements Result {}

  /**
   * @param reasons why the runbook would not take this signal; at least one
   */
  public record Refused(List<String> reasons) implements Result {
    public Refused {
      reasons = List.copyOf(reasons);
    }
  }

  /** The interpreter that plays, to ask about the states that it went through. */
  public Interpreter interpreter() {
    return interpreter;
  }

  /**
   * @param params by name as they are written on a command line, stronger than those that are given
   * @param later what changes in the course of time, in order
   * @throws IllegalStateException if the run does not come to an end
   */
  public Result play(
      CheckedRunbook runbook, Given given, List<TestCase.Later> later, Map<String, String> params) {
    Given dry = given.asDryRun();
    return switch (new CaseOpening(evaluator).of(runbook, dry, params)) {
      case CaseOpening.Refuses refuses -> new Refused(refuses.reasons());
      case CaseOpening.Opens opens -> {
        Fixture fixture = new CaseFixture(runbook, opens.event().target()).of(dry, later);
        yield new Played(SimulatedRun.play(interpreter, runbook, opens.event(), fixture));
      }
    };
  }
}
