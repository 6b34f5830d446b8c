package io.byteport.lsp.assist;

import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.Scalar;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The units that may follow a number. */
final class Units {
  private Units() {}

  /**
   * Units with their meaning, the usual ones first.
   *
   * @param expected the type that the place asks for; null where any will do
   */
  static Map<String, String> of(@Nullable Type expected) {
    Map<String, String> units = new LinkedHashMap<>();
    boolean any = !(expected instanceof Scalar);
    if (any || expected == Scalar.DURATION) {
      units.put("s", "seconds");
      units.put("m", "minutes");
      units.put("h", "hours");
      units.put("d", "days");
      units.put("ms", "milliseconds");
    }
    if (any || expected == Scalar.SIZE) {
      units.put("Mi", "mebibytes");
      units.put("Gi", "gibibytes");
      units.put("Ki", "kibibytes");
      units.put("Ti", "tebibytes");
      units.put("M", "megabytes");
      units.put("G", "gigabytes");
      units.put("B", "bytes");
    }
    if (any || expected == Scalar.PERCENT) {
      units.put("%", "percent");
    }
    return units;
  }
}
