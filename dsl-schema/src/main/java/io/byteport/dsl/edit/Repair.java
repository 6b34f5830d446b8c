package io.byteport.dsl.edit;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlReader;
import java.util.Optional;

/** Makes a text readable by leaving out lines that the reader finds fault with. Pure. */
public final class Repair {
  private static final int MOST = 8;

  private Repair() {}

  /** The text with nothing moved; empty where a few lines less do not help. */
  public static Optional<SourceFile> of(SourceFile text) {
    SourceFile mended = text;
    for (int i = 0; i < MOST; i++) {
      Checked<YamlNode> read = YamlReader.read(mended);
      if (read.value().isPresent()) {
        return Optional.of(mended);
      }
      Optional<Diagnostic> fault =
          read.diagnostics().stream().filter(Diagnostic::isError).findFirst();
      if (fault.isEmpty()) {
        return Optional.empty();
      }
      Span line = faulty(mended, fault.get().span());
      if (mended.text(line).isBlank()) {
        return Optional.empty();
      }
      mended =
          new SourceFile(
              text.name(),
              mended.text(new Span(0, line.start()))
                  + " ".repeat(line.length())
                  + mended.text(new Span(line.end(), mended.length())));
    }
    return Optional.empty();
  }

  /** The line of a place, or the nearest above it that is not blank. */
  private static Span faulty(SourceFile text, Span place) {
    int line = text.position(place.start()).line();
    while (line > 0 && text.line(line).isBlank()) {
      line--;
    }
    return text.lineSpan(line);
  }
}
