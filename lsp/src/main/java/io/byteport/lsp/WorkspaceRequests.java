package io.byteport.lsp;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.eclipse.lsp4j.DidChangeConfigurationParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.DidChangeWorkspaceFoldersParams;
import org.eclipse.lsp4j.SymbolInformation;
import org.eclipse.lsp4j.WorkspaceFolder;
import org.eclipse.lsp4j.WorkspaceSymbol;
import org.eclipse.lsp4j.WorkspaceSymbolParams;
import org.eclipse.lsp4j.jsonrpc.CompletableFutures;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.services.WorkspaceService;

/** Requests about the project as a whole. */
final class WorkspaceRequests implements WorkspaceService {
  private final Project project;
  private final Executor executor;

  WorkspaceRequests(Project project, Executor executor) {
    this.project = project;
    this.executor = executor;
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

  @Override
  public void didChangeConfiguration(DidChangeConfigurationParams params) {
    // What holds for a folder stands in its byteport.yaml, for every editor and the CI alike.
  }

  @Override
  public void didChangeWatchedFiles(DidChangeWatchedFilesParams params) {
    project.changedOnDisk(
        params.getChanges().stream().map(change -> Uris.path(change.getUri())).toList());
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
