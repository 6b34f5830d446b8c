package io.byteport.dsl.format;

import io.byteport.dsl.source.Position;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.Style;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import java.util.ArrayList;
import java.util.List;

/** Finds the comments of a document: what begins with {@code #} outside of scalars. */
final class Remarks {
  private final SourceFile file;
  private final List<Span> scalars = new ArrayList<>();
  private int at;

  private Remarks(SourceFile file) {
    this.file = file;
  }

  /** All comments in the order of the file. */
  static List<Remark> of(SourceFile file, YamlNode root) {
    Remarks remarks = new Remarks(file);
    remarks.collect(root);
    return remarks.between();
  }

  private void collect(YamlNode node) {
    if (node.span().start() < at) {
      return; // an alias: its node stands further up
    }
    switch (node) {
      case YamlScalar scalar -> {
        Span text = text(scalar);
        scalars.add(text);
        at = text.end();
      }
      case YamlSequence sequence -> sequence.items().forEach(this::collect);
      case YamlMapping mapping -> {
        for (Entry entry : mapping.entries()) {
          collect(entry.key());
          collect(entry.value());
        }
      }
    }
  }

  /** Where a scalar's text stands, the line of a block scalar's indicator left out. */
  private Span text(YamlScalar scalar) {
    if (scalar.style() != Style.LITERAL && scalar.style() != Style.FOLDED) {
      return scalar.span();
    }
    int start = scalar.span().start();
    while (file.codePoint(start) != '\n' && file.codePoint(start) != -1) {
      start++;
    }
    return new Span(start, Math.max(start, scalar.span().end()));
  }

  private List<Remark> between() {
    List<Remark> found = new ArrayList<>();
    int from = 0;
    for (Span scalar : scalars) {
      scan(from, scalar.start(), found);
      from = scalar.end();
    }
    scan(from, file.length(), found);
    return found;
  }

  private void scan(int from, int to, List<Remark> found) {
    int offset = from;
    while (offset < to) {
      if (file.codePoint(offset) == '#' && isBlank(file.codePoint(offset - 1))) {
        Remark remark = remark(offset);
        found.add(remark);
        while (file.codePoint(offset) != '\n' && file.codePoint(offset) != -1) {
          offset++;
        }
      }
      offset++;
    }
  }

  private static boolean isBlank(int c) {
    return c == -1 || c == ' ' || c == '\t' || c == '\n';
  }

  private Remark remark(int offset) {
    Position place = file.position(offset);
    String line = file.line(place.line());
    String before = line.substring(0, line.offsetByCodePoints(0, place.column()));
    return new Remark(
        offset,
        place.column(),
        before.isBlank(),
        before.isBlank() && place.line() > 0 && file.line(place.line() - 1).isBlank(),
        line.substring(before.length()).stripTrailing());
  }
}
