package io.byteport.dsl.yaml;

import io.byteport.dsl.value.Value;
import java.util.regex.Pattern;

/**
 * What a plain scalar means (YAML 1.2.2, section 10.3.2). Infinity and not-a-number stay text, as
 * do numbers past the range of a double.
 */
final class CoreSchema {
  private static final Pattern NULL = Pattern.compile("null|Null|NULL|~|");
  private static final Pattern TRUE = Pattern.compile("true|True|TRUE");
  private static final Pattern FALSE = Pattern.compile("false|False|FALSE");
  private static final Pattern OCTAL = Pattern.compile("0o[0-7]{1,20}");
  private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-fA-F]{1,15}");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
  private static final int LONGEST_NUMBER = 64;

  private CoreSchema() {}

  /** Whether a text begins as what is not a text does, which most do not. */
  private static boolean mayBeMore(String text) {
    return text.isEmpty() || "nN~tTfF0123456789+-.".indexOf(text.charAt(0)) >= 0;
  }

  static Value value(String text) {
    if (text.length() > LONGEST_NUMBER || !mayBeMore(text)) {
      return Value.of(text);
    }
    if (NULL.matcher(text).matches()) {
      return Value.NULL;
    }
    if (TRUE.matcher(text).matches()) {
      return Value.TRUE;
    }
    if (FALSE.matcher(text).matches()) {
      return Value.FALSE;
    }
    if (OCTAL.matcher(text).matches()) {
      return Value.of((double) Long.parseLong(text.substring(2), 8));
    }
    if (HEXADECIMAL.matcher(text).matches()) {
      return Value.of((double) Long.parseLong(text.substring(2), 16));
    }
    if (DECIMAL.matcher(text).matches()) {
      double number = Double.parseDouble(text);
      return Double.isFinite(number) ? Value.of(number) : Value.of(text);
    }
    return Value.of(text);
  }
}
