package io.byteport.sim.kubernetes.store;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kubernetes quantities such as {@code 256Mi}, {@code 500m} or {@code 2}. */
public final class Quantity {
  private static final Pattern FORM =
      Pattern.compile("([+-]?[0-9]*\\.?[0-9]+)(e[+-]?[0-9]+|E[+-]?[0-9]+|[numkMGTPE]|[KMGTPE]i)?");

  private Quantity() {}

  /** The number that a quantity stands for; throws IllegalArgumentException if it is malformed. */
  public static BigDecimal parse(String text) {
    Matcher m = FORM.matcher(text.trim());
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "quantities must match the regular expression '"
              + "^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
    }
    BigDecimal number = new BigDecimal(m.group(1));
    String suffix = m.group(2) == null ? "" : m.group(2);
    if (suffix.length() > 1 && !suffix.endsWith("i")) {
      return number.scaleByPowerOfTen(Integer.parseInt(suffix.substring(1)));
    }
    int power =
        suffix.isEmpty() ? 0 : "KMGTPE".indexOf(Character.toUpperCase(suffix.charAt(0))) + 1;
    return switch (suffix) {
      case "" -> number;
      case "n" -> number.scaleByPowerOfTen(-9);
      case "u" -> number.scaleByPowerOfTen(-6);
      case "m" -> number.scaleByPowerOfTen(-3);
      default ->
          suffix.endsWith("i")
              ? number.multiply(BigDecimal.valueOf(1024).pow(power))
              : number.scaleByPowerOfTen(3 * power);
    };
  }
}
