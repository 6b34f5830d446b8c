package io.byteport.lsp;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Severity;
import io.byteport.dsl.source.Origin;
import java.util.List;
import java.util.Set;
import org.eclipse.lsp4j.DiagnosticCodeDescription;
import org.eclipse.lsp4j.DiagnosticRelatedInformation;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.DiagnosticTag;

/** Findings as the protocol has them: the same words, places and severities as in a terminal. */
public final class Reported {
  private static final String SOURCE = "byteport";
  private static final Set<DiagnosticCode> UNUSED =
      Set.of(
          DiagnosticCode.UNUSED_FACT,
          DiagnosticCode.UNUSED_PARAMETER,
          DiagnosticCode.UNUSED_INPUT,
          DiagnosticCode.UNUSED_BLOCK,
          DiagnosticCode.UNUSED_ARGUMENT);

  private Reported() {}

  static List<org.eclipse.lsp4j.Diagnostic> of(List<Diagnostic> findings) {
    return findings.stream().map(Reported::of).toList();
  }

  /** One finding. */
  public static org.eclipse.lsp4j.Diagnostic of(Diagnostic finding) {
    org.eclipse.lsp4j.Diagnostic told =
        new org.eclipse.lsp4j.Diagnostic(
            Positions.range(finding.file(), finding.span()),
            finding.hint() == null ? finding.message() : finding.message() + "\n" + finding.hint());
    told.setSource(SOURCE);
    told.setSeverity(severity(finding.severity()));
    told.setCode(finding.code().id());
    told.setCodeDescription(new DiagnosticCodeDescription(Uris.of(finding.code())));
    if (UNUSED.contains(finding.code())) {
      told.setTags(List.of(DiagnosticTag.Unnecessary));
    }
    if (finding.code() == DiagnosticCode.DEPRECATED) {
      told.setTags(List.of(DiagnosticTag.Deprecated));
    }
    if (!finding.related().isEmpty()) {
      told.setRelatedInformation(
          finding.related().stream()
              .map(
                  related ->
                      new DiagnosticRelatedInformation(
                          View.location(new Origin(related.file(), related.span())),
                          related.message()))
              .toList());
    }
    return told;
  }

  private static DiagnosticSeverity severity(Severity severity) {
    return switch (severity) {
      case ERROR -> DiagnosticSeverity.Error;
      case WARNING -> DiagnosticSeverity.Warning;
      case INFO -> DiagnosticSeverity.Information;
    };
  }
}
