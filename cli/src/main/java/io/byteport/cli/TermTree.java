package io.byteport.cli;

import io.byteport.cli.Terminal.Style;
import io.byteport.cli.story.TermLine;
import io.byteport.cli.story.TermReader;
import io.byteport.engine.run.Note.Verdict;
import io.byteport.engine.run.Term;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Draws the terms of conditions as trees. A computed fact is opened once in all trees of one. */
final class TermTree {
  private static final int STEP = 2;

  private final Lines lines;
  private final TermReader reader;

  /**
   * @param deepest levels that are drawn, 1 at least
   */
  TermTree(Lines lines, int deepest) {
    this(lines, deepest, Set.of());
  }

  /**
   * @param deepest levels that are drawn, 1 at least
   * @param missing facts of which is said elsewhere why they could not be read
   */
  TermTree(Lines lines, int deepest, Set<String> missing) {
    this.lines = lines;
    this.reader = new TermReader(deepest, missing);
  }

  /** How a verdict is marked. */
  static String mark(@Nullable Verdict verdict) {
    return TermLine.mark(verdict) + " ";
  }

  static Style style(@Nullable Verdict verdict) {
    return switch (verdict) {
      case TRUE -> Style.GREEN;
      case FALSE -> Style.RED;
      case UNDECIDED -> Style.YELLOW;
      case null -> Style.FAINT;
    };
  }

  void draw(Term term, int indent) {
    draw(reader.read(term), indent);
  }

  private void draw(TermLine line, int indent) {
    lines.entry(
        indent,
        mark(line.verdict()),
        line.idle() ? Style.FAINT : style(line.verdict()),
        line.text() + (line.cut() ? " …" : ""),
        line.detail());
    line.below().forEach(part -> draw(part, indent + STEP));
  }
}
