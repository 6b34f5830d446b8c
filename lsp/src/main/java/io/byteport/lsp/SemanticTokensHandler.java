package io.byteport.lsp;

import io.byteport.dsl.source.Span;
import io.byteport.lsp.structure.Words;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.SemanticTokens;
import org.eclipse.lsp4j.SemanticTokensLegend;

/** The words of expressions and templates. Stateless, safe for use by several threads. */
final class SemanticTokensHandler {
  private SemanticTokensHandler() {}

  /**
   * Five numbers for each word: lines and UTF-16 units from the one before, length, type,
   * modifiers.
   *
   * @param span of which the words are wanted
   */
  static SemanticTokens in(View view, Span span) {
    List<Integer> data = new ArrayList<>();
    Position before = new Position(0, 0);
    for (Words.Word word : new Words(view.text()).all()) {
      if (word.span().end() < span.start() || word.span().start() > span.end()) {
        continue;
      }
      Position start = Positions.of(view.text(), word.span().start());
      boolean sameLine = start.getLine() == before.getLine();
      data.add(start.getLine() - before.getLine());
      data.add(start.getCharacter() - (sameLine ? before.getCharacter() : 0));
      data.add(view.text().text(word.span()).length());
      data.add(Words.TYPES.indexOf(word.type()));
      data.add(word.modifiers());
      before = start;
    }
    return new SemanticTokens(data);
  }

  static SemanticTokensLegend legend() {
    return new SemanticTokensLegend(Words.TYPES, Words.MODIFIERS);
  }
}
