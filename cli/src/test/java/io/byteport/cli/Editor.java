package io.byteport.cli;

import io.byteport.cli.editor.OwnProgram;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.lsp.BytePortServer;
import io.byteport.lsp.Positions;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.lsp4j.ApplyWorkspaceEditParams;
import org.eclipse.lsp4j.ApplyWorkspaceEditResponse;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DiagnosticCapabilities;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.DidChangeWorkspaceFoldersParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DocumentDiagnosticParams;
import org.eclipse.lsp4j.FileChangeType;
import org.eclipse.lsp4j.FileEvent;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.MessageActionItem;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.RegistrationParams;
import org.eclipse.lsp4j.ShowDocumentParams;
import org.eclipse.lsp4j.ShowDocumentResult;
import org.eclipse.lsp4j.ShowMessageRequestParams;
import org.eclipse.lsp4j.TextDocumentClientCapabilities;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.WorkspaceFolder;
import org.eclipse.lsp4j.WorkspaceFoldersChangeEvent;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;

/** An editor that speaks with the language server over its two streams, as a process would. */
final class Editor implements LanguageClient, AutoCloseable {
  private static final int PATIENCE = 60;

  private final Map<String, List<Diagnostic>> shown = new ConcurrentHashMap<>();
  private final Map<String, Integer> versions = new HashMap<>();
  private final Map<String, SourceFile> texts = new HashMap<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final List<RegistrationParams> registered = new CopyOnWriteArrayList<>();
  private final AtomicInteger refreshes = new AtomicInteger();
  private final List<ApplyWorkspaceEditParams> applied = new CopyOnWriteArrayList<>();
  private final LanguageServer server;
  private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
  private final InitializeResult result;

