package io.byteport.dsl.diagnostic;

/** How much a finding matters, gravest first. */
public enum Severity {
  /** The runbook is refused. */
  ERROR,
  /** The runbook runs, and is probably not what was meant. */
  WARNING,
  /** Worth knowing. */
  INFO
}
