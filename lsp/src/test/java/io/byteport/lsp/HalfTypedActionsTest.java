package io.byteport.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.source.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Actions and lenses of texts in the middle of being written. */
class HalfTypedActionsTest {
  private static final int TEXTS = 25;

  @ParameterizedTest
  @ValueSource(strings = {"cpu_saturation.yaml", "cpu_saturation.test.yaml"})
  void beginnings_and_texts_with_holes_are_answered(String name) throws IOException {
    String whole = Files.readString(Path.of("..", "runbooks-yaml", "hosts", name));
    Random random = new Random(7);
    for (int i = 0; i < TEXTS; i++) {
      int end = whole.length() * (i + 1) / TEXTS;
      int hole = random.nextInt(whole.length());
      int wide = Math.min(whole.length() - hole, random.nextInt(60));
      assertAnswered(name, whole.substring(0, end), random);
      assertAnswered(name, whole.substring(0, hole) + whole.substring(hole + wide), random);
    }
  }

  private static void assertAnswered(String name, String text, Random random) {
    View view = Sample.of(Map.of(name, text)).view();
    int start = random.nextInt(view.text().length() + 1);
    int end = start + random.nextInt(view.text().length() - start + 1);
    assertThat(Acted.at(view, new Span(start, end), Acted.findings(view))).isNotNull();
    assertThat(Acted.at(view, new Span(start, start), List.of())).isNotNull();
    assertThat(CodeLensHandler.in(view, "file:///" + name, Map.of())).isNotNull();
  }
}
