package io.byteport.dsl.check;

/** One thing that must be true of every runbook. Stateless. */
interface Check {
  void check(Subject subject, TypingPass.Typed typed, Findings findings);
}
