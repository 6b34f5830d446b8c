package io.byteport.adapter.host.read;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;

/** Patterns of inputs (RE2 syntax). */
final class Patterns {
  /** Compiling takes time that grows with the square of the length. */
  private static final int LONGEST = 2_000;

  private Patterns() {}

  /**
   * @throws ActionException INVALID if it is none, or too long
   */
  static Pattern compiled(String pattern) throws ActionException {
    if (pattern.length() > LONGEST) {
      throw ActionException.refused(
          FailureKind.INVALID,
          "a pattern has at most " + LONGEST + " characters, found " + pattern.length());
    }
    try {
      return Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw ActionException.refused(FailureKind.INVALID, "no pattern: " + e.getMessage());
    }
  }
}
