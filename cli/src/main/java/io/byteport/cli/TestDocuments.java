package io.byteport.cli;

import io.byteport.cli.report.JUnitXml;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.source.SourceFile;
import io.byteport.engine.sim.CaseResult;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Results of tests as documents that CI servers read. What is wrong with a file is a failure of its
 * own.
 */
final class TestDocuments {
  private static final String PLAYABLE = "the file can be played";

  private TestDocuments() {}

  static void junit(TestResults results, PrintWriter out) {
    JUnitXml.write(results.files().stream().map(TestDocuments::suite).toList(), out);
  }

  private static JUnitXml.Suite suite(TestedFile tested) {
    List<JUnitXml.Case> cases = new ArrayList<>();
    String file = tested.file().name();
    String group = tested.name().isEmpty() ? file : tested.name();
    tested.findings().stream()
        .filter(Diagnostic::isError)
        .forEach(finding -> cases.add(broken(finding, group)));
    for (TestedCase one : tested.cases()) {
      cases.add(
          new JUnitXml.Case(
              one.testCase().name(),
              group,
              file,
              line(tested.file(), one),
              one.result() == null || one.result().holds()
                  ? null
                  : new JUnitXml.Failure(message(one.result()), story(tested.file(), one.result())),
              one.skipped()));
    }
    return new JUnitXml.Suite(file, cases);
  }

  private static JUnitXml.Case broken(Diagnostic finding, String group) {
    int line = TestReport.line(finding.file(), finding.span().start());
    return new JUnitXml.Case(
        finding.code().id() + " at line " + line,
        group,
        finding.file().name(),
        line,
        new JUnitXml.Failure(finding.message(), Language.print(List.of(finding), false)),
        null);
  }

  private static int line(SourceFile file, TestedCase one) {
    return TestReport.line(file, one.testCase().place().start());
  }

  private static String message(CaseResult result) {
    CaseResult.Mismatch first = result.mismatches().getFirst();
    return first.what() + ": expected " + first.expected() + ", found " + first.found();
  }

  private static String story(SourceFile file, CaseResult result) {
    StringBuilder story = new StringBuilder();
    for (CaseResult.Mismatch misfit : result.mismatches()) {
      story
          .append(file.name())
          .append(':')
          .append(TestReport.line(file, misfit.span().start()))
          .append(": ")
          .append(misfit.what())
          .append(": expected ")
          .append(misfit.expected())
          .append(", found ")
          .append(misfit.found())
          .append('\n');
    }
    if (!result.ending().isEmpty()) {
      story.append("ended ").append(result.ending()).append('\n');
    }
    return story.append(result.explanation()).toString();
  }

  /** See <a href="https://testanything.org/tap-version-14-specification.html">TAP 14</a>. */
  static void tap(TestResults results, PrintWriter out) {
    List<String> lines = new ArrayList<>();
    for (TestedFile tested : results.files()) {
      if (tested.broken()) {
        add(lines, false, tested.file().name() + ": " + PLAYABLE, null);
        yaml(lines, Language.print(tested.findings(), false));
      }
      for (TestedCase one : tested.cases()) {
        String name = tested.name() + ": " + one.testCase().name();
        CaseResult result = one.result();
        add(lines, result == null || result.holds(), name, one.skipped());
        if (result != null && !result.holds()) {
          yaml(lines, story(tested.file(), result));
        }
      }
    }
    long count = lines.stream().filter(line -> !line.startsWith(" ")).count();
    out.println("TAP version 14");
    out.println("1.." + count);
    int number = 0;
    for (String line : lines) {
      out.println(line.startsWith(" ") ? line : line.replaceFirst(" - ", " " + ++number + " - "));
    }
  }

  private static void add(List<String> lines, boolean ok, String name, @Nullable String skipped) {
    String plain = name.replace("\\", "\\\\").replace("#", "\\#").replace("\n", " ");
    lines.add(
        (ok ? "ok" : "not ok") + " - " + plain + (skipped == null ? "" : " # SKIP " + skipped));
  }

  private static void yaml(List<String> lines, String text) {
    lines.add("  ---");
    lines.add("  message: |");
    text.lines().forEach(line -> lines.add("    " + line));
    lines.add("  ...");
  }
}
