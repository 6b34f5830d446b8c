package io.byteport.dsl.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticPrinter;
import io.byteport.dsl.diagnostic.Fix;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class DeprecatedFieldTest {
  private static final LoadedSchema SCHEMA =
      new LoadedSchema(
          JsonMapper.shared()
              .readTree(
                  """
                  {
                    "$schema": "https://json-schema.org/draft/2020-12/schema",
                    "type": "object",
                    "additionalProperties": false,
                    "properties": {
                      "title": { "type": "string" },
                      "name": {
                        "type": "string",
                        "deprecated": true,
                        "x-deprecated": { "since": "0.2.0", "instead": "title", "why": "Runbooks have titles" }
                      },
                      "colour": {
                        "type": "string",
                        "deprecated": true,
                        "x-deprecated": { "since": "0.3.0", "why": "Nothing shows it" }
                      }
                    }
                  }
                  """));

  private static List<Diagnostic> found(String text) {
    SourceFile file = new SourceFile("x.yaml", text);
    return SchemaValidator.validate(
        file, (YamlMapping) YamlReader.read(file).value().orElseThrow(), SCHEMA);
  }

  @Test
  void a_field_that_will_go_away_is_a_warning_with_its_replacement() {
    assertThat(new DiagnosticPrinter(false).print(found("name: A pod restarts\n")))
        .isEqualTo(
            """
            warning[BP-DEPRECATED-001]: expected `title`, found the field `name`, deprecated since 0.2.0
             --> x.yaml:1:1
              |
            1 | name: A pod restarts
              | ^^^^
              = hint: Runbooks have titles
            """);
    assertThat(found("name: A pod restarts\n").getFirst().fixes())
        .extracting(Fix::replacement)
        .containsExactly("title");
  }

  @Test
  void one_without_a_replacement_says_why_and_offers_no_fix() {
    assertThat(found("colour: red\n"))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.message()).contains("deprecated since 0.3.0");
              assertThat(one.hint()).isEqualTo("Nothing shows it");
              assertThat(one.fixes()).isEmpty();
            });
  }

  @Test
  void what_else_is_wrong_with_it_is_told_too() {
    assertThat(found("name: [A pod restarts]\n")).hasSize(2);
    assertThat(found("title: A pod restarts\n")).isEmpty();
  }
}
