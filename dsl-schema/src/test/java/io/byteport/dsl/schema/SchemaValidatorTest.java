package io.byteport.dsl.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.SourceMap;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.Style;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import io.byteport.dsl.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaValidatorTest {
  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "schema");

  private static SourceFile golden(String name) throws IOException {
    return new SourceFile(name, Files.readString(GOLDEN.resolve(name)));
  }

  private static List<Diagnostic> validate(SourceFile file) {
    YamlNode root = YamlReader.read(file).value().orElseThrow();
    return SchemaValidator.validate(file, root, DocumentKind.of(root).orElse(DocumentKind.RUNBOOK));
  }

  /** The words of the validator's library, none of which may ever be seen. */
  private static final Pattern FOREIGN =
      Pattern.compile(
          "additional propert|is not defined in the schema|must be |must have|required"
              + " property|does not match|does not"
              + " have|enumeration|regex|schema|oneOf|anyOf|\\$defs|dependent required|valid");

  private static final List<YamlNode> REPLACEMENTS =
      List.of(
          plain("", Value.NULL),
          plain("5", Value.of(5)),
          plain("-0.5", Value.of(-0.5)),
          plain("true", Value.TRUE),
          plain("some text: {", Value.of("some text: {")),
          plain("", Value.of("")),
          new YamlSequence(List.of(), true, new Span(0, 2)),
          new YamlSequence(List.of(plain("x", Value.of("x"))), true, new Span(0, 2)),
          new YamlMapping(List.of(), true, new Span(0, 2)),
          new YamlMapping(
              List.of(
                  new Entry(plain("whatever", Value.of("whatever")), plain("x", Value.of("x")))),
              true,
              new Span(0, 2)));

  private static YamlScalar plain(String text, Value value) {
    return new YamlScalar(
        text, value, Style.PLAIN, SourceMap.straight(0, text.length()), new Span(0, text.length()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"full.yaml", "full-at.yaml", "test-full.yaml"})
  void whatever_stands_where_the_finding_is_in_our_words_and_once(String name) throws IOException {
    SourceFile file = golden(name);
    YamlMapping root = (YamlMapping) YamlReader.read(file).value().orElseThrow();
    DocumentKind kind = DocumentKind.of(root).orElseThrow();
    List<Integer> tried = new ArrayList<>();
    eachVariant(
        root,
        variant -> {
          tried.add(1);
          List<Diagnostic> found = SchemaValidator.validate(file, variant, kind);
          assertThat(found).allSatisfy(SchemaValidatorTest::isOurs);
          assertThat(found.stream().map(each -> each.span() + each.message()).distinct())
              .hasSameSizeAs(found);
        });
    assertThat(tried).hasSizeGreaterThan(100);
  }

  private static void isOurs(Diagnostic found) {
    assertThat(found.message().replaceAll("`[^`]*`", "``")).doesNotContainPattern(FOREIGN);
    assertThat(found.message()).startsWith("expected ").contains(", found ").doesNotContain("  ");
    assertThat(found.code().id()).startsWith("BP-SCHEMA-");
    if (found.hint() != null) {
      assertThat(found.hint().replaceAll("`[^`]*`", "``"))
          .isNotBlank()
          .doesNotContainPattern("is not defined|must be valid");
    }
  }

  /** Every document that differs from one in a single node. */
  private static void eachVariant(YamlNode node, Consumer<YamlNode> variants) {
    if (!(node instanceof YamlScalar)) {
      switch (node) {
        case YamlMapping mapping -> {
          for (int i = 0; i < mapping.entries().size(); i++) {
            int at = i;
            variants.accept(without(mapping, at));
            variants.accept(with(mapping, at, "unknown-key", mapping.entries().get(at).value()));
            eachVariant(
                mapping.entries().get(at).value(),
                variant ->
                    variants.accept(
                        with(mapping, at, mapping.entries().get(at).key().text(), variant)));
          }
        }
        case YamlSequence sequence -> {
          for (int i = 0; i < sequence.items().size(); i++) {
            int at = i;
            eachVariant(
                sequence.items().get(i), variant -> variants.accept(with(sequence, at, variant)));
          }
        }
        case YamlScalar scalar -> throw new IllegalStateException();
      }
    }
    REPLACEMENTS.forEach(variants);
  }

  private static YamlMapping without(YamlMapping mapping, int at) {
    List<Entry> entries = new ArrayList<>(mapping.entries());
    entries.remove(at);
    return new YamlMapping(entries, mapping.flow(), mapping.span());
  }

  private static YamlMapping with(YamlMapping mapping, int at, String key, YamlNode value) {
    List<Entry> entries = new ArrayList<>(mapping.entries());
    YamlScalar before = entries.get(at).key();
    YamlScalar name =
        new YamlScalar(key, Value.of(key), before.style(), before.map(), before.span());
    entries.set(at, new Entry(name, value));
    return new YamlMapping(entries, mapping.flow(), mapping.span());
  }

  private static YamlSequence with(YamlSequence sequence, int at, YamlNode item) {
    List<YamlNode> items = new ArrayList<>(sequence.items());
    items.set(at, item);
    return new YamlSequence(items, sequence.flow(), sequence.span());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      value = {
        "escalate:¦excalate:",
        "classify:¦clasify:",
        "'      - escalate:'¦'      - escalte:'",
        "'  status:'¦'  stauts:'",
        "'      because:'¦'      becuase:'",
      })
  void a_misspelt_field_is_one_finding_with_a_fix_that_mends_it(String right, String wrong)
      throws IOException {
    SourceFile clean = golden("clean.yaml");
    SourceFile broken = new SourceFile("x", clean.text().replaceFirst("(?m)^" + right, wrong));
    assertThat(broken.text()).isNotEqualTo(clean.text());
    List<Diagnostic> found = validate(broken);
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().code()).isEqualTo(DiagnosticCode.SCHEMA_UNKNOWN_FIELD);
    Span span = found.getFirst().fixes().getFirst().span();
    String mended =
        broken.text().substring(0, span.start())
            + found.getFirst().fixes().getFirst().replacement()
            + broken.text().substring(span.end());
    assertThat(mended).isEqualTo(clean.text());
  }

  @Test
  void an_aliased_part_is_judged_where_it_stands() {
    SourceFile file =
        new SourceFile(
            "x",
            "apiVersion: byteport.io/v1\n"
                + "kind: RunbookTest\n"
                + "runbook: x\n"
                + "given: &g { mode: livee }\n"
                + "cases: [{ name: x, given: *g, expect: { class: x } }]\n");
    assertThat(validate(file))
        .singleElement()
        .satisfies(found -> assertThat(file.text(found.span())).isEqualTo("livee"));
  }

  @Test
  void a_kind_is_known_by_its_word() {
    assertThat(DocumentKind.of(root("kind: Runbook"))).contains(DocumentKind.RUNBOOK);
    assertThat(DocumentKind.of(root("kind: RunbookTest"))).contains(DocumentKind.RUNBOOK_TEST);
    assertThat(DocumentKind.of(root("kind: Something"))).isEmpty();
    assertThat(DocumentKind.of(root("kind: []"))).isEmpty();
    assertThat(DocumentKind.of(root("- a"))).isEmpty();
    assertThat(DocumentKind.of(root("a"))).isEmpty();
  }

  private static YamlNode root(String text) {
    return YamlReader.read(new SourceFile("x", text)).value().orElseThrow();
  }
}
