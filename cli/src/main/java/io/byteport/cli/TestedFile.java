package io.byteport.cli;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.source.SourceFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of one file of tests.
 *
 * @param name the id of the runbook that it names; empty where it names none
 * @param runbook null where there is none, or it has errors
 * @param findings what is wrong with the file, or with the runbook that it tests
 * @param cases those that were selected, in order; empty where a finding is an error
 */
record TestedFile(
    SourceFile file,
    String name,
    @Nullable CheckedRunbook runbook,
    List<Diagnostic> findings,
    List<TestedCase> cases) {
  TestedFile {
    findings = List.copyOf(findings);
    cases = List.copyOf(cases);
  }

  long failures() {
    return cases.stream().filter(TestedCase::failed).count();
  }

  long skipped() {
    return cases.stream().filter(one -> one.skipped() != null).count();
  }

  boolean broken() {
    return findings.stream().anyMatch(Diagnostic::isError);
  }

  /** Whether nothing is wrong with it. */
  boolean holds() {
    return failures() == 0 && !broken();
  }
}
