package io.byteport.adapter.alerts.reading;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Measured values as text: {@code 9.6e+01} is {@code 96}. Pure. */
public final class Numbers {
  private static final int MOST_DIGITS = 40;

  private Numbers() {}

  /** A number in plain digits; null where the text is no finite number. */
  public static @Nullable String plain(@Nullable String text) {
    if (text == null || text.isBlank() || text.length() > MOST_DIGITS) {
      return null;
    }
    try {
      BigDecimal number = new BigDecimal(text.strip());
      if (number.signum() == 0) {
        return "0";
      }
      boolean readable = Math.abs((long) number.precision() - number.scale()) < MOST_DIGITS;
      return readable ? number.stripTrailingZeros().toPlainString() : number.toString();
    } catch (NumberFormatException none) {
      return null;
    }
  }
}
