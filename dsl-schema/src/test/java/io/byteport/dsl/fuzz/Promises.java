package io.byteport.dsl.fuzz;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticPrinter;
import io.byteport.dsl.diagnostic.Diagnostics;
import io.byteport.dsl.diagnostic.Fix;
import io.byteport.dsl.diagnostic.Related;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import java.util.List;

/** What holds for the findings about any text whatever. */
public final class Promises {
  private static final DiagnosticPrinter PLAIN = new DiagnosticPrinter(false);
  private static final DiagnosticPrinter COLOURED = new DiagnosticPrinter(true);

  private Promises() {}

  /** They are in order, lie inside their files, say something, and can be printed. */
  public static void hold(List<Diagnostic> found) {
    check(found.equals(Diagnostics.sort(found)), "not in order", found);
    for (Diagnostic diagnostic : found) {
      inside(diagnostic.file(), diagnostic.span(), diagnostic);
      for (Related related : diagnostic.related()) {
        inside(related.file(), related.span(), diagnostic);
      }
      for (Fix fix : diagnostic.fixes()) {
        inside(diagnostic.file(), fix.span(), diagnostic);
      }
      check(!diagnostic.message().isBlank(), "says nothing", diagnostic);
      check(
          !PLAIN.print(diagnostic).codePoints().anyMatch(Promises::isHarmful),
          "prints what a terminal obeys",
          diagnostic);
      check(COLOURED.print(diagnostic).endsWith("\n"), "ends within a line", diagnostic);
    }
  }

  /** Reading a text twice finds the same. */
  public static void holdAgain(List<Diagnostic> first, List<Diagnostic> second) {
    check(PLAIN.print(first).equals(PLAIN.print(second)), "differs when read again", first);
  }

  /** A finding about the end of a text, or about a file that is none, stands at its end. */
  private static void inside(SourceFile file, Span span, Diagnostic diagnostic) {
    check(span.end() <= file.length(), "lies outside its file", diagnostic);
  }

  private static boolean isHarmful(int codePoint) {
    return codePoint != '\n' && Character.isISOControl(codePoint);
  }

  private static void check(boolean holds, String problem, Object about) {
    if (!holds) {
      throw new AssertionError(problem + ": " + about);
    }
  }
}
