package io.byteport.dsl.test;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Fix;
import io.byteport.dsl.diagnostic.Related;
import io.byteport.dsl.diagnostic.Suggestions;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the reading of one test leaves what it finds, each in the file where it stands. */
final class TestFindings {
  private final TestSources sources;
  private final List<Diagnostic> list = new ArrayList<>();

  TestFindings(TestSources sources) {
    this.sources = sources;
  }

  /** The test's own file. */
  SourceFile file() {
    return sources.test();
  }

  /** What is written at a place. */
  String text(Span span) {
    return sources.file(span).text(sources.local(span));
  }

  List<Diagnostic> list() {
    return list;
  }

  void addAll(List<Diagnostic> diagnostics) {
    list.addAll(diagnostics);
  }

  void add(DiagnosticCode code, Span span, String message, @Nullable String hint) {
    list.add(diagnostic(code, span, message, hint));
  }

  /** Something that contradicts what stands elsewhere. */
  void add(
      DiagnosticCode code,
      Span span,
      String message,
      @Nullable String hint,
      Span elsewhere,
      String word) {
    list.add(
        diagnostic(code, span, message, hint)
            .withRelated(new Related(sources.file(elsewhere), sources.local(elsewhere), word)));
  }

  private Diagnostic diagnostic(
      DiagnosticCode code, Span span, String message, @Nullable String hint) {
    return Diagnostic.of(code, sources.file(span), sources.local(span), message, hint);
  }

  /** Whether a name is one of some others; a finding where it is not. */
  boolean isKnown(DiagnosticCode code, YamlScalar found, String what, Collection<String> known) {
    return isKnown(code, found.span(), found.text(), what, known);
  }

  boolean isKnown(
      DiagnosticCode code, Span span, String name, String what, Collection<String> known) {
    if (known.contains(name)) {
      return true;
    }
    Diagnostic diagnostic =
        diagnostic(
            code,
            span,
            "expected " + what + ", found `" + name + "`",
            Suggestions.hintOrChoices(name, known));
    list.add(
        Suggestions.nearest(name, known)
            .filter(near -> isFree(span, near))
            .map(
                near ->
                    diagnostic.withFix(
                        new Fix("write `" + near + "`", sources.local(span), near, false)))
            .orElse(diagnostic));
    return false;
  }

  /** Whether a name may be written in a place; not where that would be a second key of its map. */
  private boolean isFree(Span span, String near) {
    SourceFile file = sources.file(span);
    Span place = sources.local(span);
    String text =
        file.text(new Span(0, place.start()))
            + near
            + file.text(new Span(place.end(), file.length()));
    return repeated(new SourceFile(file.name(), text)) <= repeated(file);
  }

  private static long repeated(SourceFile file) {
    return YamlReader.read(file).diagnostics().stream()
        .filter(finding -> finding.code() == DiagnosticCode.YAML_DUPLICATE_KEY)
        .count();
  }
}
