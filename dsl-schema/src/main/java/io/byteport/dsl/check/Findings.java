package io.byteport.dsl.check;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Fix;
import io.byteport.dsl.diagnostic.Suggestions;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the checks of one runbook leave what they find. */
final class Findings {
  private final SourceFile file;
  private final List<Span> misshapen;
  private final boolean broken;
  private final List<Diagnostic> list = new ArrayList<>();

  /**
   * @param misshapen where the shape of the document is wrong
   * @param broken whether earlier stages found errors
   */
  Findings(SourceFile file, List<Span> misshapen, boolean broken) {
    this.file = file;
    this.misshapen = List.copyOf(misshapen);
    this.broken = broken;
  }

  SourceFile file() {
    return file;
  }

  List<Diagnostic> list() {
    return List.copyOf(list);
  }

  /** Whether an earlier stage or a check so far found an error. */
  boolean hasErrors() {
    return broken || list.stream().anyMatch(Diagnostic::isError);
  }

  void add(Diagnostic diagnostic) {
    list.add(diagnostic);
  }

  void add(DiagnosticCode code, Span span, String message, @Nullable String hint) {
    list.add(Diagnostic.of(code, file, span, message, hint));
  }

  /**
   * Something that should be there and is not. Where the shape is wrong inside the place that lacks
   * it, that says it already: what is missing is what was misspelt.
   *
   * @param within the place that lacks it
   */
  void missing(DiagnosticCode code, Span span, Span within, String message, @Nullable String hint) {
    boolean misspelt =
        misshapen.stream()
            .anyMatch(one -> within.start() <= one.start() && one.end() <= within.end());
    if (!misspelt) {
      add(code, span, message, hint);
    }
  }

  /** Keeps what a check of the expressions found, and hands on what it made. */
  <T> @Nullable T take(Checked<T> checked) {
    list.addAll(checked.diagnostics());
    return checked.valueOrNull();
  }

  /** A name that should be one of some others; what is empty was found missing before. */
  void unknown(DiagnosticCode code, Id found, String what, Collection<String> known) {
    unknown(code, found, what, known, List.of());
  }

  /**
   * A key that should be one of some others.
   *
   * @param beside the keys of the same map; a fix that gave two of them one name would be none
   */
  void unknown(
      DiagnosticCode code,
      Id found,
      String what,
      Collection<String> known,
      Collection<String> beside) {
    if (found.name().isEmpty()) {
      return;
    }
    Diagnostic diagnostic =
        Diagnostic.of(
            code,
            file,
            found.span(),
            "expected " + what + ", found `" + found.name() + "`",
            Suggestions.hintOrChoices(found.name(), known));
    list.add(
        Suggestions.nearest(found.name(), known)
            .filter(near -> !beside.contains(near))
            .map(
                near ->
                    diagnostic.withFix(new Fix("write `" + near + "`", found.span(), near, false)))
            .orElse(diagnostic));
  }
}
