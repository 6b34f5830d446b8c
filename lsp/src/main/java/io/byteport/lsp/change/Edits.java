package io.byteport.lsp.change;

import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.lsp.Positions;
import io.byteport.lsp.Uris;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.lsp4j.CreateFile;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.SnippetTextEdit;
import org.eclipse.lsp4j.StringValue;
import org.eclipse.lsp4j.StringValueKind;
import org.eclipse.lsp4j.TextDocumentEdit;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/**
 * Makes changes what the client can take. Immutable.
 *
 * @param open the documents that the client has open, as it calls and counts them, by path
 */
public record Edits(EditOptions can, Map<Path, VersionedTextDocumentIdentifier> open) {
  public Edits {
    open = Map.copyOf(open);
  }

  /** The address of a text as the client writes it where it has it open. */
  String uri(SourceFile text) {
    return identifier(text).getUri();
  }

  private VersionedTextDocumentIdentifier identifier(SourceFile text) {
    VersionedTextDocumentIdentifier known =
        Uris.isShipped(text) ? null : open.get(Path.of(text.name()));
    return known == null ? new VersionedTextDocumentIdentifier(Uris.of(text), null) : known;
  }

  /** Changes of one text. */
  WorkspaceEdit of(SourceFile text, List<Change> changes) {
    List<TextEdit> edits =
        changes.stream()
            .map(change -> new TextEdit(Positions.range(text, change.span()), change.text()))
            .toList();
    if (!can.versions()) {
      return new WorkspaceEdit(new LinkedHashMap<>(Map.of(uri(text), edits)));
    }
    List<Either<TextEdit, SnippetTextEdit>> either =
        edits.stream().map(Either::<TextEdit, SnippetTextEdit>forLeft).toList();
    return new WorkspaceEdit(
        List.of(Either.forLeft(new TextDocumentEdit(identifier(text), either))));
  }

  /**
   * Inserts text of which a part is to be filled in.
   *
   * @param snippet as the protocol writes it, for clients that let the person fill it in
   * @param plain for all others
   */
  WorkspaceEdit snippet(SourceFile text, Span span, String snippet, String plain) {
    if (!can.snippets()) {
      return of(text, List.of(new Change(span, plain)));
    }
    SnippetTextEdit edit =
        new SnippetTextEdit(
            Positions.range(text, span), new StringValue(StringValueKind.SNIPPET, snippet));
    return new WorkspaceEdit(
        List.of(
            Either.forLeft(
                new TextDocumentEdit(identifier(text), List.of(Either.forRight(edit))))));
  }

  /** A new file; empty where the client makes none. */
  Optional<WorkspaceEdit> create(Path path, String content) {
    if (!can.creates()) {
      return Optional.empty();
    }
    String uri = Uris.of(path);
    Range start = new Range(new Position(0, 0), new Position(0, 0));
    return Optional.of(
        new WorkspaceEdit(
            List.of(
                Either.forRight(new CreateFile(uri)),
                Either.forLeft(
                    new TextDocumentEdit(
                        new VersionedTextDocumentIdentifier(uri, null),
                        List.of(Either.forLeft(new TextEdit(start, content))))))));
  }
}
