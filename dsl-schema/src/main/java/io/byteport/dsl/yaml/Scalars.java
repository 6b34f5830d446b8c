package io.byteport.dsl.yaml;

import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.SourceMap;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.yaml.YamlNode.Style;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import java.util.Arrays;

/** Makes scalar nodes whose every code point knows its place. */
final class Scalars {
  private Scalars() {}

  /**
   * The scalar between two places.
   *
   * @param start its first code point: an indicator, an opening quote or text
   * @param end as the parser tells it: after the closing quote, after the text, or where the next
   *     line begins
   * @param value its value as the parser read it; the map is checked against it
   */
  static YamlScalar read(SourceFile file, int start, int end, Style style, String value) {
    int inset = style == Style.PLAIN ? 0 : 1;
    boolean flow = style != Style.LITERAL && style != Style.FOLDED;
    if (flow && isStraight(file, start + inset, end - inset, value)) {
      Value typed = style == Style.PLAIN ? CoreSchema.value(value) : Value.of(value);
      SourceMap straight = SourceMap.straight(start + inset, end - start - 2 * inset);
      return new YamlScalar(value, typed, style, straight, new Span(start, end));
    }
    MappedText text =
        switch (style) {
          case PLAIN -> FlowScalars.read(file, start, end, style);
          case SINGLE_QUOTED, DOUBLE_QUOTED -> FlowScalars.read(file, start + 1, end - 1, style);
          case LITERAL, FOLDED -> BlockScalars.read(file, start, end, style == Style.FOLDED, value);
        };
    Span span =
        switch (style) {
          case PLAIN, SINGLE_QUOTED, DOUBLE_QUOTED -> new Span(start, end);
          case LITERAL, FOLDED -> blockSpan(file, start, text);
        };
    boolean agrees = text.text().equals(value);
    assert agrees || hasNextLine(file, start, end)
        : "the map and the parser differ: `" + text.text() + "` and `" + value + "`";
    int mapEnd =
        style == Style.SINGLE_QUOTED || style == Style.DOUBLE_QUOTED ? end - 1 : span.end();
    SourceMap map = agrees ? text.map(mapEnd) : whole(value, span);
    Value typed = style == Style.PLAIN ? CoreSchema.value(value) : Value.of(value);
    return new YamlScalar(value, typed, style, map, span);
  }

  /** Whether a value stands in the file as it is, without an escape, a fold or a doubled quote. */
  private static boolean isStraight(SourceFile file, int start, int end, String value) {
    int length = value.length();
    int at = 0;
    for (int i = start; i < end; i++) {
      if (at >= length || value.codePointAt(at) != file.codePoint(i)) {
        return false;
      }
      at += Character.charCount(file.codePoint(i));
    }
    return at == length;
  }

  /**
   * A plain scalar that the parser did not see as one: what stands in the file from start to end,
   * read as text.
   */
  static YamlScalar plainText(SourceFile file, int start, int end) {
    MappedText text = FlowScalars.read(file, start, end, Style.PLAIN);
    return new YamlScalar(
        text.text(), Value.of(text.text()), Style.PLAIN, text.map(end), new Span(start, end));
  }

  /** After NEL the parser's columns, and with them its indentation, are off. */
  private static boolean hasNextLine(SourceFile file, int start, int end) {
    return file.text(new Span(start, end)).indexOf(0x85) >= 0;
  }

  private static Span blockSpan(SourceFile file, int start, MappedText text) {
    int end = text.end(BlockScalars.headerEnd(file, start));
    while (end > start && Character.isWhitespace(file.codePoint(end - 1))) {
      end--;
    }
    return new Span(start, Math.max(end, start + 1));
  }

  private static SourceMap whole(String value, Span span) {
    int length = value.codePointCount(0, value.length());
    int[] starts = new int[length];
    int[] ends = new int[length];
    Arrays.fill(starts, span.start());
    Arrays.fill(ends, span.end());
    return new SourceMap(starts, ends, span.end());
  }
}
