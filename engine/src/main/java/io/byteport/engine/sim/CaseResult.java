package io.byteport.engine.sim;

import io.byteport.dsl.source.Span;
import io.byteport.dsl.test.TestCase;
import io.byteport.engine.coverage.Coverage;
import java.util.List;

/**
 * What came of a case.
 *
 * @param mismatches in the order of the file; empty where it holds
 * @param ending how the run ended and why, in one line; empty where it could not begin
 * @param explanation what matters for the mismatches: the rules, guardrails, expectations and steps
 *     that made the run come to something else, with what their terms came to; indented text, empty
 *     where the case holds
 * @param coverage what of the runbook the run has reached
 */
public record CaseResult(
    TestCase testCase,
    List<Mismatch> mismatches,
    String ending,
    String explanation,
    Coverage coverage) {
  public CaseResult {
    mismatches = List.copyOf(mismatches);
  }

  public boolean holds() {
    return mismatches.isEmpty();
  }

  /**
   * Something that is not as expected.
   *
   * @param what is compared, such as {@code class} or {@code with.raise_memory.limit}
   * @param expected as people read it
   * @param found as people read it
   * @param span where the test says so
   */
  public record Mismatch(String what, String expected, String found, Span span) {}
}
