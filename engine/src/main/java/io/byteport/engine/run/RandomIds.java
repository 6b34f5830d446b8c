package io.byteport.engine.run;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Names with the time in front and five random characters, such as {@code 20260301-120000-4f7kq};
 * fit for labels and file names.
 */
public final class RandomIds implements IdSource {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"; // without i, l, o, u

  private final RandomGenerator random;

  public RandomIds() {
    this(new SecureRandom());
  }

  /**
   * @param random must be safe for several threads
   */
  public RandomIds(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public RunId newRun(Instant at) {
    return new RunId(TIME.format(at) + "-" + word(5));
  }

  @Override
  public IntentId newIntent(RunId run) {
    return new IntentId(run + "-" + word(6));
  }

  private String word(int length) {
    StringBuilder word = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      word.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return word.toString();
  }
}
