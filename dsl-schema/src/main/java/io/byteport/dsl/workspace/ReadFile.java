package io.byteport.dsl.workspace;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.yaml.SourceReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** One file as it was read. */
final class ReadFile {
  private static final byte[] NOTHING = {};
  private static final String GROUP = "byteport.io/";

  private final Path path;
  private final byte[] bytes;
  private final Checked<SourceFile> source;
  private final FileKind kind;

  private ReadFile(Path path, byte[] bytes, Checked<SourceFile> source) {
    this.path = path;
    this.bytes = bytes;
    this.source = source;
    this.kind = source.value().map(FileKind::of).orElse(FileKind.RUNBOOK);
  }

  /** Where it lies, or where it would lie if it came from standard input. */
  Path path() {
    return path;
  }

  /** What it held; nothing where it could not be read. */
  byte[] bytes() {
    return bytes.clone();
  }

  /** Its text under the path's name, or why there is none. */
  Checked<SourceFile> source() {
    return source;
  }

  /** Reads a file, once; one that cannot be read is a finding. */
  static ReadFile of(Path path) {
    if (!Files.isDirectory(path)) {
      try (InputStream in = Files.newInputStream(path)) {
        return of(path, in.readNBytes(SourceReader.MAX_BYTES + 1));
      } catch (IOException unreadable) {
        return new ReadFile(path, NOTHING, SourceReader.read(path));
      }
    }
    return new ReadFile(path, NOTHING, SourceReader.read(path));
  }

  /** Bytes that are at hand already. */
  static ReadFile of(Path path, byte[] bytes) {
    return new ReadFile(path, bytes, SourceReader.read(path.toString(), bytes));
  }

  /** A text that is at hand already. */
  static ReadFile of(Path path, Checked<SourceFile> source) {
    String text = source.value().map(SourceFile::text).orElse("");
    return new ReadFile(path, text.getBytes(StandardCharsets.UTF_8), source);
  }

  /** Relative to the current folder where it lies inside, so that messages stay short. */
  static Path shortest(Path path) {
    Path here = Path.of("").toAbsolutePath();
    Path absolute = path.toAbsolutePath().normalize();
    return path.isAbsolute() && absolute.startsWith(here) && !absolute.equals(here)
        ? here.relativize(absolute)
        : path;
  }

  /** The text, or an empty one of the same name. */
  SourceFile sourceOrEmpty() {
    SourceFile source = source().valueOrNull();
    return source == null ? new SourceFile(path.toString(), "") : source;
  }

  /**
   * Whether it is one of ours, going by its {@code apiVersion}; one that is not text counts if it
   * speaks of us at all, and one that cannot be read counts, since nobody can tell.
   */
  boolean isOurs() {
    SourceFile source = source().valueOrNull();
    if (source != null) {
      return FileKind.isOurs(source);
    }
    return bytes.length == 0
        || new String(bytes, StandardCharsets.ISO_8859_1).replace("\0", "").contains(GROUP);
  }

  /** What it holds; a runbook where that cannot be told. */
  FileKind kind() {
    return kind;
  }

  /** Whether it begins with UTF-8's byte order mark, which is no part of its text. */
  boolean isMarked() {
    return bytes.length >= 3
        && bytes[0] == (byte) 0xEF
        && bytes[1] == (byte) 0xBB
        && bytes[2] == (byte) 0xBF;
  }

  /** The folder that it lies in, absolute. */
  Path folder() {
    Path parent = path.toAbsolutePath().normalize().getParent();
    return parent == null ? path : parent;
  }
}
