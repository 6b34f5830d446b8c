package io.byteport.dsl.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.check.Models;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.DiagnosticPrinter;
import io.byteport.dsl.schema.DocumentKind;
import io.byteport.dsl.schema.SchemaValidator;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlReader;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;

class FormatterPropertyTest {
  @Property(tries = 3000)
  void whatever_is_yaml_is_laid_out_once_for_all_with_every_comment(@ForAll long seed) {
    SourceFile file = new SourceFile("sloppy.yaml", SloppyYaml.of(seed));
    Checked<YamlNode> read = YamlReader.read(file);
    Checked<String> formatted = Formatter.format(file);
    Statistics.label("is YAML").collect(!read.hasErrors());
    if (read.hasErrors()) {
      assertThat(formatted.value()).isEmpty();
      assertThat(formatted.diagnostics()).isEqualTo(read.diagnostics());
      return;
    }
    if (usesAnAnchor(file) && isRefused(formatted)) {
      return; // an alias cannot come before its anchor: the file stays as it is, and is told why
    }
    assertThat(formatted.value())
        .as("%s%n%s", file.text(), new DiagnosticPrinter(false).print(formatted.diagnostics()))
        .isPresent();
    String text = formatted.value().orElseThrow();
    SourceFile after = new SourceFile("sloppy.yaml", text);
    assertThat(Formatter.format(after).value()).as(file.text()).contains(text);
    assertThat(comments(after)).containsExactlyInAnyOrderElementsOf(comments(file));
    if (SchemaValidator.validate(file, read.value().orElseThrow(), kind(read)).stream()
        .anyMatch(finding -> finding.code() == DiagnosticCode.SCHEMA_EXCLUSIVE)) {
      return; // two fields of which only one may be: their order decides which is read
    }
    assertThat(Models.of(after)).as("%s%n%s", file.text(), text).isEqualTo(Models.of(file));
  }

  private static boolean usesAnAnchor(SourceFile file) {
    return Pattern.compile("[:-] +\\*[a-z]").matcher(file.text()).find();
  }

  private static boolean isRefused(Checked<String> formatted) {
    return formatted.value().isEmpty()
        && formatted.diagnostics().stream()
            .allMatch(finding -> finding.code() == DiagnosticCode.FORMAT_REFUSED);
  }

  private static DocumentKind kind(Checked<YamlNode> read) {
    return DocumentKind.of(read.value().orElseThrow()).orElseThrow();
  }

  /** Counted in the text itself: what the generator writes before a number. */
  private static List<String> comments(SourceFile file) {
    return Pattern.compile("# ?(above|beside:?|c: ..x.) ['\"y]*\\d+|# header|# in flow")
        .matcher(file.text())
        .results()
        .map(MatchResult::group)
        .toList();
  }
}
