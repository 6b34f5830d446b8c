package io.byteport.engine.journal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The lines of an archive, one at a time, with a look at the next. Not safe for several threads.
 */
final class ArchiveLines {
  private final BufferedReader in;
  private @Nullable JsonNode ahead;
  private int number;

  ArchiveLines(BufferedReader in) {
    this.in = in;
  }

  /** The line that {@link #next} returned last, from 1. */
  int number() {
    return number;
  }

  /** The next line, which stays the next; null at the end. */
  @Nullable JsonNode peek() {
    if (ahead == null) {
      try {
        String line = in.readLine();
        ahead = line == null ? null : JsonMapper.shared().readTree(line);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return ahead;
  }

  /** The next line; null at the end. */
  @Nullable JsonNode next() {
    JsonNode line = peek();
    ahead = null;
    number++;
    return line;
  }
}
