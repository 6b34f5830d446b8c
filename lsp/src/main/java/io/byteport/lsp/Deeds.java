package io.byteport.lsp;

import io.byteport.lsp.change.CodeActions;
import io.byteport.lsp.change.EditOptions;
import io.byteport.lsp.change.Edits;
import io.byteport.lsp.live.Ask;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.eclipse.lsp4j.ApplyWorkspaceEditParams;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.MessageType;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.ShowDocumentParams;
import org.eclipse.lsp4j.services.LanguageClient;

/** Commands that the server does with its client alone. Safe for use by several threads. */
final class Deeds {
  private final Project project;
  private final Executor executor;
  private volatile Optional<LanguageClient> client = Optional.empty();
  private volatile EditOptions can = EditOptions.PLAIN;

  Deeds(Project project, Executor executor) {
    this.project = project;
    this.executor = executor;
  }

  void connect(LanguageClient other) {
    client = Optional.of(other);
  }

  void can(EditOptions options) {
    can = options;
  }

  /** Changes as the client takes them, of the documents that it has open now. */
  Edits edits() {
    return new Edits(can, project.identifiers());
  }

  /** Writes a case about {@code rule}, counted from 0, of the runbook {@code uri}. */
  CompletableFuture<Object> createTest(Ask ask) {
    View view = project.view(ask.uri().orElse(""));
    int rule = ask.text("rule").map(Deeds::number).orElse(-1);
    Edits edits = edits();
    return CompletableFuture.supplyAsync(() -> CodeActions.test(view, rule, edits), executor)
        .thenCompose(written -> written.map(this::apply).orElseGet(this::nothing));
  }

  private static int number(String text) {
    return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : -1;
  }

  @SuppressWarnings(
      "FutureReturnValueIgnored") // a client that shows no document has the test all the same
  private CompletableFuture<Object> apply(CodeActions.Test test) {
    LanguageClient there = client.orElse(null);
    if (there == null) {
      return nothing();
    }
    String uri = Uris.of(test.file());
    ApplyWorkspaceEditParams params = new ApplyWorkspaceEditParams(test.edit());
    params.setLabel("create the test `" + test.name() + "`");
    return there
        .applyEdit(params)
        .thenApply(
            applied -> {
              if (applied.isApplied()) {
                there.showDocument(new ShowDocumentParams(uri));
              }
              Map<String, Object> answer = new LinkedHashMap<>();
              answer.put("uri", uri);
              answer.put("case", test.name());
              answer.put("applied", applied.isApplied());
              return answer;
            });
  }

  private CompletableFuture<Object> nothing() {
    String words =
        "no case could be written: a new test needs an editor that lets the server make files";
    client.ifPresent(there -> there.showMessage(new MessageParams(MessageType.Info, words)));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("applied", false);
    answer.put("trouble", words);
    return CompletableFuture.completedFuture(answer);
  }

  /** Shows what an address names, such as the page of a code. */
  CompletableFuture<Object> show(Ask ask) {
    String uri = ask.uri().orElse("");
    return client
        .filter(there -> !uri.isEmpty())
        .map(
            there ->
                there
                    .showDocument(new ShowDocumentParams(uri))
                    .thenApply(shown -> (Object) Map.of("shown", shown.isSuccess())))
        .orElseGet(() -> CompletableFuture.completedFuture(Map.of("shown", false)));
  }

  /** Where the name at {@code line} and {@code character} of {@code uri} is used. */
  CompletableFuture<Object> references(Ask ask) {
    View view = project.view(ask.uri().orElse(""));
    Position at =
        new Position(
            ask.text("line").map(Deeds::number).orElse(0),
            ask.text("character").map(Deeds::number).orElse(0));
    return CompletableFuture.supplyAsync(
        () -> ReferencesHandler.at(view, view.offset(at), false), executor);
  }
}
