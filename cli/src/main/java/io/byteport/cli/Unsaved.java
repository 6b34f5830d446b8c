package io.byteport.cli;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.yaml.SourceReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Texts of files that are not written yet, before what lies on the disk. Immutable. */
final class Unsaved {
  static final Unsaved NONE = new Unsaved(Map.of());

  private final Map<Path, String> texts;

  /**
   * @param texts by the path of the file
   */
  Unsaved(Map<Path, String> texts) {
    Map<Path, String> keyed = new HashMap<>();
    texts.forEach((path, text) -> keyed.put(key(path), text));
    this.texts = Map.copyOf(keyed);
  }

  private static Path key(Path path) {
    return path.toAbsolutePath().normalize();
  }

  boolean isEmpty() {
    return texts.isEmpty();
  }

  /** Whether there is such a file, here or on the disk. */
  boolean exists(Path path) {
    return texts.containsKey(key(path)) || Files.exists(path);
  }

  /** The text of a file, or why it cannot be read. */
  Checked<SourceFile> read(Path path) {
    String text = texts.get(key(path));
    return text == null
        ? SourceReader.read(path)
        : SourceReader.read(path.toString(), text.getBytes(StandardCharsets.UTF_8));
  }
}
