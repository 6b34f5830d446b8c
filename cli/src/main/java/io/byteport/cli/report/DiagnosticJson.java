package io.byteport.cli.report;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.source.Position;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Findings as JSON. Lines and columns count from 1, columns in code points. */
public final class DiagnosticJson {
  private DiagnosticJson() {}

  public static List<Map<String, Object>> of(List<Diagnostic> diagnostics) {
    return diagnostics.stream().map(DiagnosticJson::of).toList();
  }

  private static Map<String, Object> of(Diagnostic diagnostic) {
    Map<String, Object> json = place(diagnostic.file(), diagnostic.span());
    json.put("code", diagnostic.code().id());
    json.put("severity", diagnostic.severity().name().toLowerCase(Locale.ROOT));
    json.put("message", diagnostic.message());
    if (diagnostic.hint() != null) {
      json.put("hint", diagnostic.hint());
    }
    if (!diagnostic.related().isEmpty()) {
      json.put(
          "related",
          diagnostic.related().stream()
              .map(
                  related -> {
                    Map<String, Object> place = place(related.file(), related.span());
                    place.put("message", related.message());
                    return place;
                  })
              .toList());
    }
    return json;
  }

  private static Map<String, Object> place(SourceFile file, Span span) {
    Position start = file.position(span.start());
    Position end = file.position(span.end());
    Map<String, Object> place = new LinkedHashMap<>();
    place.put("file", file.name());
    place.put("line", start.line() + 1);
    place.put("column", start.column() + 1);
    place.put("endLine", end.line() + 1);
    place.put("endColumn", end.column() + 1);
    return place;
  }
}
