package io.byteport.dsl.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnosticsTest {
  private static final SourceFile FIRST = new SourceFile("a.yaml", "text");
  private static final SourceFile SECOND = new SourceFile("b.yaml", "text");

  private static Diagnostic at(SourceFile file, int start, Severity severity) {
    return new Diagnostic(
        DiagnosticCode.YAML_SYNTAX,
        severity,
        file,
        new Span(start, start + 1),
        "m",
        null,
        List.of(),
        List.of());
  }

  @Test
  void findings_follow_the_files_their_places_and_their_gravity_and_are_told_once() {
    Diagnostic late = at(SECOND, 0, Severity.ERROR);
    Diagnostic end = at(FIRST, 3, Severity.ERROR);
    Diagnostic warning = at(FIRST, 1, Severity.WARNING);
    Diagnostic error = at(FIRST, 1, Severity.ERROR);
    assertThat(Diagnostics.sort(List.of(late, end, warning, error, at(FIRST, 3, Severity.ERROR))))
        .containsExactly(error, warning, end, late);
  }
}
