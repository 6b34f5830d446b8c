package io.byteport.dsl.check;

import java.util.List;

/** The checks that ask which conditions can hold, all of them over one reasoning. */
final class ReasonedChecks implements Check {
  private static final List<ReasonedCheck> ALL =
      List.of(
          new Contradictions(),
          new ShadowedRules(),
          new CatchAllRules(),
          new ConstantParts(),
          new DeadChoices(),
          new DeadSteps(),
          new ConstantGuards(),
          new UncountedChanges(),
          new VerificationTimes(),
          new Expectations(),
          new IdleLimits());

  @Override
  public void check(Subject subject, TypingPass.Typed typed, Findings findings) {
    Reasoning reasoning = new Reasoning(subject, typed);
    ALL.forEach(check -> check.check(reasoning, findings));
  }
}
