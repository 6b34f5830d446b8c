package io.byteport.lsp.change;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.Fix;
import io.byteport.lsp.Reported;
import io.byteport.lsp.Uris;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.Command;

/** The fixes that findings bring with them, as they are, and the pages of their codes. */
final class QuickFixes {
  private QuickFixes() {}

  static List<CodeAction> of(Asked asked) {
    List<CodeAction> actions = new ArrayList<>();
    for (Diagnostic finding : asked.here()) {
      boolean first = true;
      for (Fix fix : finding.fixes()) {
        CodeAction action = new CodeAction(fix.title());
        action.setKind(CodeActionKind.QuickFix);
        action.setDiagnostics(List.of(Reported.of(finding)));
        action.setIsPreferred(fix.safe() && first);
        first = first && !fix.safe();
        action.setEdit(asked.edits().of(asked.text(), List.of(inLines(asked, fix))));
        actions.add(action);
      }
    }
    return actions;
  }

  /** The ends of lines stay what they are. */
  private static Change inLines(Asked asked, Fix fix) {
    String text = fix.replacement().replace("\r\n", "\n");
    boolean windows = asked.text().text().contains("\r\n");
    return new Change(fix.span(), windows ? text.replace("\n", "\r\n") : text);
  }

  static List<CodeAction> pages(Asked asked, String command) {
    return asked.here().stream()
        .map(Diagnostic::code)
        .distinct()
        .map(
            code -> {
              String title = "explain " + code.id();
              CodeAction action = new CodeAction(title);
              action.setKind(CodeActionKind.QuickFix);
              action.setCommand(new Command(title, command, List.of(Map.of("uri", Uris.of(code)))));
              return action;
            })
        .toList();
  }
}
