package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.DiagnosticPage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExplainCodeTest {
  private static final Terminal PLAIN = terminal(false);
  private static final Terminal COLOURED = terminal(true);

  private static Terminal terminal(boolean colour) {
    PrintWriter out = new PrintWriter(new StringWriter());
    return new Terminal(out, out, colour);
  }

  @ParameterizedTest
  @EnumSource(DiagnosticCode.class)
  void every_code_is_explained_with_its_whole_page(DiagnosticCode code) {
    Program explained = Program.run("explain-code", code.id());
    assertThat(explained.status()).isEqualTo(ExitStatus.OK);
    assertThat(explained.out())
        .startsWith(headed(code, "  ") + "\n\nWhat it means\n")
        .contains("\nWhy it matters\n", "\nBad\n", "\nGood\n", "\nHow to fix it\n")
        .doesNotContain("```", "\u001b");
    assertThat(words(explained.out())).isEqualTo(headed(code, " ") + " " + words(unmarked(code)));
  }

  private static String headed(DiagnosticCode code, String gap) {
    return code.id() + gap + code.severity().name().toLowerCase(Locale.ROOT) + ": " + code.title();
  }

  private static String unmarked(DiagnosticCode code) {
    return DiagnosticPage.of(code).body().replaceAll("(?m)^```.*$|^## ", "");
  }

  private static String words(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  @ParameterizedTest
  @EnumSource(DiagnosticCode.class)
  void prose_is_wrapped_and_code_is_not(DiagnosticCode code) {
    String body = DiagnosticPage.of(code).body();
    String shown = Markdown.show(body, PLAIN, 50);
    assertThat(shown.lines().filter(line -> !line.startsWith("    ")))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(50));
    String block = body.substring(body.indexOf('\n', body.indexOf("```")) + 1);
    assertThat(shown)
        .contains(
            block.substring(0, block.indexOf("\n```") + 1).indent(4).replaceAll(" +\n", "\n"));
  }

  @Test
  void lists_are_indented_under_their_marks() {
    assertThat(Markdown.show("Both:\n\n- one two three\n  four\n- five\n", PLAIN, 12))
        .isEqualTo("Both:\n\n- one two\n  three four\n- five\n");
  }

  @Test
  void colours_replace_backticks() {
    assertThat(Markdown.show("## A\n\na `b$c` d\n", COLOURED, 40))
        .isEqualTo("\u001b[1mA\u001b[0m\n\na \u001b[36mb$c\u001b[0m d\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"BP-EXPR-003", "bp-expr-003", "EXPR-003", " expr-003"})
  void a_code_is_found_however_it_is_written(String code) {
    assertThat(Program.run("explain-code", code).out()).startsWith("BP-EXPR-003  error: ");
  }

  @Test
  void a_wrong_code_is_wrong_usage_and_the_nearest_is_named() {
    Program wrong = Program.run("explain-code", "BP-EXPR-03");
    assertThat(wrong.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(wrong.err())
        .isEqualTo("byteport: no code `BP-EXPR-03`; did you mean `BP-EXPR-003`?\n");
    assertThat(Program.run("explain-code", "nothing").err())
        .isEqualTo("byteport: no code `nothing`; `byteport explain-code` lists them all\n");
  }

  @Test
  void without_a_code_all_are_listed() {
    assertThat(Program.run("explain-code").out().lines().map(line -> line.split(" +", 2)[0]))
        .containsExactlyElementsOf(
            Arrays.stream(DiagnosticCode.values()).map(DiagnosticCode::id).toList());
  }

  @Test
  void programs_get_the_page_and_the_list_as_json() {
    JsonNode page = json("explain-code", "-o", "json", "BP-FLOW-001");
    assertThat(page.path("page").stringValue()).isEqualTo("docs/diagnostics/BP-FLOW-001.md");
    assertThat(page.path("markdown").stringValue()).startsWith("# BP-FLOW-001: ");
    assertThat(page.path("severity").stringValue()).isEqualTo("error");
    assertThat(json("explain-code", "-o", "json").size()).isEqualTo(DiagnosticCode.values().length);
  }

  private static JsonNode json(String... args) {
    return JsonMapper.shared().readTree(Program.run(args).out());
  }
}
