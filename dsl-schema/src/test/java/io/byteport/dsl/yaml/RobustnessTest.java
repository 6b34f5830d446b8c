package io.byteport.dsl.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.source.SourceFile;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Texts that are meant to hurt end with one finding, soon. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RobustnessTest {

  private static Diagnostic only(String text) {
    Checked<YamlNode> checked =
        Assertions.assertTimeout(
            Duration.ofSeconds(20), () -> YamlReader.read(new SourceFile("x.yaml", text)));
    assertThat(checked.diagnostics()).hasSize(1);
    assertThat(checked.value()).isEmpty();
    return checked.diagnostics().getFirst();
  }

  @Test
  void lists_nested_ten_thousand_deep() {
    assertThat(only("a: " + "[".repeat(10_000) + "]".repeat(10_000)).code())
        .isEqualTo(DiagnosticCode.YAML_LIMIT);
  }

  @Test
  void maps_nested_ten_thousand_deep() {
    assertThat(only("{a: ".repeat(10_000) + "b" + "}".repeat(10_000)).code())
        .isEqualTo(DiagnosticCode.YAML_LIMIT);
  }

  @Test
  void list_items_nested_ten_thousand_deep() {
    assertThat(only("- ".repeat(10_000) + "b").code()).isEqualTo(DiagnosticCode.YAML_LIMIT);
  }

  @Test
  void brackets_that_are_never_closed() {
    assertThat(only("[".repeat(1_000_000)).code()).isEqualTo(DiagnosticCode.YAML_LIMIT);
  }

  @Test
  void a_billion_laughs() {
    StringBuilder text = new StringBuilder("a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]\n");
    for (int i = 1; i < 30; i++) {
      text.append("a%d: &a%d [".formatted(i, i))
          .append("*a%d, ".formatted(i - 1).repeat(10))
          .append("]\n");
    }
    assertThat(only(text.toString()).code()).isEqualTo(DiagnosticCode.YAML_LIMIT);
  }

  @Test
  void depth_through_aliases() {
    StringBuilder text = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 200; i++) {
      text.append("a%d: &a%d [*a%d]\n".formatted(i, i, i - 1));
    }
    assertThat(only(text.toString()).code()).isEqualTo(DiagnosticCode.YAML_LIMIT);
  }

  @Test
  void more_values_than_anyone_needs() {
    assertThat(only("- a\n".repeat(YamlReader.MAX_NODES + 1)).code())
        .isEqualTo(DiagnosticCode.YAML_LIMIT);
  }

  @Test
  void more_text_than_anyone_needs() {
    assertThat(only("a".repeat(YamlReader.MAX_LENGTH + 1)).code())
        .isEqualTo(DiagnosticCode.YAML_LIMIT);
  }

  @Test
  void ten_megabytes_of_one_unclosed_quote() {
    assertThat(only("a: \"" + "b ".repeat(4_900_000)).code()).isEqualTo(DiagnosticCode.YAML_SYNTAX);
  }

  @Test
  void ten_megabytes_of_text_are_read() {
    String text = "a: >\n" + "  some words on a line\n".repeat(400_000);
    Checked<YamlNode> checked = YamlReader.read(new SourceFile("x.yaml", text));
    assertThat(checked.diagnostics()).isEmpty();
  }

  @Test
  void twenty_thousand_equal_keys() {
    Checked<YamlNode> checked =
        YamlReader.read(new SourceFile("x.yaml", "key: value\n".repeat(20_000)));
    assertThat(checked.diagnostics()).hasSize(19_999);
  }

  @Test
  void ten_thousand_split_arguments() {
    String text = "a: {b: f(" + "x, ".repeat(10_000) + "x)}\n";
    Checked<YamlNode> checked = YamlReader.read(new SourceFile("x.yaml", text));
    assertThat(checked.diagnostics()).hasSize(1);
  }

  @Test
  void tabs_alone() {
    assertThat(only("\t\t\t").code())
        .isIn(DiagnosticCode.YAML_SYNTAX, DiagnosticCode.YAML_NOT_ONE_DOCUMENT);
  }

  @Test
  void nothing_at_all() {
    assertThat(only("").code()).isEqualTo(DiagnosticCode.YAML_NOT_ONE_DOCUMENT);
    assertThat(only("\n\n  \n").code()).isEqualTo(DiagnosticCode.YAML_NOT_ONE_DOCUMENT);
    assertThat(only("# a\n# b").code()).isEqualTo(DiagnosticCode.YAML_NOT_ONE_DOCUMENT);
    assertThat(only("---\n").code()).isEqualTo(DiagnosticCode.YAML_NOT_ONE_DOCUMENT);
  }

  @Test
  void line_ends_of_other_systems() {
    Checked<YamlNode> checked =
        YamlReader.read(new SourceFile("x.yaml", "a:\r\n  b: |\r\n    c\r\n    d\r\n  e: f\r\n"));
    assertThat(checked.diagnostics()).isEmpty();
  }
}
