package io.byteport.dsl.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnosticPrinterTest {
  private static final DiagnosticPrinter PRINTER = new DiagnosticPrinter(false);

  /** A finding about what stands between two brackets {@code «»} of a text. */
  private static Diagnostic finding(String marked) {
    int start = marked.codePointCount(0, marked.indexOf('«'));
    String text = marked.replace("«", "");
    int end = text.codePointCount(0, text.indexOf('»'));
    SourceFile file = new SourceFile("runbooks/x.yaml", text.replace("»", ""));
    return Diagnostic.of(
        DiagnosticCode.EXPR_UNKNOWN_NAME,
        file,
        new Span(start, end),
        "no such name",
        "did you mean `logs`?");
  }

  @Test
  void the_place_is_shown_with_its_line_and_a_caret_under_each_character() {
    assertThat(PRINTER.print(finding("a: b\n  when: «lgos».text ~= \"x\"\n")))
        .isEqualTo(
            """
            error[BP-EXPR-003]: no such name
             --> runbooks/x.yaml:2:9
              |
            2 |   when: lgos.text ~= "x"
              |         ^^^^
              = hint: did you mean `logs`?
            """);
  }

  @Test
  void numbers_of_several_digits_keep_the_bars_in_line() {
    assertThat(PRINTER.print(finding("\n".repeat(99) + "«a»: b\n")))
        .isEqualTo(
            """
            error[BP-EXPR-003]: no such name
               --> runbooks/x.yaml:100:1
                |
            100 | a: b
                | ^
                = hint: did you mean `logs`?
            """);
  }

  @Test
  void an_empty_place_gets_one_caret() {
    assertThat(PRINTER.print(finding("a: «»b\n"))).contains("\n1 | a: b\n  |    ^\n");
    assertThat(PRINTER.print(finding("a:«»\n"))).contains("\n1 | a:\n  |   ^\n");
    assertThat(PRINTER.print(finding("a:\n«»"))).contains("x.yaml:2:1\n  |\n2 |\n  | ^\n");
  }

  @Test
  void carets_stand_under_what_they_mean_behind_tabs_and_wide_characters() {
    assertThat(PRINTER.print(finding("\ta:\t«b»\n")))
        .contains("\n1 |     a:    b\n  |           ^\n");
    assertThat(PRINTER.print(finding("日本: «語»x\n"))).contains("\n1 | 日本: 語x\n  |       ^^\n");
    assertThat(PRINTER.print(finding("🔁 «x»\n")))
        .contains("\n1 | 🔁 x\n  |    ^\n")
        .contains(":1:3\n");
    assertThat(PRINTER.print(finding("e\u0301 «x»\n"))).contains("\n1 | e\u0301 x\n  |   ^\n");
  }

  @Test
  void a_long_line_is_cut_around_the_caret() {
    String printed =
        PRINTER.print(finding("a: " + "x".repeat(300) + "«here»" + "y".repeat(300) + "\n"));
    assertThat(printed.lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(130));
    assertThat(printed).contains("…xxx").contains("yyy…").contains(":1:304\n");
    List<String> lines = printed.lines().toList();
    assertThat(lines.get(4).indexOf('^')).isEqualTo(lines.get(3).indexOf("here"));
  }

  @Test
  void a_long_line_is_cut_behind_a_caret_near_its_start() {
    assertThat(PRINTER.print(finding("«a»: " + "x".repeat(300) + "\n")))
        .contains("\n1 | a: xxx")
        .contains("x…\n  | ^\n");
  }

  @Test
  void a_place_that_is_longer_than_the_line_may_be_is_cut_too() {
    String printed = PRINTER.print(finding("a: «" + "x".repeat(500) + "»\n"));
    assertThat(printed.lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(130));
    assertThat(printed).contains("^^^^");
  }

  @Test
  void a_place_of_several_lines_shows_the_first_and_the_last() {
    assertThat(PRINTER.print(finding("a: «b\n   c\n   d\n   e» f\n")))
        .isEqualTo(
            """
            error[BP-EXPR-003]: no such name
             --> runbooks/x.yaml:1:4
              |
            1 | a: b
              |    ^
            ...
            4 |    e f
              |    ^
              = hint: did you mean `logs`?
            """);
  }

  @Test
  void related_places_follow_with_their_words() {
    SourceFile other = new SourceFile("runbooks/y.yaml", "\n\n\nlogs: 1\n");
    Diagnostic finding =
        finding("a: «b»\n").withRelated(new Related(other, new Span(3, 7), "declared here"));
    assertThat(PRINTER.print(finding))
        .isEqualTo(
            """
            error[BP-EXPR-003]: no such name
             --> runbooks/x.yaml:1:4
              |
            1 | a: b
              |    ^
             ::: runbooks/y.yaml:4:1
              |
            4 | logs: 1
              | ---- declared here
              = hint: did you mean `logs`?
            """);
  }

  @Test
  void a_file_without_text_is_named_without_a_place() {
    Diagnostic finding =
        Diagnostic.of(
            DiagnosticCode.FILE_UNREADABLE,
            new SourceFile("x.yaml", ""),
            Span.START,
            "it is gone",
            null);
    assertThat(PRINTER.print(finding)).isEqualTo("error[BP-FILE-001]: it is gone\n --> x.yaml\n");
  }

  @Test
  void nothing_in_a_text_reaches_the_terminal_as_a_command() {
    Diagnostic finding = finding("a: \u001b[31m«b»\u202e\u0007\r\n");
    Diagnostic named =
        Diagnostic.of(
            finding.code(),
            finding.file(),
            finding.span(),
            "found \u001b]0;x\u0007",
            "or\nnot\u009b");
    assertThat(
            PRINTER.print(named).codePoints().filter(c -> c != '\n' && Character.isISOControl(c)))
        .isEmpty();
    assertThat(PRINTER.print(named)).doesNotContain("\u202e").contains("\n1 | a: \uFFFD[31mb");
  }

  @Test
  void findings_are_kept_apart_by_an_empty_line() {
    Diagnostic finding = finding("«a»: b\n");
    assertThat(PRINTER.print(List.of(finding, finding)))
        .isEqualTo(PRINTER.print(finding) + "\n" + PRINTER.print(finding));
    assertThat(PRINTER.print(List.of())).isEmpty();
  }

  @Test
  void colour_adds_nothing_but_colour() {
    Diagnostic finding =
        finding("a: «b»\n")
            .withRelated(new Related(new SourceFile("y", "c"), new Span(0, 1), "there"));
    String coloured = new DiagnosticPrinter(true).print(finding);
    assertThat(coloured).contains("\u001b[");
    assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(PRINTER.print(finding));
  }
}