  /** Starts a server and opens folders. */
  Editor(Path... folders) {
    this(new ClientCapabilities(), folders);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // it ends when the server does
  Editor(ClientCapabilities can, Path... folders) {
    try {
      PipedInputStream toServer = new PipedInputStream(1 << 20);
      PipedInputStream toEditor = new PipedInputStream(1 << 20);
      PipedOutputStream fromEditor = new PipedOutputStream(toServer);
      PipedOutputStream fromServer = new PipedOutputStream(toEditor);
      Thread.ofPlatform()
          .daemon()
          .name("server")
          .start(
              () -> {
                try {
                  boolean well =
                      new BytePortServer(LspCommand.language(), "0", OwnProgram.of(Main.class))
                          .serve(toServer, fromServer);
                  fromServer.close(); // as the end of a process does
                  ended.complete(well);
                } catch (IOException broken) {
                  ended.completeExceptionally(broken);
                } catch (InterruptedException interrupted) {
                  Thread.currentThread().interrupt();
                }
              });
      Launcher<LanguageServer> launcher =
          LSPLauncher.createClientLauncher(this, toEditor, fromEditor);
      server = launcher.getRemoteProxy();
      launcher.startListening();
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
    InitializeParams params = new InitializeParams();
    params.setCapabilities(can);
    params.setWorkspaceFolders(
        java.util.Arrays.stream(folders)
            .map(folder -> new WorkspaceFolder(uri(folder), folder.toString()))
            .toList());
    result = answer(server.initialize(params));
    server.initialized(new InitializedParams());
  }

  /** What a client can that asks for findings itself. */
  static ClientCapabilities pulling() {
    ClientCapabilities can = new ClientCapabilities();
    TextDocumentClientCapabilities text = new TextDocumentClientCapabilities();
    text.setDiagnostic(new DiagnosticCapabilities());
    can.setTextDocument(text);
    return can;
  }

  LanguageServer server() {
    return server;
  }

  InitializeResult initialized() {
    return result;
  }

  /** What the server asked to be told of. */
  List<RegistrationParams> registered() {
    return registered;
  }

  /** Errors that the server told. */
  List<String> complaints() {
    return complaints;
  }

  static String uri(Path path) {
    return path.toAbsolutePath().normalize().toUri().toString();
  }

  /** An answer; a test fails where none comes. */
  static <T> T answer(CompletableFuture<T> answer) {
    try {
      return answer.get(PATIENCE, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    } catch (ExecutionException | TimeoutException failed) {
      throw new AssertionError(failed);
    }
  }

  void open(Path file, String text) {
    versions.put(uri(file), 1);
    texts.put(uri(file), new SourceFile(file.toString(), text));
    server
        .getTextDocumentService()
        .didOpen(new DidOpenTextDocumentParams(new TextDocumentItem(uri(file), "yaml", 1, text)));
  }

  /** Puts a text in the place of a span of code points. */
  void edit(Path file, Span span, String replacement) {
    SourceFile before = text(file);
    Range range = Positions.range(before, span);
    String after =
        before.text(new Span(0, span.start()))
            + replacement
            + before.text(new Span(span.end(), before.length()));
    texts.put(uri(file), new SourceFile(file.toString(), after));
    change(file, new TextDocumentContentChangeEvent(range, replacement));
  }

  void replace(Path file, String text) {
    texts.put(uri(file), new SourceFile(file.toString(), text));
    change(file, new TextDocumentContentChangeEvent(text));
  }

  private void change(Path file, TextDocumentContentChangeEvent event) {
    int version = versions.merge(uri(file), 1, Integer::sum);
    server
        .getTextDocumentService()
        .didChange(
            new DidChangeTextDocumentParams(
                new VersionedTextDocumentIdentifier(uri(file), version),
                new ArrayList<>(List.of(event))));
  }

  SourceFile text(Path file) {
    SourceFile text = texts.get(uri(file));
    if (text == null) {
      throw new AssertionError("not open: " + file);
    }
    return text;
  }

  TextDocumentIdentifier document(Path file) {
    return new TextDocumentIdentifier(uri(file));
  }

  Position position(Path file, int offset) {
    return Positions.of(text(file), offset);
  }

  void close(Path file) {
    texts.remove(uri(file));
    server
        .getTextDocumentService()
        .didClose(new DidCloseTextDocumentParams(new TextDocumentIdentifier(uri(file))));
  }

  /** Closes a folder. */
  void leave(Path folder) {
    server
        .getWorkspaceService()
        .didChangeWorkspaceFolders(
            new DidChangeWorkspaceFoldersParams(
                new WorkspaceFoldersChangeEvent(
                    List.of(), List.of(new WorkspaceFolder(uri(folder), folder.toString())))));
  }

  /** Tells the server that something else wrote a file. */
  void changedOnDisk(Path file, FileChangeType type) {
    server
        .getWorkspaceService()
        .didChangeWatchedFiles(
            new DidChangeWatchedFilesParams(List.of(new FileEvent(uri(file), type))));
  }

  /** The findings of a file once everything that was sent before has been looked at. */
  List<Diagnostic> findings(Path file) {
    return answer(
            server
                .getTextDocumentService()
                .diagnostic(new DocumentDiagnosticParams(document(file))))
        .getRelatedFullDocumentDiagnosticReport()
        .getItems();
  }

  /** What the server has sent of a file, once everything that was sent before was looked at. */
  List<Diagnostic> shown(Path file) {
    findings(file);
    return shown.getOrDefault(uri(file), List.of());
  }

  /** Everything that is shown, once everything that was sent before was looked at. */
  Map<String, List<Diagnostic>> shown() {
    findings(Path.of("nothing.yaml"));
    return Map.copyOf(shown);
  }

  /** Ends the server as the protocol says; whether it ended well. */
  boolean end() {
    answer(server.shutdown());
    server.exit();
    return answer(ended);
  }

  @Override
  public void close() {
    server.exit();
    answer(ended);
  }

  @Override
  public void telemetryEvent(Object event) {
    complaints.add("telemetry: " + event);
  }

  @Override
  public void publishDiagnostics(PublishDiagnosticsParams published) {
    shown.put(published.getUri(), published.getDiagnostics());
  }

  @Override
  public void showMessage(MessageParams message) {
    complaints.add(message.getMessage());
  }

  @Override
  public CompletableFuture<MessageActionItem> showMessageRequest(ShowMessageRequestParams request) {
    return CompletableFuture.completedFuture(new MessageActionItem());
  }

  @Override
  public void logMessage(MessageParams message) {
    complaints.add(message.getMessage());
  }

  /** How often the server said that there is something else to show at places. */
  int refreshes() {
    return refreshes.get();
  }

  /** The changes that the server made of its own accord. */
  List<ApplyWorkspaceEditParams> applied() {
    return applied;
  }

  @Override
  public CompletableFuture<Void> refreshInlayHints() {
    refreshes.incrementAndGet();
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<ApplyWorkspaceEditResponse> applyEdit(ApplyWorkspaceEditParams params) {
    applied.add(params);
    return CompletableFuture.completedFuture(new ApplyWorkspaceEditResponse(true));
  }

  @Override
  public CompletableFuture<ShowDocumentResult> showDocument(ShowDocumentParams params) {
    return CompletableFuture.completedFuture(new ShowDocumentResult(true));
  }

  @Override
  public CompletableFuture<Void> registerCapability(RegistrationParams params) {
    registered.add(params);
    return CompletableFuture.completedFuture(null);
  }
}
