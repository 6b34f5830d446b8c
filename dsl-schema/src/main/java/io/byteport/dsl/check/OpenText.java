package io.byteport.dsl.check;

import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.EnumType;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.MapType;
import io.byteport.dsl.type.Type.NullableType;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.type.Type.SeriesType;
import io.byteport.dsl.type.Type.Special;
import java.util.HashSet;
import java.util.Set;

/**
 * Which types leave it to the world what text they hold. Enums, numbers, times and quantities do
 * not; an entry of the inventory is an operator's text; a regular expression is never data.
 */
public final class OpenText {
  private OpenText() {}

  /** Whether a value of the type can hold text that somebody outside chose. */
  public static boolean in(Type type) {
    return in(type, new HashSet<>());
  }

  private static boolean in(Type type, Set<RecordType> seen) {
    return switch (type) {
      case Scalar scalar ->
          switch (scalar) {
            case STRING, PATH, DOMAIN -> true;
            case NUMBER, INTEGER, BOOLEAN, DURATION, SIZE, PERCENT, INSTANT, REGEX -> false;
          };
      case EnumType words -> false;
      case ListType list -> in(list.element(), seen);
      case MapType map -> in(map.value(), seen);
      case SeriesType series -> in(series.value(), seen);
      case NullableType nullable -> in(nullable.inner(), seen);
      case Special special -> special == Special.ANY;
      case RecordType record ->
          !record.isInventory()
              && seen.add(record)
              && record.fields().entrySet().stream()
                  .anyMatch(
                      field ->
                          !record.note(field.getKey()).trusted() && in(field.getValue(), seen));
    };
  }
}
