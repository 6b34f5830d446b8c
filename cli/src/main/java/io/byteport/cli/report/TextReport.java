package io.byteport.cli.report;

import io.byteport.dsl.diagnostic.DiagnosticPrinter;
import io.byteport.dsl.workspace.Report;
import java.io.PrintWriter;

/**
 * Findings for people, each with its line and a mark below its place. Nothing where all is well.
 */
public final class TextReport implements ReportWriter {
  private final boolean colour;

  /**
   * @param colour whether a terminal reads it that shows colours
   */
  public TextReport(boolean colour) {
    this.colour = colour;
  }

  @Override
  public void write(Report report, PrintWriter out) {
    String findings = new DiagnosticPrinter(colour).print(report.findings().toList());
    out.print(findings);
    if (!findings.isEmpty()) {
      out.println();
    }
  }
}
