package io.byteport.cli;

import io.byteport.cli.report.JUnitXml.Case;
import io.byteport.cli.report.JUnitXml.Failure;
import io.byteport.cli.report.JUnitXml.Suite;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.engine.sim.CaseResult;
import io.byteport.engine.sim.CaseResult.Mismatch;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Played tests as JUnit's suites: one for each file; an error of a file is a case that fails. */
final class TestSuites {
  private TestSuites() {}

  static Suite of(TestedFile tested) {
    String file = tested.file().name();
    String group = tested.runbook().isEmpty() ? file : tested.runbook();
    List<Case> cases = new ArrayList<>();
    tested.findings().stream()
        .filter(Diagnostic::isError)
        .forEach(finding -> cases.add(broken(finding, group)));
    tested.results().forEach(result -> cases.add(played(tested, group, result)));
    return new Suite(file, cases);
  }

  private static Case broken(Diagnostic finding, String group) {
    int line = TestCommand.line(finding.file(), finding.span());
    return new Case(
        finding.code().id() + " at line " + line,
        group,
        finding.file().name(),
        line,
        new Failure(finding.message(), Language.print(List.of(finding), false)),
        null);
  }

  private static Case played(TestedFile tested, String group, CaseResult result) {
    return new Case(
        result.testCase().name(),
        group,
        tested.file().name(),
        TestCommand.line(tested.file(), result.testCase().span()),
        result.holds() ? null : failure(tested, result),
        null);
  }

  private static Failure failure(TestedFile tested, CaseResult result) {
    String mismatches =
        result.mismatches().stream()
            .map(misfit -> described(tested, misfit))
            .collect(Collectors.joining("\n"));
    return new Failure(
        result.mismatches().stream().map(Mismatch::what).collect(Collectors.joining(", ")),
        result.ending().isEmpty()
            ? mismatches
            : mismatches + "\nended " + result.ending() + "\n" + result.explanation());
  }

  private static String described(TestedFile tested, Mismatch misfit) {
    return "%s: expected %s, found %s (line %d)"
        .formatted(
            misfit.what(),
            misfit.expected(),
            misfit.found(),
            TestCommand.line(tested.file(), misfit.span()));
  }
}
