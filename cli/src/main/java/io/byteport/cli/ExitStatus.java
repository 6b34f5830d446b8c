package io.byteport.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the process tells its caller. */
final class ExitStatus {
  /** Nothing to complain about. */
  static final int OK = 0;

  /** The command worked and found something: an invalid runbook, a run that was escalated. */
  static final int FINDINGS = 1;

  /** Wrong usage, or input and output failed. */
  static final int USAGE = 2;

  /** Each with its meaning, for the help; the last is what a shell sees of an interrupted one. */
  static final Map<String, String> MEANING = meaning();

  private ExitStatus() {}

  private static Map<String, String> meaning() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("0", "Clean: no errors, or a run that was resolved, skipped or planned.");
    all.put("1", "Findings: a file with errors, a test that fails, a run that calls a human.");
    all.put("2", "Wrong usage, or a file, a cluster or the journal cannot be used.");
    all.put("130", "Interrupted (Ctrl-C). `byteport run` goes on with an interrupted run.");
    return Collections.unmodifiableMap(all);
  }
}
