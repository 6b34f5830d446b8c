package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.byteport.dsl.schema.DocumentKind;
import io.byteport.dsl.source.SourceFile;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class SchemaCommandTest {

  private static Schema schema(String... args) {
    Program printed = Program.run(args);
    assertThat(printed.status()).isEqualTo(ExitStatus.OK);
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
        .getSchema(printed.out(), InputFormat.JSON);
  }

  static List<SourceFile> runbooks() throws IOException {
    return Library.runbooks();
  }

  static List<SourceFile> tests() throws IOException {
    return Library.tests();
  }

  @ParameterizedTest
  @MethodSource("runbooks")
  void every_runbook_of_the_library_is_accepted(SourceFile runbook) {
    assertThat(schema("schema").validate(runbook.text(), InputFormat.YAML)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("tests")
  void every_test_of_the_library_is_accepted(SourceFile test) {
    assertThat(schema("schema", "runbook-test").validate(test.text(), InputFormat.YAML)).isEmpty();
  }

  @Test
  void a_misspelt_action_of_a_runbook_of_the_library_is_refused() throws IOException {
    String runbook =
        Library.runbooks().stream()
            .map(SourceFile::text)
            .filter(text -> text.contains("kubectl.pod\n"))
            .findFirst()
            .orElseThrow()
            .replace("kubectl.pod\n", "kubectl.pot\n");
    assertThat(schema("schema").validate(runbook, InputFormat.YAML)).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(DocumentKind.class)
  void every_kind_of_document_has_a_schema(DocumentKind kind) {
    assertThat(
            JsonMapper.shared()
                .readTree(Program.run("schema", kind.word()).out())
                .at("/properties/kind/const")
                .stringValue())
        .isEqualTo(kind.word());
  }

  @ParameterizedTest
  @ValueSource(strings = {"RunbookTest", "runbook-test", "RUNBOOK-TEST"})
  void a_kind_is_found_however_it_is_written(String kind) {
    assertThat(Program.run("schema", kind).out())
        .isEqualTo(Program.run("schema", "RunbookTest").out());
  }

  @Test
  void a_wrong_kind_is_wrong_usage_and_the_nearest_is_named() {
    Program wrong = Program.run("schema", "runbok");
    assertThat(wrong.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(wrong.err())
        .isEqualTo("byteport: no kind of document `runbok`; did you mean `runbook`?\n");
    assertThat(Program.run("schema", "deployment").err())
        .contains("there is `runbook`, `library`, `runbook-test`");
  }
}
