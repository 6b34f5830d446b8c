package io.byteport.dsl.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Fix;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FixRoundTest {
  private static final SourceFile TEXT = new SourceFile("x.yaml", "0😀23456789");

  private static Fix fix(int start, int end, String replacement) {
    return new Fix("do it", new Span(start, end), replacement, true);
  }

  private static Diagnostic finding(SourceFile file, Fix... fixes) {
    Diagnostic finding =
        Diagnostic.of(DiagnosticCode.YAML_TRAP, file, new Span(0, 1), "is wrong", null);
    for (Fix fix : fixes) {
      finding = finding.withFix(fix);
    }
    return finding;
  }

  private static String apply(Fix... fixes) {
    List<Diagnostic> findings = Stream.of(fixes).map(fix -> finding(TEXT, fix)).toList();
    return FixRound.of(TEXT, findings, false).text().text();
  }

  @Test
  void places_are_code_points_and_the_rest_stays() {
    assertThat(apply(fix(2, 3, "two"), fix(9, 10, ""), fix(0, 0, "<"))).isEqualTo("<0😀two345678");
  }

  @Test
  void of_two_that_overlap_the_outer_one_is_applied() {
    assertThat(apply(fix(3, 4, "inner"), fix(2, 6, "outer"))).isEqualTo("0😀outer6789");
    assertThat(apply(fix(2, 4, "inner"), fix(2, 6, "outer"))).isEqualTo("0😀outer6789");
  }

  @Test
  void of_two_that_cross_the_first_is_applied() {
    assertThat(apply(fix(3, 6, "second"), fix(2, 4, "first"))).isEqualTo("0😀first456789");
  }

  @Test
  void neighbours_are_both_applied_and_two_that_insert_at_one_place_are_not() {
    assertThat(apply(fix(2, 3, "a"), fix(3, 4, "b"))).isEqualTo("0😀ab456789");
    assertThat(apply(fix(2, 2, "a"), fix(2, 2, "b"))).isEqualTo("0😀a23456789");
  }

  @Test
  void only_safe_fixes_are_applied_unless_others_are_asked_for() {
    Fix unsafe = new Fix("guess", new Span(2, 3), "guess", false);
    Diagnostic finding = finding(TEXT, unsafe, fix(5, 6, "sure"));
    assertThat(FixRound.of(TEXT, List.of(finding), false).text().text())
        .isEqualTo("0😀234sure6789");
    assertThat(FixRound.of(TEXT, List.of(finding), true).text().text())
        .isEqualTo("0😀guess3456789");
  }

  @Test
  void what_changes_nothing_or_is_about_another_text_does_not_count() {
    SourceFile other = new SourceFile("x.yaml", TEXT.text());
    FixRound round =
        FixRound.of(
            TEXT, List.of(finding(TEXT, fix(2, 3, "2")), finding(other, fix(2, 3, "x"))), true);
    assertThat(round.applied()).isZero();
    assertThat(round.text()).isSameAs(TEXT);
  }

  @Test
  void lines_that_are_put_in_end_as_those_of_the_text_do() {
    SourceFile text = new SourceFile("x.yaml", "a\r\nb\r\n");
    assertThat(FixRound.of(text, List.of(finding(text, fix(3, 3, "x\ny\n"))), false).text().text())
        .isEqualTo("a\r\nx\r\ny\r\nb\r\n");
  }
}
