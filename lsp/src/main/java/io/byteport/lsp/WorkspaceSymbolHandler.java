package io.byteport.lsp;

import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.workspace.FileKind;
import io.byteport.lsp.navigate.Declarations.Declaration;
import io.byteport.lsp.navigate.Fuzzy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.SymbolKind;
import org.eclipse.lsp4j.WorkspaceSymbol;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/** What any file of the project declares. Stateless, safe for use by several threads. */
final class WorkspaceSymbolHandler {
  /** How many answers are enough: who wants others writes more of the name. */
  static final int MOST = 200;

  private WorkspaceSymbolHandler() {}

  /** One that fits the query, and how well. */
  private record Fitting(SourceFile file, Declaration declaration, int distance) {}

  /** The names that hold the query's letters in their order, those that fit best first. */
  static List<WorkspaceSymbol> find(Texts texts, String query) {
    Fuzzy wanted = new Fuzzy(query);
    List<Fitting> fitting = new ArrayList<>();
    for (SourceFile file : texts.files()) {
      for (Declaration one : texts.declarations(file)) {
        OptionalInt distance = wanted.distance(one.name());
        distance.ifPresent(far -> fitting.add(new Fitting(file, one, far)));
      }
    }
    fitting.sort(
        Comparator.comparingInt(Fitting::distance)
            .thenComparing(one -> one.declaration().name())
            .thenComparing(one -> one.file().name())
            .thenComparingInt(one -> one.declaration().line()));
    return fitting.stream().limit(MOST).map(WorkspaceSymbolHandler::symbol).toList();
  }

  private static WorkspaceSymbol symbol(Fitting found) {
    Declaration one = found.declaration();
    Position start = new Position(one.line(), one.column());
    Position end = new Position(one.line(), one.column() + one.name().length());
    String file = found.file().name();
    return new WorkspaceSymbol(
        one.name(),
        kind(one),
        Either.forLeft(new Location(Uris.of(found.file()), new Range(start, end))),
        word(found) + " of " + file.substring(file.lastIndexOf('/') + 1));
  }

  private static String word(Fitting found) {
    boolean library =
        found.declaration().kind() == io.byteport.dsl.edit.SymbolKind.RUNBOOK
            && FileKind.of(found.file()) == FileKind.LIBRARY;
    return library
        ? io.byteport.dsl.edit.SymbolKind.LIBRARY.word()
        : found.declaration().kind().word();
  }

  private static SymbolKind kind(Declaration one) {
    return switch (one.kind()) {
      case RUNBOOK, LIBRARY -> SymbolKind.Module;
      case PARAMETER -> SymbolKind.Constant;
      case INPUT -> SymbolKind.Field;
      case SIGNAL, SOURCE -> SymbolKind.Event;
      case CLASS -> SymbolKind.Class;
      case GUARDRAIL, LIMIT -> SymbolKind.Interface;
      case STEP -> SymbolKind.Method;
      case BLOCK, ACTION -> SymbolKind.Function;
      case EXPECTATION -> SymbolKind.Boolean;
      case FIXTURE, CONNECTION, CHANNEL, WINDOW, PERSON -> SymbolKind.Object;
      case FACT, ARGUMENT, LOCAL, LOCK, COUNTER, COLUMN, GUARDED, LENT, RECORDED ->
          SymbolKind.Variable;
    };
  }
}
