package io.byteport.dsl.workspace;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.Fix;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One round of fixing a text. Of fixes that overlap, the one that begins first is applied, of those
 * that begin together the outermost; the others have their turn in the next round, if their finding
 * is still there. Nothing but the spans of the fixes changes.
 *
 * @param text afterwards
 * @param applied how many fixes were
 */
record FixRound(SourceFile text, int applied) {
  private static final Comparator<Fix> OUTERMOST_FIRST =
      Comparator.comparingInt((Fix fix) -> fix.span().start())
          .thenComparing(fix -> fix.span().end(), Comparator.reverseOrder());

  /**
   * @param unsafe whether fixes that may change the meaning are applied too
   */
  static FixRound of(SourceFile text, List<Diagnostic> findings, boolean unsafe) {
    String lineEnd = lineEnd(text);
    List<Fix> fixes = new ArrayList<>();
    for (Diagnostic finding : findings) {
      finding.fixes().stream()
          .filter(fix -> finding.file().equals(text) && (unsafe || fix.safe()))
          .map(fix -> inLines(fix, lineEnd))
          .filter(fix -> !text.text(fix.span()).equals(fix.replacement()))
          .findFirst()
          .ifPresent(fixes::add);
    }
    fixes.sort(OUTERMOST_FIRST);
    StringBuilder out = new StringBuilder();
    int at = 0;
    int lastStart = -1;
    int applied = 0;
    for (Fix fix : fixes) {
      boolean free = fix.span().start() >= at && fix.span().start() != lastStart;
      if (free) {
        out.append(text.text(new Span(at, fix.span().start()))).append(fix.replacement());
        at = fix.span().end();
        lastStart = fix.span().start();
        applied++;
      }
    }
    out.append(text.text(new Span(at, Math.max(at, text.length()))));
    return new FixRound(applied == 0 ? text : new SourceFile(text.name(), out.toString()), applied);
  }

  private static Fix inLines(Fix fix, String lineEnd) {
    String replacement = fix.replacement().replace("\r\n", "\n").replace("\n", lineEnd);
    return new Fix(fix.title(), fix.span(), replacement, fix.safe());
  }

  private static String lineEnd(SourceFile text) {
    int feed = text.text().indexOf('\n');
    return feed > 0 && text.text().charAt(feed - 1) == '\r' ? "\r\n" : "\n";
  }
}
