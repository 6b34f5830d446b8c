package io.byteport.dsl.diagnostic;

import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One finding.
 *
 * @param message one sentence: what was expected, then what was found; names in backticks
 * @param hint what to do about it, or null where the message says it
 */
public record Diagnostic(
    DiagnosticCode code,
    Severity severity,
    SourceFile file,
    Span span,
    String message,
    @Nullable String hint,
    List<Related> related,
    List<Fix> fixes) {

  public Diagnostic {
    related = List.copyOf(related);
    fixes = List.copyOf(fixes);
  }

  /** A finding with the code's own severity. */
  public static Diagnostic of(
      DiagnosticCode code, SourceFile file, Span span, String message, @Nullable String hint) {
    return new Diagnostic(code, code.severity(), file, span, message, hint, List.of(), List.of());
  }

  public Diagnostic withFix(Fix fix) {
    return new Diagnostic(code, severity, file, span, message, hint, related, append(fixes, fix));
  }

  public Diagnostic withRelated(Related place) {
    return new Diagnostic(code, severity, file, span, message, hint, append(related, place), fixes);
  }

  public Diagnostic withSeverity(Severity other) {
    return new Diagnostic(code, other, file, span, message, hint, related, fixes);
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  private static <T> List<T> append(List<T> list, T item) {
    List<T> longer = new java.util.ArrayList<>(list);
    longer.add(item);
    return longer;
  }
}
