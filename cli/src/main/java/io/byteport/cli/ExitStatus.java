package io.byteport.cli;

/** What the process tells its caller. */
final class ExitStatus {
  /** Nothing to complain about. */
  static final int OK = 0;

  /** The command worked and found something: an invalid runbook, a run that was escalated. */
  static final int FINDINGS = 1;

  /** Wrong usage, or input and output failed. */
  static final int USAGE = 2;

  private ExitStatus() {}
}
