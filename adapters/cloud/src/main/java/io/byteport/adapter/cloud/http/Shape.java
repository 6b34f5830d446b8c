package io.byteport.adapter.cloud.http;

import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.util.regex.Pattern;

/**
 * What an identifier looks like. One that looks otherwise is never sent anywhere.
 *
 * @param what such as {@code the id of a volume}
 * @param pattern of the whole text; linear, since the text is anybody's
 * @param example for messages
 */
public record Shape(String what, Pattern pattern, String example) {
  private static final int SHOWN = 80;

  public static Shape of(String what, String regex, String example) {
    return new Shape(what, Pattern.compile(regex), example);
  }

  public boolean fits(String text) {
    return text.length() <= 2048 && pattern.matcher(text).matches();
  }

  /**
   * The text.
   *
   * @throws ActionException if it does not fit
   */
  public String check(String text) throws ActionException {
    if (!fits(text)) {
      String shown = Words.plain(text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text);
      throw ActionException.refused(
          FailureKind.INVALID,
          "expected " + what + " such as `" + example + "`, found `" + shown + "`");
    }
    return text;
  }
}
