package io.byteport.cli;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.test.TestCase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One file of tests before it is played.
 *
 * @param name the id of the runbook that it names; empty where it names none
 * @param runbook null where there is none, or it has errors
 * @param findings what is wrong with the file, or with the runbook that it tests
 * @param cases all of them, in order; empty where a finding is an error
 */
record LoadedTest(
    SourceFile file,
    String name,
    @Nullable CheckedRunbook runbook,
    List<Diagnostic> findings,
    List<TestCase> cases) {
  LoadedTest {
    findings = List.copyOf(findings);
    cases = List.copyOf(cases);
  }

  /** Where a case stands, from 1. */
  int line(TestCase one) {
    return file.position(one.place().start()).line() + 1;
  }
}
