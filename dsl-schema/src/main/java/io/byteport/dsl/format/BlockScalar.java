package io.byteport.dsl.format;

import io.byteport.dsl.schema.Shape.Notation;
import io.byteport.dsl.source.Position;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.yaml.YamlNode.Style;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A scalar after {@code |} or {@code >}: its header and its lines without their indentation. */
final class BlockScalar {
  private final SourceFile file;
  private final YamlScalar scalar;

  BlockScalar(SourceFile file, YamlScalar scalar) {
    this.file = file;
    this.scalar = scalar;
  }

  Text text(Notation notation) {
    Position start = file.position(scalar.span().start());
    String header = header(file.line(start.line()), start.column());
    boolean keeps = header.indexOf('+') >= 0;
    List<String> lines = lines(start.line());
    if (notation != Notation.LITERAL) {
      String laidOut = ScalarText.laidOut(String.join("\n", lines), notation);
      lines = Arrays.asList(laidOut.split("\n", -1));
    }
    String sign = scalar.style() == Style.LITERAL ? "|" : ">";
    String indentation = header.chars().anyMatch(Character::isDigit) ? "2" : "";
    String chomping = keeps ? "+" : header.indexOf('-') >= 0 ? "-" : "";
    return new Text(sign + indentation + chomping, lines, keeps);
  }

  /** The indicators after the sign. */
  private static String header(String line, int column) {
    int start = line.offsetByCodePoints(0, column) + 1;
    int end = start;
    while (end < line.length() && "-+0123456789".indexOf(line.charAt(end)) >= 0) {
      end++;
    }
    return line.substring(start, end);
  }

  private List<String> lines(int headerLine) {
    List<String> lines = new ArrayList<>();
    int indentation = indentation();
    int last = lastLine(headerLine);
    for (int line = headerLine + 1; line <= last; line++) {
      String written = file.line(line);
      int spaces = 0;
      while (spaces < written.length() && written.charAt(spaces) == ' ' && spaces < indentation) {
        spaces++;
      }
      lines.add(written.substring(spaces));
    }
    return lines;
  }

  /** The last line of the text, those included that the text keeps although they are blank. */
  private int lastLine(int headerLine) {
    int breaks = 0;
    String text = scalar.text();
    while (breaks < text.length() && text.charAt(text.length() - 1 - breaks) == '\n') {
      breaks++;
    }
    int last = Math.max(headerLine, file.position(scalar.span().end()).line());
    boolean empty = breaks == text.length();
    return last + (empty ? breaks : Math.max(0, breaks - 1));
  }

  /** The column in which the lines of the text begin. */
  private int indentation() {
    int[] points = scalar.text().codePoints().toArray();
    for (int i = 0; i < points.length; i++) {
      boolean lineStart = i == 0 || points[i - 1] == '\n';
      if (points[i] != '\n' && lineStart) {
        return file.position(scalar.map().span(i, i + 1).start()).column();
      }
    }
    return Integer.MAX_VALUE;
  }
}
