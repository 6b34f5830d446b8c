package io.byteport.lsp;

import io.byteport.dsl.source.SourceFile;
import io.byteport.lsp.navigate.Calls;
import io.byteport.lsp.navigate.Calls.Call;
import io.byteport.lsp.navigate.Calls.Caller;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.CallHierarchyIncomingCall;
import org.eclipse.lsp4j.CallHierarchyItem;
import org.eclipse.lsp4j.CallHierarchyOutgoingCall;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.SymbolKind;

/**
 * Which runbook hands off to which, and who calls a block. Stateless, safe for use by several
 * threads.
 */
final class CallHierarchyHandler {
  private CallHierarchyHandler() {}

  /** The block or the runbook that is named at a place, else the one that holds it. */
  static List<CallHierarchyItem> prepare(View view, int offset) {
    return new Calls(view.texts())
        .at(view.text(), offset).stream().map(CallHierarchyHandler::item).toList();
  }

  static List<CallHierarchyIncomingCall> incoming(Texts texts, CallHierarchyItem item) {
    Calls calls = new Calls(texts);
    return caller(texts, calls, item).stream()
        .flatMap(called -> calls.incoming(called).stream())
        .map(call -> new CallHierarchyIncomingCall(item(call.other()), ranges(call)))
        .toList();
  }

  static List<CallHierarchyOutgoingCall> outgoing(Texts texts, CallHierarchyItem item) {
    Calls calls = new Calls(texts);
    return caller(texts, calls, item).stream()
        .flatMap(called -> calls.outgoing(called).stream())
        .map(call -> new CallHierarchyOutgoingCall(item(call.other()), ranges(call)))
        .toList();
  }

  private static Optional<Caller> caller(Texts texts, Calls calls, CallHierarchyItem item) {
    SourceFile file =
        texts
            .file(Uris.path(item.getUri()))
            .or(
                () ->
                    texts.shipped().stream()
                        .filter(text -> Uris.of(text).equals(item.getUri()))
                        .findFirst())
            .orElse(null);
    return file == null
        ? Optional.empty()
        : calls.at(file, Positions.offset(file, item.getSelectionRange().getStart())).stream()
            .findFirst();
  }

  private static CallHierarchyItem item(Caller caller) {
    SourceFile file = caller.file();
    CallHierarchyItem item =
        new CallHierarchyItem(
            caller.name(),
            caller.isBlock() ? SymbolKind.Function : SymbolKind.Module,
            Uris.of(file),
            Positions.range(file, caller.whole()),
            Positions.range(file, caller.at()));
    item.setDetail(file.name().substring(file.name().lastIndexOf('/') + 1));
    return item;
  }

  private static List<Range> ranges(Call call) {
    return call.places().stream().map(span -> Positions.range(call.in(), span)).toList();
  }
}
