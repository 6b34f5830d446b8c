package io.byteport.dsl.workspace;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.format.Formatter;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.yaml.SourceReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One text and the layout that it should have. */
public final class Rewrite {
  private static final byte[] NOTHING = {};

  private final String name;
  private final byte[] before;
  private final @Nullable String after;
  private final List<Diagnostic> findings;

  private Rewrite(String name, byte[] before, Checked<String> formatted) {
    this.name = name;
    this.before = before;
    this.after = formatted.valueOrNull();
    this.findings = formatted.diagnostics();
  }

  /** Lays out a file without writing it; one that cannot be read is a finding. */
  public static Rewrite of(Path path) {
    if (!Files.isDirectory(path)) {
      try (InputStream in = Files.newInputStream(path)) {
        return of(path.toString(), in.readNBytes(SourceReader.MAX_BYTES + 1));
      } catch (IOException unreadable) {
        return unreadable(path);
      }
    }
    return unreadable(path);
  }

  private static Rewrite unreadable(Path path) {
    return new Rewrite(
        path.toString(), NOTHING, new Checked<>(null, SourceReader.read(path).diagnostics()));
  }

  /**
   * Lays out a text.
   *
   * @param name how messages call it
   */
  public static Rewrite of(String name, byte[] bytes) {
    Checked<SourceFile> read = SourceReader.read(name, bytes);
    return new Rewrite(
        name,
        bytes,
        read.value()
            .map(Formatter::format)
            .orElseGet(() -> new Checked<>(null, read.diagnostics())));
  }

  public String name() {
    return name;
  }

  /** Why it cannot be laid out; empty where it can. */
  public List<Diagnostic> findings() {
    return findings;
  }

  /** The text as it should be; as it is where it cannot be laid out. */
  public String text() {
    return after == null ? new String(before, StandardCharsets.UTF_8) : after;
  }

  /** Whether the layout differs from what was read, be it by a byte order mark. */
  public boolean isNeeded() {
    return after != null && !Arrays.equals(before, after.getBytes(StandardCharsets.UTF_8));
  }

  /** What would change, as {@code patch -p1} reads it; empty where nothing would. */
  public String diff() {
    return isNeeded()
        ? UnifiedDiff.of(name, new String(before, StandardCharsets.UTF_8), text())
        : "";
  }

  /**
   * Writes the layout in place of the file, whole or not at all; permissions stay.
   *
   * @throws IOException if it cannot be written, or has changed since it was read
   */
  public void write() throws IOException {
    if (isNeeded()) {
      AtomicFile.replace(Path.of(name), before, text().getBytes(StandardCharsets.UTF_8));
    }
  }
}
