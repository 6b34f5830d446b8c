package io.byteport.dsl.test;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.source.SourceFile;
import java.util.List;

/**
 * A test file without errors, typed by the runbook that it tests. {@link RunbookTestLoader} alone
 * makes one.
 */
public final class CheckedRunbookTest {
  private final CheckedRunbook runbook;
  private final SourceFile source;
  private final List<TestCase> cases;

  CheckedRunbookTest(CheckedRunbook runbook, SourceFile source, List<TestCase> cases) {
    this.runbook = runbook;
    this.source = source;
    this.cases = List.copyOf(cases);
  }

  public CheckedRunbook runbook() {
    return runbook;
  }

  public SourceFile source() {
    return source;
  }

  /** At least one, in the order of the file. */
  public List<TestCase> cases() {
    return cases;
  }
}
