package io.byteport.lsp;

import io.byteport.lsp.change.EditOptions;
import io.byteport.lsp.live.Live;
import io.byteport.lsp.live.Program;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.CodeActionOptions;
import org.eclipse.lsp4j.CodeLensOptions;
import org.eclipse.lsp4j.CompletionCapabilities;
import org.eclipse.lsp4j.CompletionOptions;
import org.eclipse.lsp4j.DiagnosticRegistrationOptions;
import org.eclipse.lsp4j.DidChangeWatchedFilesRegistrationOptions;
import org.eclipse.lsp4j.DocumentLinkOptions;
import org.eclipse.lsp4j.ExecuteCommandOptions;
import org.eclipse.lsp4j.FileSystemWatcher;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.InlayHintRegistrationOptions;
import org.eclipse.lsp4j.Registration;
import org.eclipse.lsp4j.RegistrationParams;
import org.eclipse.lsp4j.RenameOptions;
import org.eclipse.lsp4j.SemanticTokensWithRegistrationOptions;
import org.eclipse.lsp4j.ServerCapabilities;
import org.eclipse.lsp4j.ServerInfo;
import org.eclipse.lsp4j.SignatureHelpOptions;
import org.eclipse.lsp4j.TextDocumentClientCapabilities;
import org.eclipse.lsp4j.TextDocumentContentRegistrationOptions;
import org.eclipse.lsp4j.TextDocumentSyncKind;
import org.eclipse.lsp4j.TextDocumentSyncOptions;
import org.eclipse.lsp4j.WorkspaceClientCapabilities;
import org.eclipse.lsp4j.WorkspaceFolder;
import org.eclipse.lsp4j.WorkspaceFoldersOptions;
import org.eclipse.lsp4j.WorkspaceServerCapabilities;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageClientAware;
import org.eclipse.lsp4j.services.LanguageServer;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.eclipse.lsp4j.services.WorkspaceService;
import org.jspecify.annotations.Nullable;

/**
 * The server behind {@code byteport lsp}: the lifecycle, and what it can do.
 *
 * @see <a
 *     href="https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/">Language
 *     Server Protocol 3.17</a>
 */
public final class BytePortServer implements LanguageServer, LanguageClientAware {
  private static final String NAME = "byteport";
  private static final int THREADS = 2;

  private final String version;
  private final ExecutorService executor =
      Executors.newFixedThreadPool(
          THREADS, Thread.ofPlatform().daemon().name("answer-", 0).factory());
  private final Project project;
  private final Live live;
  private final Deeds deeds;
  private final TextRequests text;
  private final WorkspaceRequests workspace;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean registersWatches;
  private volatile boolean wasShutDown;
  private volatile Optional<LanguageClient> client = Optional.empty();

  /**
   * @param version of the program, for the client's log
   * @param program that evaluates and plays, in processes of its own
   */
  public BytePortServer(Language language, String version, Program program) {
    this.version = version;
    this.project = new Project(language);
    this.live = new Live(program, project::texts);
    this.deeds = new Deeds(project, executor);
    this.text = new TextRequests(project, executor, language, live, deeds);
    this.workspace = new WorkspaceRequests(project, executor, live, deeds);
  }

