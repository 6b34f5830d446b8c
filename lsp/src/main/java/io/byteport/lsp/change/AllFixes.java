package io.byteport.lsp.change;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.Fix;
import io.byteport.dsl.format.Formatter;
import io.byteport.dsl.source.SourceFile;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionKind;

/** What concerns the whole document: every safe fix at once, and the layout. */
final class AllFixes {
  private AllFixes() {}

  /**
   * @param fixed what {@code byteport validate --fix} makes of the text
   */
  static List<CodeAction> of(Asked asked, Function<SourceFile, Optional<String>> fixed) {
    boolean some =
        asked.findings().stream().map(Diagnostic::fixes).flatMap(List::stream).anyMatch(Fix::safe);
    if (!some) {
      return List.of();
    }
    return fixed
        .apply(asked.text())
        .filter(text -> !text.equals(asked.text().text()))
        .map(
            text -> {
              CodeAction action = new CodeAction("fix all that can safely be fixed");
              action.setKind(CodeActionKind.SourceFixAll);
              action.setEdit(
                  asked.edits().of(asked.text(), List.of(Change.between(asked.text(), text))));
              return action;
            })
        .stream()
        .toList();
  }

  /** Lays the document out, its fields in the order of the language. */
  static List<CodeAction> layout(Asked asked) {
    return Formatter.format(asked.text())
        .value()
        .filter(text -> !text.equals(asked.text().text()))
        .map(
            text -> {
              CodeAction action = new CodeAction("sort fields and lay the file out");
              action.setKind(CodeActionKind.Source + ".sortFields");
              action.setEdit(
                  asked.edits().of(asked.text(), List.of(Change.between(asked.text(), text))));
              return action;
            })
        .stream()
        .toList();
  }
}
