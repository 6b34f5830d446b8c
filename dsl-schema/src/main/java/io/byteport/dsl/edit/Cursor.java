package io.byteport.dsl.edit;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.edit.Place.Role;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds what stands at a place of a text, also of one that is half typed. The text around the place
 * is read with a mark put there: as it is, else with the line of the place mended, else with lines
 * left out that the reader finds fault with. Pure and safe for use by several threads.
 */
public final class Cursor {
  private static final int MOST_FAULTS = 6;

  private Cursor() {}

  /** What stands at an offset; offsets past the end are the end. */
  public static Place at(SourceFile text, int offset) {
    int at = Math.max(0, Math.min(offset, text.length()));
    Surrounding around = Surrounding.of(text, at);
    List<Variant> variants = Variant.of(around);
    Set<Integer> beside = around.beside();
    TreeSet<Integer> left = new TreeSet<>();
    for (int round = 0; round <= MOST_FAULTS; round++) {
      Integer fault = null;
      for (Variant variant : variants) {
        SourceFile mended = around.with(variant, beside, left);
        Checked<YamlNode> read = YamlReader.read(mended);
        YamlNode root = read.valueOrNull();
        if (root != null) {
          SourceFile whole = beside.isEmpty() ? mended : around.with(variant, Set.of(), left);
          Optional<Place> place = new PlaceFinder(around, variant, mended, whole).in(root);
          if (place.isPresent()) {
            return place.get();
          }
          if (around.inComment()) {
            return nothing(text, at, Role.COMMENT);
          }
        } else {
          fault = fault(mended, read.diagnostics(), around.line());
        }
      }
      if (fault == null || !left.add(fault)) {
        break;
      }
    }
    return nothing(text, at, around.inComment() ? Role.COMMENT : Role.NOTHING);
  }

  /** The line that the reader finds fault with, unless it is that of the place. */
  private static @Nullable Integer fault(
      SourceFile mended, List<Diagnostic> found, int exceptLine) {
    for (Diagnostic one : found) {
      int line = mended.position(one.span().start()).line();
      if (one.isError() && line != exceptLine) {
        return line;
      }
    }
    return null;
  }

  private static Place nothing(SourceFile text, int at, Role role) {
    Span line = text.lineSpan(text.position(at).line());
    String content = text.text(line);
    List<Integer> starts = new ArrayList<>();
    for (int i = line.start(); i <= line.end(); i++) {
      starts.add(i);
    }
    return new Place(
        text,
        at,
        role,
        List.of(),
        content,
        Math.min(at - line.start(), line.length()),
        YamlNode.Style.PLAIN,
        false,
        false,
        "",
        new Place.Spots(starts),
        line,
        new Place.Frame(text.text(), ""),
        Set.of());
  }
}
