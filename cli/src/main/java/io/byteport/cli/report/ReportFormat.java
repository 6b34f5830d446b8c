package io.byteport.cli.report;

import io.byteport.dsl.workspace.Report;

/** How a {@link Report} may be written. */
public enum ReportFormat {
  /** For people. */
  text,
  /** For programs. */
  json,
  /** SARIF 2.1.0, which code hosts and editors show. */
  sarif,
  /** Workflow commands that GitHub turns into annotations. */
  github,
  /** GitLab's code quality report. */
  gitlab,
  /** JUnit's XML. */
  junit,
  /** Checkstyle's XML. */
  checkstyle
}
