package io.byteport.cli;

import java.time.Duration;
import java.util.List;

/**
 * What came of all tests.
 *
 * @param left how many cases were not selected
 * @param focused whether that is so because others are focused
 * @param took how long all of it took
 */
record TestResults(List<TestedFile> files, int left, boolean focused, Duration took) {
  TestResults {
    files = List.copyOf(files);
  }

  long played() {
    return files.stream()
        .flatMap(file -> file.cases().stream())
        .filter(one -> one.result() != null)
        .count();
  }

  long failures() {
    return files.stream().mapToLong(TestedFile::failures).sum();
  }

  long skipped() {
    return files.stream().mapToLong(TestedFile::skipped).sum();
  }

  long broken() {
    return files.stream().filter(TestedFile::broken).count();
  }

  /** Whether something was to be played, and nothing is wrong with it. */
  boolean holds() {
    return files.stream().allMatch(TestedFile::holds) && played() + skipped() > 0;
  }
}
