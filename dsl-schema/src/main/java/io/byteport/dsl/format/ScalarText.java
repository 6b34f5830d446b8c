package io.byteport.dsl.format;

import io.byteport.dsl.expr.ExprLayout;
import io.byteport.dsl.expr.TemplateLayout;
import io.byteport.dsl.schema.Shape.Notation;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.yaml.PlainText;
import io.byteport.dsl.yaml.YamlNode.Style;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes scalars: without quotes where all readers of YAML agree on it, expressions laid out, block
 * scalars with their own line breaks. What need not change is copied as it is written.
 */
final class ScalarText {
  private final SourceFile file;

  ScalarText(SourceFile file) {
    this.file = file;
  }

  /**
   * @param flow whether it stands inside brackets or braces
   */
  Text of(YamlScalar scalar, Notation notation, boolean flow) {
    if (scalar.style() == Style.LITERAL || scalar.style() == Style.FOLDED) {
      return new BlockScalar(file, scalar).text(notation);
    }
    List<String> lines = file.text(scalar.span()).lines().toList();
    if (lines.size() > 1) {
      return lines(scalar, lines, notation);
    }
    return Text.line(oneLine(scalar, laidOut(scalar.text(), notation), flow));
  }

  /** A key; always on one line. */
  String key(YamlScalar key, boolean flow) {
    return oneLine(key, key.text(), flow);
  }

  static String laidOut(String text, Notation notation) {
    return switch (notation) {
      case EXPRESSION -> ExprLayout.of(text);
      case TEMPLATE -> TemplateLayout.of(text);
      case LITERAL -> text;
    };
  }

  private String oneLine(YamlScalar scalar, String text, boolean flow) {
    String written = file.text(scalar.span());
    if (written.isEmpty()) {
      return flow ? "null" : "";
    }
    boolean same = text.equals(scalar.text());
    if (scalar.style() == Style.PLAIN) {
      return same || !PlainText.suits(text, flow) ? written : text;
    }
    if (PlainText.suits(text, flow)) {
      return text;
    }
    return same ? written : quoted(text, scalar.style(), written);
  }

  /** In the quotes that it had; as it was written where its characters need escapes. */
  private static String quoted(String text, Style style, String written) {
    if (style == Style.SINGLE_QUOTED) {
      return "'" + text.replace("'", "''") + "'";
    }
    boolean printable = text.codePoints().allMatch(c -> c >= 0x20 && c != 0x7F && c < 0xD800);
    return printable ? '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"' : written;
  }

  /** A plain or quoted scalar on several lines: the lines stay. */
  private Text lines(YamlScalar scalar, List<String> written, Notation notation) {
    List<String> lines = new ArrayList<>();
    for (String line : written) {
      String trimmed = line.stripTrailing();
      boolean escaped = trimmed.endsWith("\\") && trimmed.length() < line.length();
      lines.add(escaped ? line.stripLeading() : trimmed.stripLeading());
    }
    if (scalar.style() == Style.PLAIN && notation != Notation.LITERAL) {
      lines = laidOut(String.join("\n", lines), notation).lines().map(String::strip).toList();
    }
    return new Text(lines.getFirst(), lines.subList(1, lines.size()), false);
  }
}
