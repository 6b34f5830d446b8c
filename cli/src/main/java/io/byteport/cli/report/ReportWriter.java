package io.byteport.cli.report;

import io.byteport.dsl.workspace.Report;
import java.io.PrintWriter;

/** One format of a {@link Report}. Writers neither close nor flush. */
public interface ReportWriter {
  void write(Report report, PrintWriter out);
}
