package io.byteport.dsl.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Diagnostics;
import io.byteport.dsl.schema.DocumentKind;
import io.byteport.dsl.schema.SchemaValidator;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class FrontGoldenTest {
  private static final GoldenFolder YAML =
      new GoldenFolder("yaml", file -> YamlReader.read(file).diagnostics());
  private static final GoldenFolder SCHEMA = new GoldenFolder("schema", FrontGoldenTest::shape);

  private static List<Diagnostic> shape(SourceFile file) {
    Checked<YamlNode> yaml = YamlReader.read(file);
    List<Diagnostic> found = new ArrayList<>(yaml.diagnostics());
    yaml.value()
        .ifPresent(
            root ->
                found.addAll(
                    SchemaValidator.validate(
                        file, root, DocumentKind.of(root).orElse(DocumentKind.RUNBOOK))));
    return Diagnostics.sort(found);
  }

  @TestFactory
  Stream<DynamicTest> what_is_wrong_with_the_yaml_is_told_at_its_place() {
    return YAML.tests();
  }

  @TestFactory
  Stream<DynamicTest> what_is_wrong_with_the_shape_is_told_at_its_place() {
    return SCHEMA.tests();
  }

  @Test
  void every_code_about_yaml_and_shape_has_a_text_that_triggers_it() {
    Set<DiagnosticCode> triggered = new HashSet<>(YAML.codes());
    triggered.addAll(SCHEMA.codes());
    assertThat(triggered)
        .containsAll(
            Arrays.stream(DiagnosticCode.values())
                .filter(
                    code -> code.id().startsWith("BP-YAML-") || code.id().startsWith("BP-SCHEMA-"))
                .toList());
  }
}
