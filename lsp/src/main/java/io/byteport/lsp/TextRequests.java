package io.byteport.lsp;

import io.byteport.dsl.source.Span;
import io.byteport.lsp.assist.Snippets;
import io.byteport.lsp.change.Asked;
import io.byteport.lsp.change.Edits;
import io.byteport.lsp.live.Live;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.eclipse.lsp4j.CallHierarchyIncomingCall;
import org.eclipse.lsp4j.CallHierarchyIncomingCallsParams;
import org.eclipse.lsp4j.CallHierarchyItem;
import org.eclipse.lsp4j.CallHierarchyOutgoingCall;
import org.eclipse.lsp4j.CallHierarchyOutgoingCallsParams;
import org.eclipse.lsp4j.CallHierarchyPrepareParams;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.CodeLens;
import org.eclipse.lsp4j.CodeLensParams;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionList;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.eclipse.lsp4j.DocumentDiagnosticParams;
import org.eclipse.lsp4j.DocumentDiagnosticReport;
import org.eclipse.lsp4j.DocumentFormattingParams;
import org.eclipse.lsp4j.DocumentHighlight;
import org.eclipse.lsp4j.DocumentHighlightParams;
import org.eclipse.lsp4j.DocumentLink;
import org.eclipse.lsp4j.DocumentLinkParams;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.DocumentSymbolParams;
import org.eclipse.lsp4j.FoldingRange;
import org.eclipse.lsp4j.FoldingRangeRequestParams;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.InlayHint;
import org.eclipse.lsp4j.InlayHintParams;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.LocationLink;
import org.eclipse.lsp4j.PrepareRenameDefaultBehavior;
import org.eclipse.lsp4j.PrepareRenameParams;
import org.eclipse.lsp4j.PrepareRenameResult;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ReferenceParams;
import org.eclipse.lsp4j.RelatedFullDocumentDiagnosticReport;
import org.eclipse.lsp4j.RenameParams;
import org.eclipse.lsp4j.SelectionRange;
import org.eclipse.lsp4j.SelectionRangeParams;
import org.eclipse.lsp4j.SemanticTokens;
import org.eclipse.lsp4j.SemanticTokensParams;
import org.eclipse.lsp4j.SemanticTokensRangeParams;
import org.eclipse.lsp4j.SignatureHelp;
import org.eclipse.lsp4j.SignatureHelpParams;
import org.eclipse.lsp4j.SymbolInformation;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.jsonrpc.CompletableFutures;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.jsonrpc.messages.Either3;
import org.eclipse.lsp4j.services.TextDocumentService;

/**
 * Requests about one document. What a request is answered from is taken when it comes, so that it
 * sees every change that came before it and none that comes after; the answer is worked out by
 * another thread.
 */
final class TextRequests implements TextDocumentService {
  private final Project project;
  private final Executor executor;
  private volatile boolean snippets;
  private final Live live;
  private final Language language;
  private final Deeds deeds;

  TextRequests(Project project, Executor executor, Language language, Live live, Deeds deeds) {
    this.project = project;
    this.executor = executor;
    this.language = language;
    this.live = live;
    this.deeds = deeds;
  }

  /** Whether the client can fill in snippets. */
  void snippets(boolean understood) {
    snippets = understood;
  }

  @Override
  public void didOpen(DidOpenTextDocumentParams params) {
    var document = params.getTextDocument();
    project.open(document.getUri(), document.getVersion(), document.getText());
    live.changed();
  }

  @Override
  public void didChange(DidChangeTextDocumentParams params) {
    var document = params.getTextDocument();
    project.change(document.getUri(), document.getVersion(), params.getContentChanges());
    live.changed();
  }

  @Override
  public void didClose(DidCloseTextDocumentParams params) {
    project.close(params.getTextDocument().getUri());
    live.changed();
  }

  @Override
  public void didSave(DidSaveTextDocumentParams params) {
    // What is open counts as the editor has it, saved or not.
  }

  private <T> CompletableFuture<T> answer(String uri, Function<View, T> answer) {
    View view = project.view(uri);
    return CompletableFutures.computeAsync(
        executor,
        cancelled -> {
          cancelled.checkCanceled();
          return answer.apply(view);
        });
  }

  private <T> CompletableFuture<T> answer(Function<Texts, T> answer) {
    Texts texts = project.texts();
    return CompletableFutures.computeAsync(
        executor,
        cancelled -> {
          cancelled.checkCanceled();
          return answer.apply(texts);
        });
  }

  /** The protocol says null where there is nothing. */
  @SuppressWarnings("NullAway")
  private static <T> T orNull(Optional<T> found) {
    return found.orElse(null);
  }

  @Override
  public CompletableFuture<DocumentDiagnosticReport> diagnostic(DocumentDiagnosticParams params) {
    return project
        .diagnostics(params.getTextDocument().getUri())
        .thenApply(
            found -> new DocumentDiagnosticReport(new RelatedFullDocumentDiagnosticReport(found)));
  }

  @Override
  public CompletableFuture<Either<List<CompletionItem>, CompletionList>> completion(
      CompletionParams params) {
    return answer(
        params.getTextDocument().getUri(),
        view ->
            Either.forRight(
                new CompletionList(
                    false,
                    Snippets.asUnderstood(
                        snippets, CompletionHandler.at(view, view.offset(params.getPosition()))))));
  }

  @Override
  public CompletableFuture<SignatureHelp> signatureHelp(SignatureHelpParams params) {
    return answer(
        params.getTextDocument().getUri(),
        view -> orNull(SignatureHelpHandler.at(view, view.offset(params.getPosition()))));
  }

