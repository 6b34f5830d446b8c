package io.byteport.lsp;

import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;

/**
 * A document as the editor has it.
 *
 * @param uri as the client writes it
 * @param version as the client counts
 * @param text under the path's name
 */
record OpenDocument(String uri, int version, SourceFile text) {
  static OpenDocument of(String uri, int version, String text) {
    return new OpenDocument(uri, version, new SourceFile(Uris.path(uri).toString(), text));
  }

  Path path() {
    return Path.of(text.name());
  }

  /** The document after changes, each of which is about the text that the one before it left. */
  OpenDocument changed(int later, List<TextDocumentContentChangeEvent> changes) {
    SourceFile now = text;
    for (TextDocumentContentChangeEvent change : changes) {
      now = new SourceFile(text.name(), changed(now, change));
    }
    return new OpenDocument(uri, later, now);
  }

  private static String changed(SourceFile before, TextDocumentContentChangeEvent change) {
    if (change.getRange() == null) {
      return change.getText();
    }
    Span span = Positions.span(before, change.getRange());
    return before.text(new Span(0, span.start()))
        + change.getText()
        + before.text(new Span(span.end(), before.length()));
  }
}
