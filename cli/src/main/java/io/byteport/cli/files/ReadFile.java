package io.byteport.cli.files;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.yaml.SourceReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One file as it was read.
 *
 * @param path where it lies, or where it would lie if it came from standard input
 * @param bytes as they were; empty where it could not be read
 * @param source its text under the path's name, or why there is none
 */
record ReadFile(Path path, byte[] bytes, Checked<SourceFile> source) {
  private static final byte[] NOTHING = {};
  private static final String GROUP = "byteport.io/";
  private static final Pattern API_VERSION =
      Pattern.compile(
          "(?:^|[{,]\\s*)[\"']?apiVersion[\"']?\\s*:\\s*[\"']?byteport\\.io/", Pattern.MULTILINE);
  private static final Pattern KIND =
      Pattern.compile("(?:^|[{,]\\s*)[\"']?kind[\"']?\\s*:\\s*[\"']?(\\w+)", Pattern.MULTILINE);

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
      return source.text().contains(GROUP) && API_VERSION.matcher(source.text()).find();
    }
    return bytes.length == 0
        || new String(bytes, StandardCharsets.ISO_8859_1).replace("\0", "").contains(GROUP);
  }

  /** The word after {@code kind:}, or an empty one; told without reading the YAML. */
  String kind() {
    SourceFile source = source().valueOrNull();
    Matcher kind = KIND.matcher(source == null ? "" : source.text());
    return kind.find() ? kind.group(1) : "";
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
