package io.byteport.lsp.change;

import io.byteport.dsl.model.Runbook.Rule;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.workspace.FileKind;
import io.byteport.lsp.View;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.WorkspaceEdit;

/** Everything that can be done at a place. Stateless, safe for use by several threads. */
public final class CodeActions {
  private CodeActions() {}

  /**
   * The commands that actions lead to.
   *
   * @param show shows an address
   * @param createTest writes a case of a test
   */
  public record Names(String show, String createTest) {}

  /**
   * @param wanted the kinds that the client asks for; none for all
   * @param fixed what {@code byteport validate --fix} makes of a text
   */
  public static List<CodeAction> of(
      Asked asked, List<String> wanted, Names names, Function<SourceFile, Optional<String>> fixed) {
    List<CodeAction> actions = new ArrayList<>();
    if (isWanted(wanted, CodeActionKind.QuickFix)) {
      actions.addAll(QuickFixes.of(asked));
      actions.addAll(MissingParts.of(asked));
      actions.addAll(Suppression.of(asked));
      actions.addAll(QuickFixes.pages(asked, names.show()));
    }
    if (isWanted(wanted, CodeActionKind.Refactor)) {
      actions.addAll(ExtractedFact.of(asked));
      actions.addAll(InlinedFact.of(asked));
      actions.addAll(tests(asked, names.createTest()));
    }
    if (isWanted(wanted, CodeActionKind.Source)) {
      actions.addAll(AllFixes.of(asked, fixed));
      actions.addAll(AllFixes.layout(asked));
    }
    return actions.stream().filter(action -> isWanted(wanted, action.getKind())).toList();
  }

  /** A kind is asked for by its name or that of a kind above it; a kind above may hold it. */
  private static boolean isWanted(List<String> wanted, String kind) {
    return wanted.isEmpty()
        || wanted.stream().anyMatch(one -> isWithin(kind, one) || isWithin(one, kind));
  }

  private static boolean isWithin(String kind, String above) {
    return above.isEmpty() || kind.equals(above) || kind.startsWith(above + ".");
  }

  /** A test for the rule at the place. */
  private static List<CodeAction> tests(Asked asked, String command) {
    if (asked.view().kind() != FileKind.RUNBOOK) {
      return List.of();
    }
    return asked
        .view()
        .analysis()
        .flatMap(
            analysis -> {
              List<Rule> rules = analysis.runbook().classify().rules();
              for (int i = 0; i < rules.size(); i++) {
                Span rule = analysis.sources().origin(rules.get(i).span()).span();
                boolean own =
                    analysis.sources().file(rules.get(i).span()) == analysis.sources().own();
                if (own
                    && rule.start() <= asked.span().start()
                    && asked.span().start() <= rule.end()) {
                  return Optional.of(test(asked, command, i, rules.get(i).classId().name()));
                }
              }
              return Optional.empty();
            })
        .stream()
        .toList();
  }

  private static CodeAction test(Asked asked, String command, int rule, String classId) {
    Map<String, Object> argument = new LinkedHashMap<>();
    argument.put("uri", asked.edits().uri(asked.text()));
    argument.put("rule", rule);
    String title = "create a test for the rule of `" + classId + "`";
    CodeAction action = new CodeAction(title);
    action.setKind(CodeActionKind.Refactor + ".test");
    action.setCommand(new Command(title, command, List.of(argument)));
    return action;
  }

  /**
   * A case of a test about a rule, as a change of the test's file.
   *
   * @param file where the test lies
   * @param name of the case
   */
  public record Test(Path file, String name, WorkspaceEdit edit) {}

  /**
   * Writes a case of a test about a rule.
   *
   * @param rule its index, from 0
   * @return empty where there is no such rule, or nowhere to put the case
   */
  public static Optional<Test> test(View runbook, int rule, Edits edits) {
    return TestWriter.of(runbook, rule)
        .flatMap(
            written ->
                written
                    .before()
                    .map(
                        before ->
                            Optional.of(
                                edits.of(before, List.of(Change.between(before, written.after())))))
                    .orElseGet(() -> edits.create(written.file(), written.after()))
                    .map(edit -> new Test(written.file(), written.name(), edit)));
  }
}
