package io.byteport.dsl.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.check.Catalogues;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.check.Models;
import io.byteport.dsl.check.RunbookLoader;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlReader;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class FormatterTest {
  private final RunbookLoader loader = new RunbookLoader(Catalogues.TEST);

  private static Stream<DynamicTest> each(Consumer<SourceFile> promise) {
    return EveryYaml.all().stream()
        .map(file -> DynamicTest.dynamicTest(file.name(), () -> promise.accept(file)));
  }

  private static SourceFile laidOut(SourceFile file) {
    return new SourceFile(file.name(), Formatter.format(file).value().orElse(file.text()));
  }

  private static String laidOut(String text) {
    return Formatter.format(new SourceFile("test.yaml", text)).value().orElseThrow();
  }

  @TestFactory
  Stream<DynamicTest> a_runbook_is_the_same_before_and_after() {
    return each(
        file -> {
          Checked<CheckedRunbook> before = loader.load(file);
          Checked<CheckedRunbook> after = loader.load(laidOut(file));
          assertThat(after.value().isPresent()).isEqualTo(before.value().isPresent());
          if (!isAmbiguous(before)) {
            assertThat(messages(after)).containsExactlyInAnyOrderElementsOf(messages(before));
            assertThat(Models.of(laidOut(file))).isEqualTo(Models.of(file));
          }
        });
  }

  /**
   * Whether a file has two fields of which only one may be: then the order decides what is read.
   */
  private static boolean isAmbiguous(Checked<?> checked) {
    return checked.diagnostics().stream()
        .anyMatch(diagnostic -> diagnostic.code() == DiagnosticCode.SCHEMA_EXCLUSIVE);
  }

  private static List<String> messages(Checked<?> checked) {
    return checked.diagnostics().stream()
        .map(diagnostic -> diagnostic.code().id() + " " + diagnostic.message())
        .toList();
  }

  @TestFactory
  Stream<DynamicTest> what_is_laid_out_stays_as_it_is() {
    return each(file -> assertThat(laidOut(laidOut(file)).text()).isEqualTo(laidOut(file).text()));
  }

  @TestFactory
  Stream<DynamicTest> no_line_ends_in_blanks_and_the_last_one_ends() {
    return each(
        file -> {
          if (Formatter.format(file).value().isPresent()) {
            assertThat(laidOut(file).text()).endsWith("\n").doesNotEndWith("\n\n");
            assertThat(laidOut(file).text().lines()).noneMatch(line -> line.endsWith(" "));
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> only_what_is_no_yaml_or_no_document_of_ours_is_left_as_it_is() {
    return each(
        file -> {
          Checked<String> formatted = Formatter.format(file);
          Checked<YamlNode> yaml = YamlReader.read(file);
          if (formatted.value().isEmpty()) {
            assertThat(formatted.diagnostics()).isNotEmpty();
            assertThat(formatted.diagnostics())
                .extracting(Diagnostic::code)
                .allMatch(
                    code ->
                        yaml.hasErrors()
                            || code == DiagnosticCode.SCHEMA_UNKNOWN_KIND
                            || code == DiagnosticCode.SCHEMA_WRONG_TYPE
                            || file.name().endsWith("alias-before-anchor.yaml"));
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> the_library_is_formatted() {
    return EveryYaml.under(EveryYaml.LIBRARY).stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.name(), () -> assertThat(file.text()).isEqualTo(laidOut(file).text())));
  }

  @Test
  void line_breaks_of_other_systems_become_line_feeds() {
    String text =
        "apiVersion: byteport.io/v1\n"
            + "kind: RunbookTest\n"
            + "runbook: a  # b\n"
            + "cases:\n"
            + "  - name: |\n"
            + "      a\n\n"
            + "      b\n";
    String expected = laidOut(text);
    assertThat(laidOut(text.replace("\n", "\r\n"))).isEqualTo(expected).doesNotContain("\r");
    assertThat(laidOut(text.replace("\n", "\r"))).isEqualTo(expected);
    assertThat(laidOut(text.stripTrailing())).isEqualTo(expected);
  }

  @Test
  void json_becomes_yaml() {
    assertThat(
            laidOut(
                """
                {"kind": "RunbookTest", "apiVersion": "byteport.io/v1",
                 "cases": [{"name": "a case", "expect": {"result": "resolved"}}],
                 "runbook": "disk_full"}
                """))
        .isEqualTo(
            """
            apiVersion: byteport.io/v1
            kind: RunbookTest
            runbook: disk_full

            cases: [{ name: a case, expect: { result: resolved } }]
            """);
  }

  @Test
  void comments_beside_text_keep_their_column_where_they_can() {
    assertThat(
            laidOut(
                """
                kind: RunbookTest             # one
                runbook: "disk_full"          # two
                cases: [{name: "a longer name",expect: {result: resolved}}] # three
                """))
        .isEqualTo(
            """
            kind: RunbookTest             # one
            runbook: disk_full            # two

            cases: [{ name: a longer name, expect: { result: resolved } }]  # three
            """);
  }
}
