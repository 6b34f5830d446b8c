package io.byteport.cli.report;

import io.byteport.dsl.workspace.Report;
import java.io.PrintWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Findings for programs: one list, each finding with its file and places. */
public final class JsonReport implements ReportWriter {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  @Override
  public void write(Report report, PrintWriter out) {
    out.println(MAPPER.writeValueAsString(DiagnosticJson.of(report.findings().toList())));
  }
}
