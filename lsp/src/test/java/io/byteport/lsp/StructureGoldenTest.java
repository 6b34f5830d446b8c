package io.byteport.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.lsp4j.DocumentLink;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.FoldingRange;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.SelectionRange;
import org.eclipse.lsp4j.SemanticTokensLegend;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How documents are built: outline, folds, links and words, and what holds each caret. */
class StructureGoldenTest {

  static Stream<Path> fixtures() {
    return Carets.fixtures("structure");
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void how_a_document_is_built(Path fixture) {
    View view = Carets.samples(fixture).getFirst().view();
    String actual =
        "# outline\n"
            + outline(DocumentSymbolHandler.in(view), "")
            + "\n# folds\n"
            + folds(view)
            + "\n# links\n"
            + links(view)
            + "\n# words\n"
            + words(view)
            + "\n# held by\n"
            + Carets.answers(fixture, StructureGoldenTest::holders);
    assertThat(actual).isEqualTo(Carets.expected(fixture, actual));
  }

  private static String outline(List<DocumentSymbol> symbols, String indent) {
    StringBuilder all = new StringBuilder();
    for (DocumentSymbol one : symbols) {
      assertThat(contains(one.getRange(), one.getSelectionRange())).isTrue();
      all.append(indent)
          .append(one.getName())
          .append(one.getDetail() == null ? "" : " | " + one.getDetail())
          .append(" | ")
          .append(one.getKind())
          .append(' ')
          .append(one.getRange().getStart().getLine() + 1)
          .append('-')
          .append(one.getRange().getEnd().getLine() + 1)
          .append('\n')
          .append(outline(one.getChildren(), indent + "  "));
    }
    return all.toString();
  }

  private static boolean contains(Range outer, Range inner) {
    return compare(outer.getStart(), inner.getStart()) <= 0
        && compare(inner.getEnd(), outer.getEnd()) <= 0;
  }

  private static int compare(Position one, Position other) {
    return one.getLine() != other.getLine()
        ? Integer.compare(one.getLine(), other.getLine())
        : Integer.compare(one.getCharacter(), other.getCharacter());
  }

  private static String folds(View view) {
    StringBuilder all = new StringBuilder();
    for (FoldingRange fold : FoldingRangeHandler.in(view)) {
      all.append(fold.getStartLine() + 1)
          .append('-')
          .append(fold.getEndLine() + 1)
          .append(fold.getKind() == null ? "" : " " + fold.getKind())
          .append(": ")
          .append(view.text().line(fold.getStartLine()).strip())
          .append(" ... ")
          .append(view.text().line(fold.getEndLine()).strip())
          .append('\n');
    }
    return all.toString();
  }

  private static String links(View view) {
    StringBuilder all = new StringBuilder();
    for (DocumentLink link : DocumentLinkHandler.in(view)) {
      all.append(view.text().text(Positions.span(view.text(), link.getRange())))
          .append(" -> ")
          .append(link.getTarget())
          .append('\n');
    }
    return all.toString();
  }

  /** Read back from the numbers that the protocol sends, word by word in their lines. */
  private static String words(View view) {
    SourceFile text = view.text();
    List<Integer> data = SemanticTokensHandler.in(view, new Span(0, text.length())).getData();
    SemanticTokensLegend legend = SemanticTokensHandler.legend();
    StringBuilder all = new StringBuilder();
    int line = 0;
    int character = 0;
    for (int i = 0; i < data.size(); i += 5) {
      boolean next = data.get(i) > 0;
      line += data.get(i);
      character = next ? data.get(i + 1) : character + data.get(i + 1);
      String word = text.line(line).substring(character, character + data.get(i + 2));
      all.append(i == 0 ? (line + 1) + ":" : next ? "\n" + (line + 1) + ":" : "")
          .append(' ')
          .append(word)
          .append('/')
          .append(legend.getTokenTypes().get(data.get(i + 3)))
          .append("+".repeat(data.get(i + 4)));
    }
    return all + "\n";
  }

  private static String holders(Sample sample) {
    List<String> all = new ArrayList<>();
    SelectionRange at =
        SelectionRangeHandler.at(sample.view(), List.of(sample.offset())).getFirst();
    while (at != null) {
      SelectionRange outer = at.getParent();
      assertThat(outer == null || contains(outer.getRange(), at.getRange())).isTrue();
      Span span = Positions.span(sample.view().text(), at.getRange());
      String text = sample.view().text().text(span).replaceAll("\\s*\\n\\s*", " ⏎ ");
      all.add(text.length() > 90 ? text.substring(0, 89) + "…" : text);
      at = outer;
    }
    return String.join("\n", all);
  }
}
