package io.byteport.dsl.test;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Fix;
import io.byteport.dsl.diagnostic.Suggestions;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the reading of one test file leaves what it finds. */
final class TestFindings {
  private final SourceFile file;
  private final List<Diagnostic> list = new ArrayList<>();

  TestFindings(SourceFile file) {
    this.file = file;
  }

  SourceFile file() {
    return file;
  }

  List<Diagnostic> list() {
    return list;
  }

  void addAll(List<Diagnostic> diagnostics) {
    list.addAll(diagnostics);
  }

  void add(DiagnosticCode code, Span span, String message, @Nullable String hint) {
    list.add(Diagnostic.of(code, file, span, message, hint));
  }

  /** Whether a name is one of some others; a finding where it is not. */
  boolean isKnown(DiagnosticCode code, YamlScalar found, String what, Collection<String> known) {
    if (known.contains(found.text())) {
      return true;
    }
    Diagnostic diagnostic =
        Diagnostic.of(
            code,
            file,
            found.span(),
            "expected " + what + ", found `" + found.text() + "`",
            Suggestions.hintOrChoices(found.text(), known));
    list.add(
        Suggestions.nearest(found.text(), known)
            .map(
                near ->
                    diagnostic.withFix(new Fix("write `" + near + "`", found.span(), near, false)))
            .orElse(diagnostic));
    return false;
  }
}
