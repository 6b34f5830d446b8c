package io.byteport.adapter.cloud.github;

import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Logs of jobs as text, without colours and the like. Pure. */
final class LogText {
  private static final int MOST_FILES = 200;
  private static final Pattern ESCAPE = Pattern.compile("\\x1B\\[[0-9;?]{0,20}[ -/]?[@-~]");
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F]");

  private LogText() {}

  /** Without escape sequences and other control characters but line ends and tabs. */
  static String plain(String text) {
    String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
    return CONTROL
        .matcher(ESCAPE.matcher(unmarked).replaceAll(""))
        .replaceAll("")
        .replace("\r\n", "\n")
        .replace('\r', '\n');
  }

  /** The last characters, beginning with a whole one. */
  static String end(String text, int chars) {
    if (text.length() <= chars) {
      return text;
    }
    int start = text.length() - chars;
    return text.substring(Character.isLowSurrogate(text.charAt(start)) ? start + 1 : start);
  }

  /**
   * The logs of the jobs in an archive by name; of each the end. What the archive calls its files
   * is only a heading, and a bomb is not unfolded beyond the limit.
   */
  static String unzipped(byte[] archive, int chars) throws ActionException {
    Map<String, String> texts = new TreeMap<>();
    long left = 64L << 20;
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      ZipEntry entry = zip.getNextEntry();
      while (entry != null && texts.size() < MOST_FILES && left > 0) {
        if (!entry.isDirectory() && entry.getName().indexOf('/') < 0) {
          byte[] content = zip.readNBytes((int) Math.min(left, 16 << 20));
          left -= content.length;
          texts.put(
              plain(entry.getName()),
              end(plain(new String(content, StandardCharsets.UTF_8)), chars));
        }
        entry = zip.getNextEntry();
      }
    } catch (IOException | IllegalArgumentException broken) {
      throw ActionException.refused(
          FailureKind.UNREACHABLE,
          "the archive of the logs cannot be read: " + broken.getMessage());
    }
    if (texts.isEmpty()) {
      throw ActionException.refused(
          FailureKind.UNREACHABLE, "the archive of the logs holds no log of a job");
    }
    StringBuilder all = new StringBuilder();
    texts.forEach(
        (name, text) -> all.append("== ").append(name).append(" ==\n").append(text).append('\n'));
    return end(all.toString(), chars);
  }
}
