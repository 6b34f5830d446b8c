package io.byteport.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.source.Span;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.TextEdit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CompletionGoldenTest {
  private static final int SHOWN = 9;

  static Stream<Path> fixtures() {
    return Carets.fixtures("complete");
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void what_is_offered_at_each_caret(Path fixture) {
    String actual = Carets.answers(fixture, CompletionGoldenTest::offered);
    assertThat(actual).isEqualTo(Carets.expected(fixture, actual));
  }

  /** As editors do: the letters that are typed come in the text to filter by, in order. */
  private static boolean shows(Sample sample, CompletionItem item) {
    Span replaced = Positions.span(sample.view().text(), item.getTextEdit().getLeft().getRange());
    String typed = sample.view().text().text(new Span(replaced.start(), sample.offset()));
    String filter = item.getFilterText();
    int at = 0;
    for (int i = 0; i < typed.length(); i++) {
      at = filter.toLowerCase(Locale.ROOT).indexOf(Character.toLowerCase(typed.charAt(i)), at) + 1;
      if (at == 0) {
        return false;
      }
    }
    return true;
  }

  private static String offered(Sample sample) {
    List<CompletionItem> items =
        CompletionHandler.at(sample.view(), sample.offset()).stream()
            .filter(item -> shows(sample, item))
            .toList();
    StringBuilder lines = new StringBuilder();
    for (CompletionItem item : items.subList(0, Math.min(SHOWN, items.size()))) {
      TextEdit edit = item.getTextEdit().getLeft();
      Span replaced = Positions.span(sample.view().text(), edit.getRange());
      lines
          .append(item.getLabel())
          .append(" | ")
          .append(item.getDetail() == null ? "" : item.getDetail())
          .append(" | `")
          .append(sample.view().text().text(replaced))
          .append("` -> `")
          .append(edit.getNewText().replace("\n", "\\n"))
          .append("`\n");
    }
    if (items.isEmpty()) {
      lines.append("nothing\n");
    } else if (items.size() > SHOWN) {
      lines.append("... ").append(items.size() - SHOWN).append(" more\n");
    }
    return lines.toString();
  }
}
