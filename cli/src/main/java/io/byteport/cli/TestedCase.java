package io.byteport.cli;

import io.byteport.dsl.test.TestCase;
import io.byteport.engine.sim.CaseResult;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came of one case.
 *
 * @param result null where it was not played
 * @param skipped why it was not played; null where it was
 * @param took how long playing took, in the time of the world
 */
record TestedCase(
    TestCase testCase, @Nullable CaseResult result, @Nullable String skipped, Duration took) {

  static TestedCase skipped(TestCase testCase, String why) {
    return new TestedCase(testCase, null, why, Duration.ZERO);
  }

  boolean failed() {
    return result != null && !result.holds();
  }
}