  @Override
  public CompletableFuture<Hover> hover(HoverParams params) {
    return answer(
        params.getTextDocument().getUri(),
        view -> orNull(HoverHandler.at(view, view.offset(params.getPosition()))));
  }

  @Override
  public CompletableFuture<List<InlayHint>> inlayHint(InlayHintParams params) {
    return answer(
        params.getTextDocument().getUri(),
        view -> {
          Span span = Positions.span(view.text(), params.getRange());
          List<InlayHint> hints = new ArrayList<>(InlayHintHandler.in(view, span));
          hints.addAll(live.hints(view, span));
          return hints;
        });
  }

  @Override
  public CompletableFuture<Either<List<? extends Location>, List<? extends LocationLink>>>
      definition(DefinitionParams params) {
    return answer(
        params.getTextDocument().getUri(),
        view -> Either.forLeft(DefinitionHandler.at(view, view.offset(params.getPosition()))));
  }

  @Override
  public CompletableFuture<List<? extends Location>> references(ReferenceParams params) {
    return answer(
        params.getTextDocument().getUri(),
        view ->
            ReferencesHandler.at(
                view,
                view.offset(params.getPosition()),
                params.getContext().isIncludeDeclaration()));
  }

  @Override
  public CompletableFuture<List<? extends DocumentHighlight>> documentHighlight(
      DocumentHighlightParams params) {
    return answer(
        params.getTextDocument().getUri(),
        view -> ReferencesHandler.highlights(view, view.offset(params.getPosition())));
  }

  @Override
  public CompletableFuture<Either3<Range, PrepareRenameResult, PrepareRenameDefaultBehavior>>
      prepareRename(PrepareRenameParams params) {
    return answer(
        params.getTextDocument().getUri(),
        view ->
            orNull(
                RenameHandler.prepare(view, view.offset(params.getPosition()))
                    .map(Either3::forFirst)));
  }

  @Override
  public CompletableFuture<WorkspaceEdit> rename(RenameParams params) {
    return answer(
        params.getTextDocument().getUri(),
        view -> RenameHandler.rename(view, view.offset(params.getPosition()), params.getNewName()));
  }

  @Override
  public CompletableFuture<List<Either<SymbolInformation, DocumentSymbol>>> documentSymbol(
      DocumentSymbolParams params) {
    return answer(
        params.getTextDocument().getUri(),
        view ->
            DocumentSymbolHandler.in(view).stream()
                .map(Either::<SymbolInformation, DocumentSymbol>forRight)
                .toList());
  }

  @Override
  public CompletableFuture<List<FoldingRange>> foldingRange(FoldingRangeRequestParams params) {
    return answer(params.getTextDocument().getUri(), FoldingRangeHandler::in);
  }

  @Override
  public CompletableFuture<List<SelectionRange>> selectionRange(SelectionRangeParams params) {
    return answer(
        params.getTextDocument().getUri(),
        view ->
            SelectionRangeHandler.at(
                view, params.getPositions().stream().map(view::offset).toList()));
  }

  @Override
  public CompletableFuture<SemanticTokens> semanticTokensFull(SemanticTokensParams params) {
    return answer(
        params.getTextDocument().getUri(),
        view -> SemanticTokensHandler.in(view, new Span(0, view.text().length())));
  }

  @Override
  public CompletableFuture<SemanticTokens> semanticTokensRange(SemanticTokensRangeParams params) {
    return answer(
        params.getTextDocument().getUri(),
        view -> SemanticTokensHandler.in(view, Positions.span(view.text(), params.getRange())));
  }

  @Override
  public CompletableFuture<List<DocumentLink>> documentLink(DocumentLinkParams params) {
    return answer(params.getTextDocument().getUri(), DocumentLinkHandler::in);
  }

  @Override
  public CompletableFuture<List<CallHierarchyItem>> prepareCallHierarchy(
      CallHierarchyPrepareParams params) {
    return answer(
        params.getTextDocument().getUri(),
        view -> CallHierarchyHandler.prepare(view, view.offset(params.getPosition())));
  }

  @Override
  public CompletableFuture<List<CallHierarchyIncomingCall>> callHierarchyIncomingCalls(
      CallHierarchyIncomingCallsParams params) {
    return answer(texts -> CallHierarchyHandler.incoming(texts, params.getItem()));
  }

  @Override
  public CompletableFuture<List<CallHierarchyOutgoingCall>> callHierarchyOutgoingCalls(
      CallHierarchyOutgoingCallsParams params) {
    return answer(texts -> CallHierarchyHandler.outgoing(texts, params.getItem()));
  }

  @Override
  public CompletableFuture<List<Either<Command, CodeAction>>> codeAction(CodeActionParams params) {
    String uri = params.getTextDocument().getUri();
    View view = project.view(uri);
    Edits edits = deeds.edits();
    List<String> only = params.getContext() == null ? null : params.getContext().getOnly();
    List<String> wanted = only == null ? List.of() : only;
    return project
        .findings(uri)
        .thenApplyAsync(
            findings ->
                CodeActionHandler.in(
                        language,
                        new Asked(
                            view, Positions.span(view.text(), params.getRange()), findings, edits),
                        wanted)
                    .stream()
                    .map(Either::<Command, CodeAction>forRight)
                    .toList(),
            executor);
  }

  @Override
  public CompletableFuture<List<? extends CodeLens>> codeLens(CodeLensParams params) {
    String uri = params.getTextDocument().getUri();
    return answer(uri, view -> CodeLensHandler.in(view, uri, live.coverage(view.path())));
  }

  @Override
  public CompletableFuture<List<? extends TextEdit>> formatting(DocumentFormattingParams params) {
    return answer(params.getTextDocument().getUri(), FormattingHandler::format);
  }
}
