package io.byteport.lsp;

import io.byteport.dsl.diagnostic.DiagnosticPage;
import io.byteport.dsl.source.SourceFile;
import io.byteport.lsp.live.Chain;
import io.byteport.lsp.live.Live;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.eclipse.lsp4j.DidChangeConfigurationParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.DidChangeWorkspaceFoldersParams;
import org.eclipse.lsp4j.ExecuteCommandParams;
import org.eclipse.lsp4j.SymbolInformation;
import org.eclipse.lsp4j.TextDocumentContentParams;
import org.eclipse.lsp4j.TextDocumentContentResult;
import org.eclipse.lsp4j.WorkspaceFolder;
import org.eclipse.lsp4j.WorkspaceSymbol;
import org.eclipse.lsp4j.WorkspaceSymbolParams;
import org.eclipse.lsp4j.jsonrpc.CompletableFutures;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.eclipse.lsp4j.services.WorkspaceService;

/** Requests about the project as a whole. */
final class WorkspaceRequests implements WorkspaceService {
  private final Project project;
  private final Executor executor;
  private final Live live;
  private final Commands commands;

  WorkspaceRequests(Project project, Executor executor, Live live, Deeds deeds) {
    this.project = project;
    this.executor = executor;
    this.live = live;
    this.commands = new Commands(live, deeds);
  }

  @Override
  public CompletableFuture<
          Either<List<? extends SymbolInformation>, List<? extends WorkspaceSymbol>>>
      symbol(WorkspaceSymbolParams params) {
    Texts texts = project.texts();
    return CompletableFutures.computeAsync(
        executor,
        cancelled -> {
          cancelled.checkCanceled();
          return Either.forRight(WorkspaceSymbolHandler.find(texts, params.getQuery()));
        });
  }

  /** The text of what comes with the program: runbooks, libraries, the pages of codes. */
  @Override
  public CompletableFuture<TextDocumentContentResult> textDocumentContent(
      TextDocumentContentParams params) {
    String uri = params.getUri();
    return CompletableFutures.computeAsync(
        executor,
        cancelled ->
            Uris.code(uri)
                .map(code -> DiagnosticPage.of(code).markdown())
                .or(() -> Uris.shipped(uri).flatMap(project::shipped).map(SourceFile::text))
                .map(TextDocumentContentResult::new)
                .orElseThrow(
                    () ->
                        new ResponseErrorException(
                            new ResponseError(
                                ResponseErrorCode.InvalidParams,
                                "nothing of that name comes with BytePort: " + uri,
                                null))));
  }

  @Override
  public CompletableFuture<Object> executeCommand(ExecuteCommandParams params) {
    return Chain.then(project.settled(), executor, settled -> commands.execute(params));
  }

  @Override
  public void didChangeConfiguration(DidChangeConfigurationParams params) {
    // What holds for a folder stands in its byteport.yaml, for every editor and the CI alike.
  }

  @Override
  public void didChangeWatchedFiles(DidChangeWatchedFilesParams params) {
    project.changedOnDisk(
        params.getChanges().stream().map(change -> Uris.path(change.getUri())).toList());
    live.changed();
  }

  @Override
  public void didChangeWorkspaceFolders(DidChangeWorkspaceFoldersParams params) {
    project.folders(
        params.getEvent().getAdded().stream().map(WorkspaceRequests::path).toList(),
        params.getEvent().getRemoved().stream().map(WorkspaceRequests::path).toList());
  }

  private static Path path(WorkspaceFolder folder) {
    return Uris.path(folder.getUri());
  }
}
