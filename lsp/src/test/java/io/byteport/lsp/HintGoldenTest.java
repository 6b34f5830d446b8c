package io.byteport.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.source.Span;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.lsp4j.InlayHint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HintGoldenTest {
  static Stream<Path> fixtures() {
    return Carets.fixtures("hints");
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void what_is_hinted_from_each_caret_on(Path fixture) {
    String actual = Carets.answers(fixture, HintGoldenTest::hinted);
    assertThat(actual).isEqualTo(Carets.expected(fixture, actual));
  }

  private static List<InlayHint> hints(Sample sample, int end) {
    return InlayHintHandler.in(sample.view(), new Span(sample.offset(), end));
  }

  private static String hinted(Sample sample) {
    StringBuilder lines = new StringBuilder();
    for (InlayHint hint : hints(sample, sample.view().text().length())) {
      int line = hint.getPosition().getLine();
      String text = sample.view().text().line(line);
      int at = hint.getPosition().getCharacter();
      lines
          .append(line + 1)
          .append(": ")
          .append(text, 0, at)
          .append(" <")
          .append(hint.getLabel().getLeft())
          .append(">")
          .append(text.substring(at))
          .append('\n');
    }
    return lines.isEmpty() ? "nothing" : lines.toString();
  }

  @Test
  void nothing_is_hinted_outside_of_what_is_asked_for() {
    Sample sample = Carets.samples(Carets.fixtures("hints").findFirst().orElseThrow()).getFirst();
    assertThat(hints(sample, sample.view().text().length())).isNotEmpty();
    assertThat(InlayHintHandler.in(sample.view(), new Span(0, 5))).isEmpty();
  }
}
