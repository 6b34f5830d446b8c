package io.byteport.dsl.workspace;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.source.SourceFile;
import java.util.List;

/**
 * What was found in one file.
 *
 * @param file the file; without text where it could not be read
 * @param findings in the order of their places; empty where all is well
 */
public record FileReport(SourceFile file, List<Diagnostic> findings) {
  public FileReport {
    findings = List.copyOf(findings);
  }
}
