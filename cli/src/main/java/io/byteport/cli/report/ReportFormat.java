package io.byteport.cli.report;

/** How a {@link Report} may be written. */
public enum ReportFormat {
  /** For people. */
  text,
  /** For programs. */
  json
}
