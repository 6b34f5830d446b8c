package io.byteport.cli.report;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.source.SourceFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * Tells findings apart from one run to the next, wherever their lines have moved to: by code, file,
 * the line without its indentation and what is marked in it. The same findings of a file are
 * numbered in their order, so one report needs one of these, asked in order.
 */
final class Fingerprints {
  private final Path root;
  private final Map<String, Integer> seen = new HashMap<>();

  /**
   * @param root the folder that files are named relative to
   */
  Fingerprints(Path root) {
    this.root = root;
  }

  /** 32 hexadecimal digits, a colon and which of several that are the same it is, from 1. */
  String of(Diagnostic finding) {
    SourceFile file = finding.file();
    String line = file.line(file.position(finding.span().start()).line()).strip();
    String what =
        String.join(
            "\n",
            finding.code().id(),
            SourcePath.of(root, file.name()).uri(),
            line,
            file.text(finding.span()));
    String hash = HexFormat.of().formatHex(digest(what), 0, 16);
    return hash + ":" + seen.merge(hash, 1, Integer::sum);
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
