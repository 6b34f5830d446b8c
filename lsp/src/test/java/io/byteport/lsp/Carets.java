package io.byteport.lsp;

import io.byteport.dsl.source.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Fixtures with any number of carets, and what is answered at each, a line or a few: {@code x.yaml}
 * beside {@code x.answers}. With {@code -Dgolden.update=true} the answers are written.
 */
final class Carets {
  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");

  private Carets() {}

  static Stream<Path> fixtures(String folder) {
    try (Stream<Path> files = Files.list(GOLDEN.resolve(folder))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** A text once for each caret in it, with that caret alone. */
  static List<Sample> samples(Path fixture) {
    String marked = read(fixture);
    String name = fixture.getFileName().toString();
    List<Sample> samples = new ArrayList<>();
    for (int at = marked.indexOf(Sample.CARET);
        at >= 0;
        at = marked.indexOf(Sample.CARET, at + 1)) {
      String before = marked.substring(0, at).replace(Sample.CARET, "");
      String after = marked.substring(at + 1).replace(Sample.CARET, "");
      samples.add(Sample.of(Map.of(name, before + Sample.CARET + after)));
    }
    return samples;
  }

  /** What is answered at every caret, each headed by its line and what stands before it. */
  static String answers(Path fixture, Function<Sample, String> answer) {
    StringBuilder all = new StringBuilder();
    for (Sample sample : samples(fixture)) {
      SourceFile text = sample.view().text();
      int line = text.position(sample.offset()).line();
      int start = text.lineSpan(line).start();
      String written = text.line(line);
      int cut =
          written.offsetByCodePoints(
              0, Math.min(sample.offset() - start, written.codePointCount(0, written.length())));
      all.append("## ")
          .append(line + 1)
          .append(": ")
          .append(written.substring(0, cut).strip())
          .append(Sample.CARET)
          .append(written.substring(cut).stripTrailing())
          .append('\n')
          .append(answer.apply(sample).stripTrailing())
          .append("\n\n");
    }
    return all.toString().stripTrailing() + "\n";
  }

  static Path golden(Path fixture) {
    return Path.of(fixture.toString().replaceFirst("\\.yaml$", ".answers"));
  }

  /** The answers as they stand in the file; those given, once they are written into it. */
  static String expected(Path fixture, String actual) {
    if (Boolean.getBoolean("golden.update")) {
      write(golden(fixture), actual);
    }
    return read(golden(fixture));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text, StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
