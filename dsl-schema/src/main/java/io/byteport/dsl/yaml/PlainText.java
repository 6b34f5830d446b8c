package io.byteport.dsl.yaml;

import io.byteport.dsl.value.Value.TextValue;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether a text may stand without quotes: every reader of YAML takes it for this text, also those
 * of YAML 1.1, which see booleans in {@code yes}, octal numbers in {@code 0755} and dates. Strict
 * rather than complete: where in doubt the quotes stay.
 */
public final class PlainText {
  private static final Set<String> WORDS =
      Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "=", "<<");
  private static final Pattern NUMBER =
      Pattern.compile("[-+.]?[0-9][0-9_.,:eE+-]*|[-+]?0[xXoObB][0-9a-fA-F_]+|[-+]?\\.(inf|nan)");
  private static final Pattern DATE =
      Pattern.compile("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt \\t].*)?");
  private static final String STARTERS = "-?:,[]{}#&*!|>'\"%@`=~.<";
  private static final String FLOW = ",[]{}()'\":";

  private PlainText() {}

  /**
   * @param text the value
   * @param flow whether it stands inside brackets or braces, where less is allowed
   */
  public static boolean suits(String text, boolean flow) {
    if (text.isEmpty()
        || !text.strip().equals(text)
        || !text.codePoints().allMatch(PlainText::isPlain)) {
      return false;
    }
    if (STARTERS.indexOf(text.charAt(0)) >= 0
        || text.contains(": ")
        || text.contains(" #")
        || text.endsWith(":")) {
      return false;
    }
    if (flow && text.chars().anyMatch(c -> FLOW.indexOf(c) >= 0)) {
      return false;
    }
    return CoreSchema.value(text) instanceof TextValue
        && !WORDS.contains(text.toLowerCase(Locale.ROOT))
        && !NUMBER.matcher(text).matches()
        && !DATE.matcher(text).matches();
  }

  private static boolean isPlain(int c) {
    boolean ascii = c >= 0x20 && c < 0x7F;
    return ascii
        || (c > 0xA0
            && !Character.isISOControl(c)
            && Character.isDefined(c)
            && c != 0xFEFF
            && c != 0x2028
            && c != 0x2029
            && Character.getType(c) != Character.FORMAT
            && Character.getType(c) != Character.SURROGATE);
  }
}
