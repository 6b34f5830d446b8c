package io.byteport.cli;

import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.test.IncludedFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Finds fixtures beside the tests that include them, on the disk or in the library. */
final class FixtureLookup implements IncludedFiles {
  private final Unsaved unsaved;

  FixtureLookup(Unsaved unsaved) {
    this.unsaved = unsaved;
  }

  @Override
  public Optional<SourceFile> find(SourceFile from, String path) {
    try {
      if (from.name().startsWith(Library.PREFIX)) {
        Path file = Path.of(from.name().substring(Library.PREFIX.length()));
        return Library.fixtures(file.resolveSibling(path).normalize().toString());
      }
      return unsaved.read(Path.of(from.name()).resolveSibling(path).normalize()).value();
    } catch (InvalidPathException noPath) {
      return Optional.empty();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
