package io.byteport.lsp;

import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.workspace.FileKind;
import io.byteport.dsl.workspace.Fixer;
import io.byteport.dsl.workspace.Inspector;
import io.byteport.dsl.workspace.LibraryFiles;
import io.byteport.dsl.workspace.RunbookLookup;
import io.byteport.dsl.workspace.Selector.Selection;
import io.byteport.dsl.workspace.SettingsFiles;
import io.byteport.lsp.change.Asked;
import io.byteport.lsp.change.CodeActions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.lsp4j.CodeAction;

/** What can be done at a place. Stateless, safe for use by several threads. */
final class CodeActionHandler {
  private static final CodeActions.Names NAMES =
      new CodeActions.Names(Commands.SHOW, Commands.CREATE_TEST);

  private CodeActionHandler() {}

  /**
   * @param wanted the kinds that the client asks for; none for all
   */
  static List<CodeAction> in(Language language, Asked asked, List<String> wanted) {
    return CodeActions.of(
        asked, wanted, NAMES, text -> fixed(language, text, asked.view().texts()));
  }

  /** What {@code byteport validate --fix} makes of a text; empty where it cannot be asked. */
  static Optional<String> fixed(Language language, SourceFile text, Texts texts) {
    Map<Path, byte[]> given = new HashMap<>();
    for (SourceFile other : texts.open()) {
      FileKind kind = FileKind.of(other);
      if (kind == FileKind.LIBRARY
          || (kind == FileKind.RUNBOOK && FileKind.of(text) == FileKind.TEST)) {
        given.put(Path.of(other.name()), other.text().getBytes(StandardCharsets.UTF_8));
      }
    }
    Path path = Path.of(text.name());
    given.put(path, text.text().getBytes(StandardCharsets.UTF_8));
    try {
      Inspector inspector =
          new Inspector(
              new RunbookLookup(language.loader(), language.runbooks()),
              new LibraryFiles(language.libraries()),
              SettingsFiles.nearest(),
              new Selection(List.of(), List.of()),
              given);
      return new Fixer(inspector, false)
          .fix().changes().stream()
              .filter(change -> change.path().equals(path))
              .map(Fixer.Change::text)
              .findFirst();
    } catch (IOException | UncheckedIOException unreadable) {
      return Optional.empty(); // a folder that is not there yet, or the server ends
    }
  }
}
