package io.byteport.dsl.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Fix;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.Style;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {

  private static YamlMapping read(SourceFile file) {
    Checked<YamlNode> checked = YamlReader.read(file);
    assertThat(checked.diagnostics()).isEmpty();
    return (YamlMapping) checked.value().orElseThrow();
  }

  private static SourceFile file(String text) {
    return new SourceFile("x.yaml", text);
  }

  private static YamlScalar scalar(String text) {
    return (YamlScalar) read(file(text)).get("a").orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"null", "Null", "NULL", "~", "''"})
  void the_words_for_nothing_are_null(String text) {
    assertThat(scalar("a: " + text + "\n").value()).isEqualTo(Value.NULL);
  }

  @ParameterizedTest
  @CsvSource({"true,true", "True,true", "TRUE,true", "false,false", "False,false", "FALSE,false"})
  void the_words_for_truth_are_booleans(String text, boolean value) {
    assertThat(scalar("a: " + text + "\n").value()).isEqualTo(Value.of(value));
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "-7,-7",
    "+7,7",
    "0o17,15",
    "0x1F,31",
    "1.5,1.5",
    ".5,0.5",
    "1.,1",
    "1e3,1000",
    "-1.5E-2,-0.015",
    "007,7"
  })
  void numbers_are_numbers(String text, double value) {
    assertThat(scalar("a: " + text + "\n").value()).isEqualTo(Value.of(value));
    assertThat(scalar("a: " + text + "\n").text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    ".nan",
    ".inf",
    "-.inf",
    "1e999",
    "yes",
    "no",
    "on",
    "off",
    "1.0.0",
    "5m",
    "80%",
    "0b1",
    "1_000",
    "12:30",
    "2026-11-21",
    "e3",
    "."
  })
  void everything_else_is_text(String text) {
    assertThat(scalar("a: " + text + "\n").value()).isEqualTo(Value.of(text));
  }

  @ParameterizedTest
  @CsvSource({"'\"true\"'", "\"'12'\"", "\"'null'\"", "'\"\"'"})
  void quotes_make_text(String quoted) {
    YamlScalar scalar = scalar("a: " + quoted + "\n");
    assertThat(scalar.value()).isEqualTo(Value.of(scalar.text()));
    assertThat(scalar.style()).isIn(Style.SINGLE_QUOTED, Style.DOUBLE_QUOTED);
  }

  @Test
  void nodes_know_where_they_stand() {
    SourceFile file =
        file(
            """
            a: &anchor "text"   # comment
            b:
              - {c: 1, d: [2, 3]}
              - e:
                  f: >-
                    folded
                    text

            g: |
              literal
            h:
            i: *anchor
            """);
    YamlMapping root = read(file);
    assertThat(root.entries().stream().map(entry -> file.text(entry.key().span())))
        .containsExactly("a", "b", "g", "h", "i");
    assertThat(file.text(root.get("a").orElseThrow().span())).isEqualTo("\"text\"");
    YamlSequence list = (YamlSequence) root.get("b").orElseThrow();
    assertThat(file.text(list.items().get(0).span())).isEqualTo("{c: 1, d: [2, 3]}");
    assertThat(file.text(list.items().get(1).span()))
        .isEqualTo("e:\n      f: >-\n        folded\n        text");
    assertThat(file.text(list.span())).startsWith("- {c").endsWith("text");
    assertThat(list.flow()).isFalse();
    assertThat(((YamlMapping) list.items().get(0)).flow()).isTrue();
    assertThat(file.text(root.get("g").orElseThrow().span())).isEqualTo("|\n  literal");
    assertThat(root.get("h").orElseThrow().span().length()).isZero();
    assertThat(root.get("i")).containsSame(root.get("a").orElseThrow());
    assertThat(root.span().end()).isEqualTo(file.length() - 1);
  }

  @Test
  void a_pair_in_a_list_is_a_map_that_ends_with_its_value() {
    SourceFile file = file("a: [b: c]\n");
    YamlSequence list = (YamlSequence) read(file).get("a").orElseThrow();
    assertThat(file.text(list.items().getFirst().span())).isEqualTo("b: c");
    assertThat(file.text(list.span())).isEqualTo("[b: c]");
  }

  @Test
  void anchors_in_front_of_collections_do_not_belong_to_them() {
    SourceFile file = file("a: &x\n  # why\n  b: c\nd: &y\n  - e\nf: &z {g: h}\ni: [*x, *y, *z]\n");
    YamlMapping root = read(file);
    assertThat(file.text(root.get("a").orElseThrow().span())).isEqualTo("b: c");
    assertThat(file.text(root.get("d").orElseThrow().span())).isEqualTo("- e");
    assertThat(file.text(root.get("f").orElseThrow().span())).isEqualTo("{g: h}");
    assertThat(((YamlSequence) root.get("i").orElseThrow()).items())
        .containsExactly(
            root.get("a").orElseThrow(), root.get("d").orElseThrow(), root.get("f").orElseThrow());
  }

  @Test
  void the_first_of_two_equal_keys_counts() {
    SourceFile file = file("a: 1\nb: 2\na: 3\n");
    Checked<YamlNode> checked = YamlReader.read(file);
    assertThat(checked.diagnostics())
        .singleElement()
        .extracting(Diagnostic::code)
        .isEqualTo(DiagnosticCode.YAML_DUPLICATE_KEY);
    assertThat(checked.diagnostics().getFirst().related())
        .singleElement()
        .satisfies(place -> assertThat(place.span().start()).isZero());
    YamlMapping root = (YamlMapping) checked.value().orElseThrow();
    assertThat(root.entries()).extracting(entry -> entry.key().text()).containsExactly("a", "b");
    assertThat(((YamlScalar) root.get("a").orElseThrow()).text()).isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '¦',
      value = {
        "a: {b: f(x, y), c: d}         ¦ f(x, y)         ¦ b",
        "a: {b: f(x, g(y, z)), c: d}   ¦ f(x, g(y, z))   ¦ b",
        "a: {b: this, or that }        ¦ this, or that   ¦ b",
        "a: {b: x == \"1, 2\"}         ¦ x == \"1, 2\"   ¦ b",
        "a: !b and c                   ¦ !b and c        ¦",
        "a: x ~= \"y #z\"              ¦ x ~= \"y #z\"   ¦",
        "a: *b                         ¦ *b              ¦",
      })
  void what_was_meant_is_read_where_a_trap_has_been_told(String text, String meant, String field) {
    Checked<YamlNode> checked = YamlReader.read(file(text.strip() + "\n"));
    assertThat(checked.diagnostics())
        .singleElement()
        .extracting(Diagnostic::code)
        .isEqualTo(DiagnosticCode.YAML_TRAP);
    YamlNode value = ((YamlMapping) checked.value().orElseThrow()).get("a").orElseThrow();
    YamlNode read = field == null ? value : ((YamlMapping) value).get(field).orElseThrow();
    assertThat(((YamlScalar) read).text()).isEqualTo(meant);
    assertThat(file(text).text(read.span())).isEqualTo(meant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: it's # what's here",
        "a: (b # (c",
        "a: endpoints(log)  # every host (and port)",
        "a: {b: (?i)(x|y), c: 'd, e', f: g == \"h\"}",
        "a: [b c, \"d, e\", (f)]",
        "a: {b: , c: d}",
        "a: {b, c: d}",
        "a: http://x:80/y",
        "a: b#c",
        "a: 5 % 2",
        "a: x[\"y\"] == [1, 2]",
        "a: ${b.c} and ${d}",
        "a: -x",
        "a: ?x",
        "a: don't",
      })
  void harmless_texts_are_no_traps(String text) {
    assertThat(YamlReader.read(file(text + "\n")).diagnostics()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '¦',
      value = {
        "a: b: c # d                      ¦ a: 'b: c' # d",
        "a: it's: c                       ¦ a: \"it's: c\"",
        "a: {b: f(x, y), c: d}            ¦ a: {b: 'f(x, y)', c: d}",
        "a: {b: this, or that }           ¦ a: {b: 'this, or that' }",
        "a: [f(x, y), z]                  ¦ a: ['f(x, y)', z]",
        "a: {b: ${c.d}, e: f}             ¦ a: {b: '${c.d}', e: f}",
        "a: {b: x-${c.d}, e: f}           ¦ a: {b: 'x-${c.d}', e: f}",
        "a: [x, ${f(c, d)}]               ¦ a: [x, '${f(c, d)}']",
        "a: {b: c in [1, 2], d: e}        ¦ a: {b: 'c in [1, 2]', d: e}",
        "a: {b: \"c\" in d, e: f}         ¦ a: {b: '\"c\" in d', e: f}",
        "a: {b: c: d, e: f}               ¦ a: {b: 'c: d', e: f}",
        "a: \"b\" == c  # d               ¦ a: '\"b\" == c'  # d",
        "a: [1, 2] contains b             ¦ a: '[1, 2] contains b'",
        "a: {b} is down                   ¦ a: '{b} is down'",
        "a: 'It's full'                   ¦ a: \"It's full\"",
        "a: !b == c                       ¦ a: not b == c",
        "a: *b                            ¦ a: '*b'",
        "a: *b.c                          ¦ a: '*b.c'",
        "a: @b                            ¦ a: '@b'",
        "a: %b                            ¦ a: '%b'",
        "a: > 5                           ¦ a: '> 5'",
        "a: || b                          ¦ a: '|| b'",
        "a: - b                           ¦ a: '- b'",
        "a: && b                          ¦ a: '&& b'",
        "a: x ~= \"y #z\"                 ¦ a: 'x ~= \"y #z\"'",
        "a: Issue #${b}                   ¦ a: 'Issue #${b}'",
        "a: \"b\\d\"                      ¦ a: \"b\\\\d\"",
      })
  void the_fix_mends_the_text(String broken, String mended) {
    SourceFile file = file(broken.strip() + "\n");
    List<Diagnostic> found = YamlReader.read(file).diagnostics();
    assertThat(found).hasSize(1);
    Fix fix = found.getFirst().fixes().getFirst();
    StringBuilder text = new StringBuilder(file.text());
    text.replace(
        file.text().offsetByCodePoints(0, fix.span().start()),
        file.text().offsetByCodePoints(0, fix.span().end()),
        fix.replacement());
    assertThat(text.toString().strip()).isEqualTo(mended.strip());
    assertThat(YamlReader.read(file(text.toString())).diagnostics()).isEmpty();
  }

  @Test
  void a_key_may_be_a_number_or_a_word_for_truth() {
    assertThat(read(file("404: a\ntrue: b\n")).entries())
        .extracting(Entry::key)
        .extracting(YamlScalar::text)
        .containsExactly("404", "true");
  }

  @Test
  void a_document_may_be_marked_as_one() {
    assertThat(read(file("%YAML 1.2\n---\na: b\n...\n")).entries()).hasSize(1);
  }
}