  /**
   * Serves one client until it says that it ends, or its stream does.
   *
   * @return whether it ended as the protocol says, with a shutdown before
   */
  public boolean serve(InputStream in, OutputStream out) throws InterruptedException {
    Launcher<LanguageClient> launcher = LSPLauncher.createServerLauncher(this, in, out);
    connect(launcher.getRemoteProxy());
    Thread listening =
        Thread.ofPlatform()
            .daemon()
            .name("listen")
            .start(
                () -> {
                  try {
                    launcher.startListening().get();
                  } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                  } catch (ExecutionException broken) {
                    // The stream broke: there is nobody left to tell.
                  } finally {
                    ended.countDown();
                  }
                });
    ended.await();
    listening.interrupt();
    live.close();
    project.close();
    executor.shutdownNow();
    return wasShutDown;
  }

  @Override
  public void connect(LanguageClient other) {
    client = Optional.of(other);
    project.connect(other);
    live.connect(other);
    deeds.connect(other);
  }

  @Override
  public CompletableFuture<InitializeResult> initialize(InitializeParams params) {
    ClientCapabilities can =
        Optional.ofNullable(params.getCapabilities()).orElseGet(ClientCapabilities::new);
    project.start(roots(params), pulls(can), refreshes(can));
    endWith(params.getProcessId());
    deeds.can(EditOptions.of(can));
    live.refreshes(
        workspace(can, WorkspaceClientCapabilities::getInlayHint)
            .map(hints -> Boolean.TRUE.equals(hints.getRefreshSupport()))
            .orElse(false),
        workspace(can, WorkspaceClientCapabilities::getCodeLens)
            .map(lenses -> Boolean.TRUE.equals(lenses.getRefreshSupport()))
            .orElse(false));
    registersWatches = registersWatches(can);
    text.snippets(fillsIn(can));
    return CompletableFuture.completedFuture(
        new InitializeResult(capabilities(), new ServerInfo(NAME, version)));
  }

  private static <T> Optional<T> workspace(
      ClientCapabilities can, Function<WorkspaceClientCapabilities, @Nullable T> part) {
    return Optional.ofNullable(can.getWorkspace()).map(part::apply);
  }

  @SuppressWarnings("deprecation") // older clients send a root and no folders
  private static List<Path> roots(InitializeParams params) {
    List<WorkspaceFolder> folders = params.getWorkspaceFolders();
    if (folders != null && !folders.isEmpty()) {
      return folders.stream().map(folder -> Uris.path(folder.getUri())).toList();
    }
    return Optional.ofNullable(params.getRootUri()).map(Uris::path).stream().toList();
  }

  /** A client that asks for diagnostics is not sent them, too. */
  private static boolean pulls(ClientCapabilities can) {
    return Optional.ofNullable(can.getTextDocument())
        .map(TextDocumentClientCapabilities::getDiagnostic)
        .isPresent();
  }

  private static boolean refreshes(ClientCapabilities can) {
    return Optional.ofNullable(can.getWorkspace())
        .map(WorkspaceClientCapabilities::getDiagnostics)
        .map(diagnostics -> Boolean.TRUE.equals(diagnostics.getRefreshSupport()))
        .orElse(false);
  }

  /** An editor that is gone without a word takes its server with it. */
  @SuppressWarnings("FutureReturnValueIgnored") // it fails in no way
  private void endWith(@Nullable Integer processId) {
    if (processId != null) {
      ProcessHandle.of(processId)
          .ifPresentOrElse(editor -> editor.onExit().thenRun(ended::countDown), ended::countDown);
    }
  }

  private static boolean fillsIn(ClientCapabilities can) {
    return Optional.ofNullable(can.getTextDocument())
        .map(TextDocumentClientCapabilities::getCompletion)
        .map(CompletionCapabilities::getCompletionItem)
        .map(item -> Boolean.TRUE.equals(item.getSnippetSupport()))
        .orElse(false);
  }

  private static boolean registersWatches(ClientCapabilities can) {
    return Optional.ofNullable(can.getWorkspace())
        .map(WorkspaceClientCapabilities::getDidChangeWatchedFiles)
        .map(watches -> Boolean.TRUE.equals(watches.getDynamicRegistration()))
        .orElse(false);
  }

  private static ServerCapabilities capabilities() {
    ServerCapabilities can = new ServerCapabilities();
    TextDocumentSyncOptions sync = new TextDocumentSyncOptions();
    sync.setOpenClose(true);
    sync.setChange(TextDocumentSyncKind.Incremental);
    can.setTextDocumentSync(sync);
    can.setDiagnosticProvider(new DiagnosticRegistrationOptions(true, false));
    can.setCompletionProvider(
        new CompletionOptions(false, List.of(".", ":", " ", "{", "(", "\"", "-")));
    can.setSignatureHelpProvider(new SignatureHelpOptions(List.of("(", ",")));
    can.setHoverProvider(true);
    can.setInlayHintProvider(new InlayHintRegistrationOptions());
    can.setDefinitionProvider(true);
    can.setReferencesProvider(true);
    can.setDocumentHighlightProvider(true);
    can.setRenameProvider(new RenameOptions(true));
    can.setDocumentSymbolProvider(true);
    can.setWorkspaceSymbolProvider(true);
    can.setFoldingRangeProvider(true);
    can.setSelectionRangeProvider(true);
    SemanticTokensWithRegistrationOptions tokens =
        new SemanticTokensWithRegistrationOptions(SemanticTokensHandler.legend());
    tokens.setFull(true);
    tokens.setRange(true);
    can.setSemanticTokensProvider(tokens);
    can.setDocumentLinkProvider(new DocumentLinkOptions(false));
    can.setCallHierarchyProvider(true);
    can.setCodeActionProvider(
        new CodeActionOptions(
            List.of(
                CodeActionKind.QuickFix,
                CodeActionKind.Refactor,
                CodeActionKind.Source,
                CodeActionKind.SourceFixAll)));
    can.setExecuteCommandProvider(new ExecuteCommandOptions(Commands.ALL));
    can.setCodeLensProvider(new CodeLensOptions(false));
    can.setDocumentFormattingProvider(true);
    WorkspaceFoldersOptions folders = new WorkspaceFoldersOptions();
    folders.setSupported(true);
    folders.setChangeNotifications(true);
    WorkspaceServerCapabilities inWorkspace = new WorkspaceServerCapabilities(folders);
    inWorkspace.setTextDocumentContent(
        new TextDocumentContentRegistrationOptions(List.of(Uris.SCHEME)));
    can.setWorkspace(inWorkspace);
    return can;
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // a client that refuses tells us nothing of files
  public void initialized(InitializedParams params) {
    if (registersWatches) {
      List<FileSystemWatcher> watched =
          List.of(
              new FileSystemWatcher(Either.forLeft("**/*.{yaml,yml}")),
              new FileSystemWatcher(Either.forLeft("**/.gitignore")));
      client.ifPresent(
          there ->
              there.registerCapability(
                  new RegistrationParams(
                      List.of(
                          new Registration(
                              "files",
                              "workspace/didChangeWatchedFiles",
                              new DidChangeWatchedFilesRegistrationOptions(watched))))));
    }
  }

  @Override
  public CompletableFuture<Object> shutdown() {
    wasShutDown = true;
    return CompletableFuture.completedFuture(Boolean.TRUE);
  }

  @Override
  public void exit() {
    ended.countDown();
  }

  @Override
  public TextDocumentService getTextDocumentService() {
    return text;
  }

  @Override
  public WorkspaceService getWorkspaceService() {
    return workspace;
  }
}
