package io.byteport.dsl.format;

import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.yaml.SourceReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Every YAML text that this build has: the golden ones, good and bad, and the library. */
final class EveryYaml {
  static final Path GOLDEN = Path.of("src", "test", "resources", "golden");
  static final Path LIBRARY = Path.of("..", "runbooks-yaml");

  private EveryYaml() {}

  static List<SourceFile> all() {
    return Stream.of(GOLDEN, LIBRARY).flatMap(folder -> under(folder).stream()).toList();
  }

  static List<SourceFile> under(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.startsWith(LIBRARY.resolve("target")))
          .sorted()
          .flatMap(file -> SourceReader.read(file).value().stream())
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
