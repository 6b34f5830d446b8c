package io.byteport.cli.report;

import java.io.PrintWriter;
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

    private long failures() {
      return cases.stream().filter(each -> each.failure() != null).count();
    }

    private long skipped() {
      return cases.stream().filter(each -> each.skipped() != null).count();
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

  /** Writes a whole document, neither closing nor flushing. Times are not told. */
  public static void write(List<Suite> suites, PrintWriter out) {
    out.println("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    out.println(
        "<testsuites name=\"byteport\""
            + counts(
                suites.stream().mapToLong(suite -> suite.cases().size()).sum(),
                suites.stream().mapToLong(Suite::failures).sum(),
                suites.stream().mapToLong(Suite::skipped).sum())
            + ">");
    suites.forEach(suite -> write(suite, out));
    out.println("</testsuites>");
  }

  private static String counts(long tests, long failures, long skipped) {
    return " tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"%d\""
        .formatted(tests, failures, skipped);
  }

  private static void write(Suite suite, PrintWriter out) {
    out.println(
        "  <testsuite"
            + attribute("name", suite.name())
            + counts(suite.cases().size(), suite.failures(), suite.skipped())
            + ">");
    suite.cases().forEach(each -> write(each, out));
    out.println("  </testsuite>");
  }

  private static void write(Case each, PrintWriter out) {
    out.print(
        "    <testcase"
            + attribute("name", each.name())
            + attribute("classname", each.group())
            + attribute("file", each.file())
            + attribute("line", String.valueOf(each.line())));
    if (each.failure() == null && each.skipped() == null) {
      out.println("/>");
      return;
    }
    out.println(">");
    if (each.failure() != null) {
      out.println(
          "      <failure"
              + attribute("message", each.failure().message())
              + attribute("type", "failure")
              + ">"
              + XmlText.content(each.failure().details())
              + "</failure>");
    } else if (each.skipped() != null) {
      out.println("      <skipped" + attribute("message", each.skipped()) + "/>");
    }
    out.println("    </testcase>");
  }

  private static String attribute(String name, String value) {
    return " " + name + "=\"" + XmlText.attribute(value) + "\"";
  }
}
