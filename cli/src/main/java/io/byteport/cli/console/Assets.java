package io.byteport.cli.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A file that pages load. Its path changes with its content, so that browsers may keep it for ever.
 *
 * @param type as HTTP says it
 */
record Assets(String path, String type, String content) {
  private static final int DIGITS = 12;

  static final Assets STYLE =
      of(
          "console.css",
          "text/css",
          resource("/byteport/gallery/sheet.css") + resource("/byteport/console/console.css"));
  static final Assets SCRIPT =
      of("console.js", "text/javascript", resource("/byteport/console/console.js"));
  static final Assets ICON =
      of("icon.svg", "image/svg+xml", resource("/byteport/console/icon.svg"));

  static List<Assets> all() {
    return List.of(STYLE, SCRIPT, ICON);
  }

  private static Assets of(String name, String type, String content) {
    return new Assets("/assets/" + digest(content) + "/" + name, type, content);
  }

  private static String digest(String content) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = Assets.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("not on the class path: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
