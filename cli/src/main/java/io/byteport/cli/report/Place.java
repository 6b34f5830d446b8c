package io.byteport.cli.report;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.source.Position;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;

/**
 * A span as reports count it: lines and columns from 1, columns in code points.
 *
 * @param endColumn of the code point after the last one
 */
record Place(int line, int column, int endLine, int endColumn) {

  static Place of(Diagnostic finding) {
    return of(finding.file(), finding.span());
  }

  static Place of(SourceFile file, Span span) {
    Position start = file.position(span.start());
    Position end = file.position(span.end());
    return new Place(start.line() + 1, start.column() + 1, end.line() + 1, end.column() + 1);
  }
}
