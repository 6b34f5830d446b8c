package io.byteport.cli.report;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.workspace.FileReport;
import io.byteport.dsl.workspace.Report;
import java.io.PrintWriter;

/**
 * Checkstyle's XML, which many review tools read: every file that was looked at with its findings.
 */
public final class CheckstyleReport implements ReportWriter {

  @Override
  public void write(Report report, PrintWriter out) {
    out.println("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    out.println("<checkstyle version=\"4.3\">");
    for (FileReport file : report.files()) {
      out.println("  <file name=\"" + XmlText.attribute(file.file().name()) + "\">");
      file.findings().forEach(finding -> write(finding, out));
      out.println("  </file>");
    }
    out.println("</checkstyle>");
  }

  private static void write(Diagnostic finding, PrintWriter out) {
    Place place = Place.of(finding);
    out.println(
        "    <error line=\"%d\" column=\"%d\" severity=\"%s\" message=\"%s\" source=\"%s\"/>"
            .formatted(
                place.line(),
                place.column(),
                Wording.severity(finding),
                XmlText.attribute(Wording.of(finding)),
                finding.code().id()));
  }
}
