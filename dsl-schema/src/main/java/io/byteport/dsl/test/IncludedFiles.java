package io.byteport.dsl.test;

import io.byteport.dsl.source.SourceFile;
import java.util.Optional;

/** Finds the files that tests include. Implementations may read the disk. */
@FunctionalInterface
public interface IncludedFiles {
  /** There are none. */
  IncludedFiles NONE = (from, path) -> Optional.empty();

  /**
   * @param from the file that includes
   * @param path as it is written there: relative to that file, with {@code /}
   * @return the text, of the same name however it is reached; empty where it cannot be read
   */
  Optional<SourceFile> find(SourceFile from, String path);
}
