package io.byteport.dsl.workspace;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.Severity;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a validation found.
 *
 * @param files every file that was looked at, by name
 */
public record Report(List<FileReport> files) {
  public Report {
    files = List.copyOf(files);
  }

  /** All findings, file by file. */
  public Stream<Diagnostic> findings() {
    return files.stream().flatMap(file -> file.findings().stream());
  }

  public long count(Severity severity) {
    return findings().filter(finding -> finding.severity() == severity).count();
  }
}
