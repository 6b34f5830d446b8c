package io.byteport.dsl.golden;

import io.byteport.dsl.check.Catalogues;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.check.RunbookLoader;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.include.Libraries;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.yaml.SourceReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The libraries that golden runbooks include. */
final class Shared implements Libraries {
  private static final Path FOLDER =
      Path.of("src", "test", "resources", "golden", "include", "libraries");
  private static final RunbookLoader LOADER = new RunbookLoader(Catalogues.TEST).with(new Shared());

  private final Map<String, Checked<SourceFile>> read = new ConcurrentHashMap<>();

  /** What is found in a runbook, or in a library by itself. */
  static List<Diagnostic> check(SourceFile file) {
    return file.text().contains("\nkind: Library\n")
        ? LOADER.checkLibrary(file)
        : load(file).diagnostics();
  }

  /** A runbook that may include them. */
  static Checked<CheckedRunbook> load(SourceFile file) {
    return LOADER.load(file);
  }

  @Override
  public Optional<Checked<SourceFile>> find(SourceFile from, String id) {
    Path path = FOLDER.resolve(id + SUFFIX);
    return Files.exists(path)
        ? Optional.of(read.computeIfAbsent(id, any -> read(path)))
        : Optional.empty();
  }

  private static Checked<SourceFile> read(Path path) {
    try {
      return SourceReader.read(path.getFileName().toString(), Files.readAllBytes(path));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public Collection<String> known(SourceFile from) {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.map(file -> file.getFileName().toString().replace(SUFFIX, "")).sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
