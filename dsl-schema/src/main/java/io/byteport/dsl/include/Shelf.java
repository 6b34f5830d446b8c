package io.byteport.dsl.include;

import io.byteport.dsl.source.SourceFile;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The libraries that were read so far: each text once, whoever includes it. Safe for use by several
 * threads.
 */
public final class Shelf {
  private final Map<SourceFile, LibraryText> read = new ConcurrentHashMap<>();

  /** The library in a file. */
  public LibraryText get(SourceFile file) {
    return read.computeIfAbsent(file, LibraryText::of);
  }
}
