package io.byteport.dsl.ignore;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Fix;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.YamlReader;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IgnoresTest {
  private static final String COMMENT = "# byteport-ignore: BP-TEST-002 it is known";

  private static SourceFile file(String text) {
    return new SourceFile("x.yaml", text.replace("#!", COMMENT));
  }

  private static Ignores ignores(SourceFile file) {
    return Ignores.read(file, YamlReader.read(file).value().orElseThrow());
  }

  /** Whether a finding at the first place of a word is ignored. */
  private static boolean covers(String text, String word) {
    SourceFile file = file(text);
    int start = file.text().indexOf(word);
    assertThat(start).isNotNegative();
    return ignores(file)
        .covers(file, DiagnosticCode.TEST_UNUSED, new Span(start, start + word.length()));
  }

  @Test
  void alone_on_its_line_it_reaches_the_next_entry_with_all_that_is_in_it_and_no_further() {
    String text =
        """
        first: 1
        #!
        second:
          third: [4, five]
          sixth: |
            seven
        eighth: 8
        """;
    for (String inside : List.of("second", "third", "five", "sixth", "seven")) {
      assertThat(covers(text, inside)).as(inside).isTrue();
    }
    for (String outside : List.of("first", "eighth")) {
      assertThat(covers(text, outside)).as(outside).isFalse();
    }
  }

  @Test
  void above_a_list_item_it_reaches_the_whole_item_and_not_the_next() {
    String text =
        """
        list:
          - zero
          #!

          # and why
          - one: 1
            two: 2
          - three
        """;
    assertThat(covers(text, "one")).isTrue();
    assertThat(covers(text, "two")).isTrue();
    assertThat(covers(text, "zero")).isFalse();
    assertThat(covers(text, "three")).isFalse();
    assertThat(covers(text, "list")).isFalse();
  }

  @Test
  void behind_something_it_reaches_that_line_only() {
    String text =
        """
        first: 1
        second: #!
          third: 3
        fourth: 4 #!
        fifth: 5
        """;
    assertThat(covers(text, "second")).isTrue();
    assertThat(covers(text, "third")).isFalse();
    assertThat(covers(text, "fourth")).isTrue();
    assertThat(covers(text, "first")).isFalse();
    assertThat(covers(text, "fifth")).isFalse();
  }

  @Test
  void behind_a_text_of_several_lines_it_reaches_all_of_the_text() {
    String text =
        """
        when: >- #!
          alpha
          and beta
        other: "gamma
          delta" #!
        last: 1
        """;
    for (String inside : List.of("alpha", "beta", "gamma", "delta", "other")) {
      assertThat(covers(text, inside)).as(inside).isTrue();
    }
    assertThat(covers(text, "last")).isFalse();
  }

  @Test
  void an_alias_is_ignored_where_it_stands_and_not_where_its_anchor_stands() {
    String text =
        """
        first: &a { alpha: 1 }
        between: 2
        #!
        second: *a
        third: [*a, beta] #!
        """;
    assertThat(covers(text, "second")).isTrue();
    assertThat(covers(text, "beta")).isTrue();
    assertThat(covers(text, "alpha")).isFalse();
    assertThat(covers(text, "between")).isFalse();
  }

  @Test
  void only_the_codes_that_it_names_are_ignored_and_only_in_its_file() {
    SourceFile file = file("a: 1 # byteport-ignore: BP-TEST-002, BP-FOLDER-001: both are known\n");
    Ignores ignores = ignores(file);
    Span place = new Span(0, 1);
    assertThat(ignores.covers(file, DiagnosticCode.TEST_UNUSED, place)).isTrue();
    assertThat(ignores.covers(file, DiagnosticCode.FOLDER_OVERLAP, place)).isTrue();
    assertThat(ignores.covers(file, DiagnosticCode.EXPR_TYPE, place)).isFalse();
    assertThat(ignores.covers(file("a: 1\n"), DiagnosticCode.TEST_UNUSED, place)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# byteport-ignore: BP-TEST-002",
        "# byteport-ignore: BP-TEST-002 --",
        "# byteport-ignore: BP-EXPR-007 it is known",
        "# see byteport-ignore: BP-TEST-002 it is known",
        "# byteport-ignores: BP-TEST-002 it is known"
      })
  void what_gives_no_reason_or_is_about_an_error_or_is_no_such_comment_ignores_nothing(
      String comment) {
    assertThat(covers(comment + "\nword: 1\n", "word")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# byteport-ignore: BP-TEST-002 it is known",
        "#byteport-ignore:BP-TEST-002 - it is known",
        "#   byteport-ignore : BP-FOLDER-001 ,BP-TEST-002 — it is known",
        "# byteport-ignore: BP-TEST-002 (known)"
      })
  void blanks_and_what_leads_the_reason_do_not_matter(String comment) {
    assertThat(covers(comment + "\nword: 1\n", "word")).isTrue();
  }

  @Test
  void what_is_ignored_is_left_out_and_the_rest_kept() {
    SourceFile file = file("#!\na: 1\nb: 2\n");
    Diagnostic ignored = finding(file, "a: 1");
    Diagnostic kept = finding(file, "b: 2");
    assertThat(ignores(file).apply(List.of(ignored, kept))).containsExactly(kept);
  }

  @Test
  void that_a_comment_ignores_nothing_is_told_unless_an_error_may_be_why() {
    SourceFile file = file("#!\na: 1\nb: 2\n");
    Diagnostic error =
        Diagnostic.of(DiagnosticCode.EXPR_TYPE, file, new Span(0, 0), "is wrong", null);
    assertThat(ignores(file).apply(List.of()))
        .extracting(Diagnostic::code)
        .containsExactly(DiagnosticCode.IGNORE_STALE);
    assertThat(ignores(file).apply(List.of(error))).containsExactly(error);
  }

  @Test
  void a_comment_about_folders_is_never_called_stale() {
    SourceFile file = file("# byteport-ignore: BP-FOLDER-001 it is known\na: 1\n");
    assertThat(ignores(file).apply(List.of())).isEmpty();
  }

  @Test
  void the_fix_of_a_stale_comment_takes_it_out_and_nothing_else() {
    assertThat(fixed("a: 1\n  #!\nb: 2\n")).isEqualTo("a: 1\nb: 2\n");
    assertThat(fixed("a: 1\r\n#!\r\nb: 2\r\n")).isEqualTo("a: 1\r\nb: 2\r\n");
    assertThat(fixed("a: 1 \t #!\nb: 2\n")).isEqualTo("a: 1\nb: 2\n");
    assertThat(fixed("a: 1\n#!")).isEqualTo("a: 1\n");
  }

  @Test
  void of_several_codes_the_fix_takes_out_the_stale_one() {
    String reason = " it is known\na: 1\n";
    assertThat(fixed("# byteport-ignore: BP-TEST-002 , BP-FOLDER-001" + reason))
        .isEqualTo("# byteport-ignore: BP-FOLDER-001" + reason);
    assertThat(fixed("# byteport-ignore: BP-FOLDER-001, BP-TEST-002" + reason))
        .isEqualTo("# byteport-ignore: BP-FOLDER-001" + reason);
  }

  private static String fixed(String text) {
    SourceFile file = file(text);
    Diagnostic stale = ignores(file).apply(List.of()).getFirst();
    Fix fix = stale.fixes().getFirst();
    assertThat(fix.safe()).isTrue();
    return file.text(new Span(0, fix.span().start()))
        + fix.replacement()
        + file.text(new Span(fix.span().end(), file.length()));
  }

  private static Diagnostic finding(SourceFile file, String at) {
    int start = file.text().indexOf(at);
    Span span = new Span(start, start + at.length());
    return Diagnostic.of(DiagnosticCode.TEST_UNUSED, file, span, "is not asked for", null);
  }

  @Test
  void nothing_that_the_engine_relies_on_can_be_ignored() {
    assertThat(Arrays.stream(DiagnosticCode.values()).filter(DiagnosticCode::ignorable))
        .noneMatch(
            code ->
                code.id().matches("BP-(FILE|YAML|SCHEMA|EXPR|NAME|ACTION|CATALOGUE)-.*")
                    && code.severity() == io.byteport.dsl.diagnostic.Severity.ERROR)
        .doesNotContain(
            DiagnosticCode.FLOW_TAINTED,
            DiagnosticCode.FLOW_NO_VERIFICATION,
            DiagnosticCode.FOLDER_DUPLICATE,
            DiagnosticCode.IGNORE_STALE,
            DiagnosticCode.IGNORE_REFUSED);
  }
}
