package io.byteport.dsl.edit;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlReader;
import java.util.Optional;

/**
 * Reads text that is being written: a line that keeps the rest from being YAML is taken for blank,
 * so that every other place stays where it is. Pure.
 */
public final class PatientYaml {
  private static final int MOST = 8;

  private PatientYaml() {}

  /** The root node; empty where even that does not help, or there is nothing. */
  public static Optional<YamlNode> read(SourceFile file) {
    SourceFile now = file;
    for (int i = 0; i < MOST; i++) {
      Checked<YamlNode> read = YamlReader.read(now);
      if (read.value().isPresent()) {
        return read.value();
      }
      Optional<Diagnostic> error =
          read.diagnostics().stream().filter(Diagnostic::isError).findFirst();
      if (error.isEmpty()) {
        return Optional.empty();
      }
      Optional<SourceFile> less = without(now, error.get().span());
      if (less.isEmpty()) {
        return Optional.empty();
      }
      now = less.get();
    }
    return Optional.empty();
  }

  /** The text with the line of a place blank, or the nearest above it that is not. */
  private static Optional<SourceFile> without(SourceFile file, Span place) {
    int line = file.position(place.start()).line();
    while (line > 0 && file.line(line).isBlank()) {
      line--;
    }
    Span span = file.lineSpan(line);
    if (file.text(span).isBlank()) {
      return Optional.empty();
    }
    String blank =
        file.text(new Span(0, span.start()))
            + " ".repeat(span.length())
            + file.text(new Span(span.end(), file.length()));
    return Optional.of(new SourceFile(file.name(), blank));
  }
}
