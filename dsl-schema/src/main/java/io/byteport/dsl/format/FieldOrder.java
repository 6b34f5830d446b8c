package io.byteport.dsl.format;

import io.byteport.dsl.format.Piece.Entry;
import io.byteport.dsl.schema.Shape;
import java.util.Comparator;
import java.util.List;

/** Puts the fields that the language has into its order; the author's own keys stay in theirs. */
final class FieldOrder {
  private FieldOrder() {}

  static List<Entry> sorted(List<Entry> entries, Shape shape) {
    List<String> fields = shape.fields();
    return entries.stream().sorted(Comparator.comparingInt(entry -> place(entry, fields))).toList();
  }

  private static int place(Entry entry, List<String> fields) {
    int place = entry.key() == null ? -1 : fields.indexOf(entry.key().text());
    return place < 0 ? fields.size() : place;
  }
}
