package io.byteport.cli.report;

import io.byteport.cli.report.JUnitXml.Case;
import io.byteport.cli.report.JUnitXml.Failure;
import io.byteport.cli.report.JUnitXml.Suite;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticPrinter;
import io.byteport.dsl.workspace.FileReport;
import io.byteport.dsl.workspace.Report;
import java.io.PrintWriter;
import java.util.List;

/**
 * JUnit's XML for findings: a suite for each file and in it a case for each finding, or one that
 * holds where there is none. Errors fail; what only warns counts as skipped, so that a report fails
 * exactly where the validation does.
 */
public final class JUnitReport implements ReportWriter {
  private static final DiagnosticPrinter PRINTER = new DiagnosticPrinter(false);

  @Override
  public void write(Report report, PrintWriter out) {
    JUnitXml.write(report.files().stream().map(JUnitReport::suite).toList(), out);
  }

  private static Suite suite(FileReport file) {
    String name = file.file().name();
    List<Case> cases =
        file.findings().isEmpty()
            ? List.of(new Case("is valid", name, name, 1, null, null))
            : file.findings().stream().map(finding -> finding(name, finding)).toList();
    return new Suite(name, cases);
  }

  private static Case finding(String file, Diagnostic finding) {
    Place place = Place.of(finding);
    String name =
        "%s at %d:%d: %s"
            .formatted(finding.code().id(), place.line(), place.column(), finding.code().title());
    return finding.isError()
        ? new Case(
            name,
            file,
            file,
            place.line(),
            new Failure(finding.message(), PRINTER.print(finding)),
            null)
        : new Case(name, file, file, place.line(), null, Wording.of(finding));
  }
}
