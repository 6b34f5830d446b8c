package io.byteport.dsl.check;

import java.util.List;

/** The checks beyond shape and types, all of them. */
final class Checks {
  static final List<Check> ALL =
      List.of(
          new DuplicateIds(),
          new ReservedNames(),
          new ClassNames(),
          new GuardedNames(),
          new IdleGuards(),
          new BlockCalls(),
          new RefreshNames(),
          new Confidences(),
          new Effects(),
          new ForbiddenEffects(),
          new LimitScopes(),
          new Verification(),
          new Escalates(),
          new Taint(),
          new ReasonedChecks(),
          new Deprecated());

  /** What is only worth saying about a runbook that the others found no error in. */
  static final Check LAST = new Unused();

  private Checks() {}

  /** Runs every check; none depends on another, but the last is silent after an error. */
  static void run(Subject subject, TypingPass.Typed typed, Findings findings) {
    ALL.forEach(check -> check.check(subject, typed, findings));
    LAST.check(subject, typed, findings);
  }
}
