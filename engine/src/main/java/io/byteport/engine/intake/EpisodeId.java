package io.byteport.engine.intake;

import io.byteport.engine.run.RunId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;

/**
 * One time that an alert fires, from its beginning to its end.
 *
 * @param alert which alert it is, see {@link #alert(String, String)}
 * @param number 1 for the first time
 */
public record EpisodeId(String alert, int number) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"; // without i, l, o, u
  private static final int LETTERS = 10;

  /** The name of what a source means by a fingerprint: 32 characters, the same in every process. */
  public static String alert(String source, String fingerprint) {
    byte[] digest = digest(source.length() + " " + source + fingerprint);
    return HexFormat.of().formatHex(digest, 0, 16);
  }

  /** The next time that the same alert fires. */
  EpisodeId next() {
    return new EpisodeId(alert, number + 1);
  }

  /**
   * The run that is opened for it, if one is. It depends on nothing but the episode and its
   * beginning, so that whoever tries to open it a second time finds that it was opened. Sorts by
   * the time, and is fit for labels and file names.
   */
  public RunId run(Instant beganAt) {
    byte[] digest = digest(alert + "/" + number);
    StringBuilder word = new StringBuilder(LETTERS);
    for (int i = 0; i < LETTERS; i++) {
      word.append(ALPHABET.charAt(digest[i] & 31));
    }
    return new RunId(TIME.format(beganAt) + "-" + word);
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return alert + "/" + number;
  }
}
