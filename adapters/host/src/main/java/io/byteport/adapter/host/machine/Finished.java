package io.byteport.adapter.host.machine;

import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import io.byteport.engine.spi.FailureKind;
import java.util.Locale;

/**
 * A program that came to its end.
 *
 * @param program its name, for messages
 * @param exitCode its status; 128 and the number of the signal that ended it
 */
public record Finished(String program, int exitCode, Output stdout, Output stderr) {
  private static final int LONGEST_REASON = 2_000;

  public boolean succeeded() {
    return exitCode == 0;
  }

  /**
   * What a read expects.
   *
   * @return this
   * @throws ActionException with the program's own words if the status is not 0
   */
  public Finished orFail() throws ActionException {
    return orFail(Effect.NONE);
  }

  /**
   * @param effect what a status other than 0 leaves behind
   * @return this
   */
  public Finished orFail(Effect effect) throws ActionException {
    if (!succeeded()) {
      throw failure(effect);
    }
    return this;
  }

  /** This as a failure, in the program's own words. */
  public ActionException failure(Effect effect) {
    String words = words();
    return new ActionException(
        kind(words),
        effect,
        "`" + program + "` ended with status " + exitCode + (words.isEmpty() ? "" : ": " + words),
        null);
  }

  /** The end of what it said about its failure. */
  public String words() {
    String said = stderr.text().strip();
    String words = said.isEmpty() ? stdout.text().strip() : said;
    return words.length() <= LONGEST_REASON
        ? words
        : "..." + words.substring(words.length() - LONGEST_REASON);
  }

  private static FailureKind kind(String words) {
    String lower = words.toLowerCase(Locale.ROOT);
    if (lower.contains("permission denied")
        || lower.contains("operation not permitted")
        || lower.contains("access denied")
        || lower.contains("authentication required")
        || lower.contains("must be root")) {
      return FailureKind.FORBIDDEN;
    }
    if (lower.contains("no such file or directory") || lower.contains("not found")) {
      return FailureKind.NOT_FOUND;
    }
    return FailureKind.REFUSED;
  }
}
