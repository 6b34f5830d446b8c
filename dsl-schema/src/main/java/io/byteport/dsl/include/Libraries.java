package io.byteport.dsl.include;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.source.SourceFile;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Finds the libraries that files include, by id. Implementations may read the disk, but nothing
 * beyond the folder of the file that includes, the folders above it up to the root of its settings,
 * and what comes with the program. Safe for use by several threads.
 */
public interface Libraries {
  /** What the name of the file of a library ends with, after its id. */
  String SUFFIX = ".library.yaml";

  /** There are none. */
  Libraries NONE =
      new Libraries() {
        @Override
        public Optional<Checked<SourceFile>> find(SourceFile from, String id) {
          return Optional.empty();
        }

        @Override
        public Collection<String> known(SourceFile from) {
          return List.of();
        }
      };

  /**
   * The file of a library, the same instance for the same text; without a value and with the reason
   * where it cannot be read; empty where there is none.
   *
   * @param from the file that includes it
   */
  Optional<Checked<SourceFile>> find(SourceFile from, String id);

  /** The ids of the libraries that a file could include, for those who have misspelt one. */
  Collection<String> known(SourceFile from);
}
