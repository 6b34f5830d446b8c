package io.byteport.cli.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Results as JUnit's XML report, which every CI server shows.
 *
 * @see <a href="https://github.com/testmoapp/junitxml">the format, as servers read it</a>
 */
public final class JUnitXml {

  private JUnitXml() {}

  /** One file. */
  public record Suite(String name, List<Case> cases) {
    public Suite {
      cases = List.copyOf(cases);
    }
  }

  /**
   * One test.
   *
   * @param group what it belongs to, such as a runbook's id
   * @param line in the file, from 1
   * @param failure null where it holds
   * @param skipped why it was not played; null where it was
   */
  public record Case(
      String name,
      String group,
      String file,
      int line,
      @Nullable Failure failure,
      @Nullable String skipped) {}

  /**
   * Why a test does not hold.
   *
   * @param message in one line
   * @param details the whole story, on many lines
   */
  public record Failure(String message, String details) {}
}
