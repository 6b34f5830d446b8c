package io.byteport.cli;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.source.SourceFile;
import io.byteport.engine.sim.CaseResult;
import java.util.List;

/**
 * What came of one file of tests.
 *
 * @param runbook the id of the runbook that it names; empty where it names none
 * @param findings what is wrong with the file, or with the runbook that it tests
 * @param results of its cases, in order; empty where a finding is an error
 */
record TestedFile(
    SourceFile file, String runbook, List<Diagnostic> findings, List<CaseResult> results) {
  TestedFile {
    findings = List.copyOf(findings);
    results = List.copyOf(results);
  }

  long failures() {
    return results.stream().filter(result -> !result.holds()).count();
  }

  /** Whether there is at least one case and all of them hold. */
  boolean holds() {
    return !results.isEmpty()
        && failures() == 0
        && findings.stream().noneMatch(Diagnostic::isError);
  }
}
