package io.byteport.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.Range;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in a text while it is being typed, every question gets an answer. */
class HalfTypedTest {
  private static final Path SHIPPED = Path.of("..", "runbooks-yaml");
  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");

  private int answers;

  private void ask(Sample sample) {
    List<CompletionItem> items = CompletionHandler.at(sample.view(), sample.offset());
    SourceFile text = sample.view().text();
    for (CompletionItem item : items) {
      Range range = item.getTextEdit().getLeft().getRange();
      assertThat(range.getStart().getLine())
          .as("an edit stays on its line: %s", item)
          .isEqualTo(range.getEnd().getLine());
      Span span = Positions.span(text, range);
      assertThat(span.start()).as("an edit holds the caret").isLessThanOrEqualTo(sample.offset());
      assertThat(span.end()).isGreaterThanOrEqualTo(sample.offset());
    }
    answers += items.size();
    answers += HoverHandler.at(sample.view(), sample.offset()).isPresent() ? 1 : 0;
    answers += SignatureHelpHandler.at(sample.view(), sample.offset()).isPresent() ? 1 : 0;
    answers += InlayHintHandler.in(sample.view(), new Span(0, text.length())).size();
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file).replace(Sample.CARET, "");
  }

  private static Sample typed(String name, String text) {
    return Sample.of(Map.of(name, text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hover/runbook.yaml", "hover/agent.yaml", "hover/checks.test.yaml"})
  void every_prefix_of_a_small_file_is_answered(String fixture) throws IOException {
    Path file = GOLDEN.resolve(fixture);
    String text = read(file);
    for (int end = 0; end <= text.length(); end++) {
      ask(typed(file.getFileName().toString(), text.substring(0, end) + Sample.CARET));
    }
    assertThat(answers).isGreaterThan(text.length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kubernetes/crash_loop_backoff.yaml",
        "databases/db_connection_pool_exhaustion.test.yaml",
        "kubernetes/pod.library.yaml"
      })
  void prefixes_of_a_real_file_are_answered(String shipped) throws IOException {
    Path file = SHIPPED.resolve(shipped);
    String text = read(file);
    for (int end = 0; end <= text.length(); end += 149) {
      ask(typed(file.getFileName().toString(), text.substring(0, end) + Sample.CARET));
    }
    assertThat(answers).isPositive();
  }

  @Test
  void a_text_from_which_something_was_torn_is_answered_everywhere() throws IOException {
    String text = read(SHIPPED.resolve("kubernetes/crash_loop_backoff.yaml"));
    Random random = new Random(20261122);
    for (int i = 0; i < 120; i++) {
      int start = random.nextInt(text.length());
      int end = Math.min(text.length(), start + random.nextInt(60));
      String torn = text.substring(0, start) + text.substring(end);
      int caret = random.nextBoolean() ? start : random.nextInt(torn.length());
      ask(
          typed(
              "crash_loop_backoff.yaml",
              torn.substring(0, caret) + Sample.CARET + torn.substring(caret)));
    }
    assertThat(answers).isPositive();
  }

  @Test
  void odd_texts_are_answered() {
    for (String odd :
        List.of(
            "",
            "\n",
            "\uFEFFa",
            ":",
            "- ",
            "{",
            "[",
            "\"",
            "'",
            "#",
            "|",
            "a: |\n",
            "\t",
            "&a",
            "*a",
            "!x",
            "%",
            "---\n",
            "a: ${",
            "a: \"${",
            "😀: 😀",
            "\r\n\r\n",
            "a:\r\n  b",
            "? ",
            "kind: Runbook\ndiagnose:\n  a: any(")) {
      ask(typed("runbook.yaml", odd + Sample.CARET));
      ask(typed("runbook.yaml", Sample.CARET + odd));
      ask(typed("checks.test.yaml", odd + Sample.CARET));
      ask(typed("agent.yaml", odd + Sample.CARET));
    }
    assertThat(answers).isPositive();
  }
}
