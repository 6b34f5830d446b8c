package io.byteport.dsl.yaml;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads UTF-8 texts. Safe for use by several threads. */
public final class SourceReader {
  /**
   * The largest file that is read, in bytes: 10 MB. The longest runbook is a few hundred times
   * smaller.
   */
  public static final int MAX_BYTES = 10_000_000;

  private SourceReader() {}

  /**
   * Reads a file, or tells why not: it is missing, a directory, a pipe or device or not readable
   * ({@code FILE_UNREADABLE}), larger than {@link #MAX_BYTES} ({@code FILE_TOO_LARGE}) or not UTF-8
   * ({@code FILE_ENCODING}). Findings about a file without text are about an empty text of its
   * name.
   */
  public static Checked<SourceFile> read(Path path) {
    String name = path.toString();
    if (Files.isDirectory(path)) {
      return failed(
          DiagnosticCode.FILE_UNREADABLE,
          name,
          "expected a file, found a directory",
          "name one of the files in it");
    }
    if (Files.exists(path) && !Files.isRegularFile(path) && !isDescriptor(name)) {
      return failed(
          DiagnosticCode.FILE_UNREADABLE,
          name,
          "expected a file, found a pipe or a device",
          "write what comes out of it into a file");
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      return read(name, bytes);
    } catch (IOException unreadable) {
      return failed(
          DiagnosticCode.FILE_UNREADABLE,
          name,
          "expected a readable file, found " + reason(unreadable),
          hint(unreadable));
    }
  }

  /** What a shell has opened for us, such as {@code <(command)}, has somebody at its other end. */
  private static boolean isDescriptor(String name) {
    return name.startsWith("/dev/fd/")
        || name.startsWith("/proc/self/fd/")
        || name.equals("/dev/stdin");
  }

  /**
   * Decodes a text. A byte order mark of UTF-8 is left out.
   *
   * @param name how messages call the text
   */
  public static Checked<SourceFile> read(String name, byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      return failed(
          DiagnosticCode.FILE_TOO_LARGE,
          name,
          "expected at most " + MAX_BYTES / 1_000_000 + " MB, found more",
          "split the file; a runbook has a few kilobytes");
    }
    Optional<String> foreign = foreignEncoding(bytes);
    if (foreign.isPresent()) {
      return failed(
          DiagnosticCode.FILE_ENCODING,
          name,
          "expected UTF-8, found " + foreign.get(),
          "save the file as UTF-8");
    }
    return decoded(name, bytes, startsWith(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0);
  }

  private static Checked<SourceFile> decoded(String name, byte[] bytes, int start) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes, start, bytes.length - start);
    CharBuffer out = CharBuffer.allocate(bytes.length - start + 1);
    CoderResult result = decoder.decode(in, out, true);
    String text = out.flip().toString();
    if (result.isError()) {
      String found = String.format("the byte 0x%02X", bytes[in.position()] & 0xFF);
      return marked(
          name,
          text + lineAfter(bytes, in.position() + result.length()),
          text.codePointCount(0, text.length()),
          "expected UTF-8, found " + found,
          "save the file as UTF-8");
    }
    int zero = text.indexOf('\0');
    if (zero >= 0) {
      return marked(
          name,
          text,
          text.codePointCount(0, zero),
          "expected text, found a NUL character",
          "remove it; a YAML file holds text only");
    }
    return new Checked<>(new SourceFile(name, text), List.of());
  }

  /** What can be shown after a byte that is no text: a placeholder and the rest of its line. */
  private static String lineAfter(byte[] bytes, int from) {
    int end = from;
    while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') {
      end++;
    }
    return "\uFFFD" + new String(bytes, from, end - from, StandardCharsets.UTF_8);
  }

  private static Checked<SourceFile> marked(
      String name, String text, int offset, String message, String hint) {
    Span span = new Span(offset, offset + 1);
    return new Checked<>(
        null,
        List.of(
            Diagnostic.of(
                DiagnosticCode.FILE_ENCODING, new SourceFile(name, text), span, message, hint)));
  }

  private static Checked<SourceFile> failed(
      DiagnosticCode code, String name, String message, String hint) {
    return new Checked<>(
        null, List.of(Diagnostic.of(code, new SourceFile(name, ""), Span.START, message, hint)));
  }

  /** UTF-16 and UTF-32, by their mark or by the zero bytes beside a first ASCII character. */
  private static Optional<String> foreignEncoding(byte[] bytes) {
    if (startsWith(bytes, 0xFF, 0xFE, 0, 0) || startsWith(bytes, 0, 0, 0xFE, 0xFF)) {
      return Optional.of("UTF-32");
    }
    boolean marked = startsWith(bytes, 0xFF, 0xFE) || startsWith(bytes, 0xFE, 0xFF);
    boolean alternating =
        bytes.length >= 4
            && ((bytes[0] == 0 && bytes[1] != 0 && bytes[2] == 0 && bytes[3] != 0)
                || (bytes[0] != 0 && bytes[1] == 0 && bytes[2] != 0 && bytes[3] == 0));
    return marked || alternating ? Optional.of("UTF-16") : Optional.empty();
  }

  private static boolean startsWith(byte[] bytes, int... prefix) {
    if (bytes.length < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if ((bytes[i] & 0xFF) != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  private static String reason(IOException unreadable) {
    return switch (unreadable) {
      case NoSuchFileException missing -> "none of that name";
      case AccessDeniedException denied -> "that this user may not read it";
      case NotDirectoryException notDirectory -> "a file where its path has a directory";
      case FileSystemException other when other.getReason() != null ->
          "that the system says \"" + other.getReason() + "\"";
      default -> "that the system says \"" + unreadable.getMessage() + "\"";
    };
  }

  private static String hint(IOException unreadable) {
    return switch (unreadable) {
      case NoSuchFileException missing ->
          "check the path; it is resolved against the current directory";
      case AccessDeniedException denied ->
          "give the user who runs this read permission on the file";
      default -> "check the path and the file system";
    };
  }
}
