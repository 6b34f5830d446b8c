package io.byteport.dsl.fuzz;

import io.byteport.dsl.action.ActionCatalogueLoader;
import io.byteport.dsl.agent.AgentLoader;
import io.byteport.dsl.agent.Watched;
import io.byteport.dsl.check.Catalogues;
import io.byteport.dsl.check.RunbookLoader;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.Diagnostics;
import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.expr.ExprParser;
import io.byteport.dsl.expr.ExprPrinter;
import io.byteport.dsl.expr.Template;
import io.byteport.dsl.expr.TemplateParser;
import io.byteport.dsl.expr.TypeChecker;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.SourceMap;
import io.byteport.dsl.test.RunbookTestLoader;
import io.byteport.dsl.test.TestedRunbook;
import io.byteport.dsl.yaml.SourceReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** A part of the front end that takes bytes from anybody. */
public enum FuzzTarget {
  RUNBOOK(file -> loader().load(file).diagnostics()),
  TEST(file -> RunbookTestLoader.load(file, TestedRunbook.CRASH_LOOP).diagnostics()),
  AGENT(file -> AgentLoader.load(file, Catalogues.TEST, List.of(Watched.RUNBOOK)).diagnostics()),
  CATALOGUE(file -> ActionCatalogueLoader.load(List.of(file)).diagnostics()),
  EXPRESSION(FuzzTarget::expression),
  TEMPLATE(FuzzTarget::template);

  private static final String NAME = "input.yaml";

  private final Function<SourceFile, List<Diagnostic>> find;

  FuzzTarget(Function<SourceFile, List<Diagnostic>> find) {
    this.find = find;
  }

  /** The folder of its inputs, and how the command line calls it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads an input as this part would.
   *
   * @throws AssertionError if a promise is broken
   */
  public void run(byte[] input) {
    List<Diagnostic> found = findings(input);
    Promises.hold(found);
    Promises.holdAgain(found, findings(input));
  }

  /** What this part finds in an input. */
  List<Diagnostic> findings(byte[] input) {
    Checked<SourceFile> file = SourceReader.read(NAME, input);
    return file.value().map(find).orElse(file.diagnostics());
  }

  private static RunbookLoader loader() {
    return new RunbookLoader(Catalogues.TEST);
  }

  private static List<Diagnostic> expression(SourceFile file) {
    Checked<Expr> parsed = ExprParser.parse(file, file.text(), straight(file));
    List<Diagnostic> found = new ArrayList<>(parsed.diagnostics());
    Expr expr = parsed.value().orElseThrow();
    found.addAll(TypeChecker.checkCondition(file, expr, ManyTypes.SCOPE).diagnostics());
    found.addAll(TypeChecker.check(file, expr, ManyTypes.SCOPE, null).diagnostics());
    if (!parsed.hasErrors()) {
      String printed = ExprPrinter.print(expr);
      SourceFile again = new SourceFile(NAME, printed);
      Checked<Expr> reread = ExprParser.parse(again, printed, straight(again));
      if (printed.codePointCount(0, printed.length()) <= ExprParser.MAX_LENGTH
          && (reread.hasErrors()
              || !ExprPrinter.print(reread.value().orElseThrow()).equals(printed))) {
        throw new AssertionError("`" + printed + "` is not read as it was printed");
      }
    }
    return Diagnostics.sort(found);
  }

  private static List<Diagnostic> template(SourceFile file) {
    Checked<Template> parsed = TemplateParser.parse(file, file.text(), straight(file));
    List<Diagnostic> found = new ArrayList<>(parsed.diagnostics());
    for (Template.Part part : parsed.value().orElseThrow().parts()) {
      if (part instanceof Template.Hole hole) {
        found.addAll(TypeChecker.check(file, hole.expr(), ManyTypes.SCOPE, null).diagnostics());
      }
    }
    return Diagnostics.sort(found);
  }

  private static SourceMap straight(SourceFile file) {
    return SourceMap.straight(0, file.length());
  }
}
