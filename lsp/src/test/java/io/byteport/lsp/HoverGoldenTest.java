package io.byteport.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.source.Span;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HoverGoldenTest {
  private static final int SHOWN = 700;

  static Stream<Path> fixtures() {
    return Carets.fixtures("hover");
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void what_is_told_at_each_caret(Path fixture) {
    String actual = Carets.answers(fixture, HoverGoldenTest::told);
    assertThat(actual).isEqualTo(Carets.expected(fixture, actual));
  }

  private static String told(Sample sample) {
    return HoverHandler.at(sample.view(), sample.offset())
        .map(
            hover -> {
              Span span = Positions.span(sample.view().text(), hover.getRange());
              String words = hover.getContents().getRight().getValue();
              return "`"
                  + sample.view().text().text(span)
                  + "`\n"
                  + (words.length() > SHOWN ? words.substring(0, SHOWN) + "..." : words);
            })
        .orElse("nothing");
  }
}
