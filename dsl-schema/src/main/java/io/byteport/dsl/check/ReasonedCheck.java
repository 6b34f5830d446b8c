package io.byteport.dsl.check;

/** One thing that must not follow from the conditions of a runbook. Stateless. */
interface ReasonedCheck {
  void check(Reasoning reasoning, Findings findings);
}
