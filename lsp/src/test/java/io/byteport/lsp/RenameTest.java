package io.byteport.lsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenameTest {
  private static final String RUNBOOK =
      """
      apiVersion: byteport.io/v1
      kind: Runbook
      metadata: { id: mine }
      params:
        most: { type: integer, default: 1 }
      diagnose:
        us‸ed: 1
        free: 10 - used
        each: { uses: a.b, forEach: free, as: one, with: { x: "${one}" } }
      classify:
        rules:
          - class: full
            when: used > params.most
      remediate:
        full:
          steps:
            - id: clean
              escalate: Full
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          us ed   | Expected the name of a fact, found `us ed`: it begins with a letter and has letters, digits and `_` only.
          9used   | Expected the name of a fact, found `9used`: it begins with a letter and has letters, digits and `_` only.
          us-ed   | Expected the name of a fact, found `us-ed`: it begins with a letter and has letters, digits and `_` only.
          signal  | `signal` is a word of the language; choose another name.
          null    | `null` is a word of the language; choose another name.
          free    | `free` is a fact already, in line 8 of runbook.yaml; choose another name.
          one     | `one` is an element already, in line 9 of runbook.yaml; choose another name.
          """)
  void a_name_that_would_break_something_is_refused_with_the_reason(String name, String reason) {
    Sample sample = Sample.of(RUNBOOK);
    assertThatThrownBy(() -> RenameHandler.rename(sample.view(), sample.offset(), name))
        .isInstanceOf(ResponseErrorException.class)
        .hasMessage(reason);
  }

  @ParameterizedTest
  @CsvSource({"most, full", "full, most", "most, signal"})
  void names_of_other_kinds_are_in_nobodys_way(String from, String to) {
    Sample sample = at(from + ":");
    assertThat(RenameHandler.rename(sample.view(), sample.offset(), to).getChanges()).hasSize(1);
  }

  private static Sample at(String text) {
    String plain = RUNBOOK.replace(Sample.CARET, "");
    return Sample.of(plain.replace(text, Sample.CARET + text));
  }

  @Test
  void a_class_and_a_step_may_not_share_a_name() {
    Sample sample = at("full:");
    assertThatThrownBy(() -> RenameHandler.rename(sample.view(), sample.offset(), "clean"))
        .hasMessage("`clean` is a step already, in line 17 of runbook.yaml; choose another name.");
    assertThatThrownBy(() -> RenameHandler.rename(sample.view(), sample.offset(), "unknown"))
        .hasMessage("`unknown` is a word of the language; choose another name.");
  }

  @Test
  void what_comes_with_the_program_keeps_its_name() {
    Sample sample =
        Sample.of(
            """
            apiVersion: byteport.io/v1
            kind: Runbook
            include: [pod]
            diagnose:
              bad: po‸d.name
            """);
    assertThatThrownBy(() -> RenameHandler.prepare(sample.view(), sample.offset()))
        .hasMessage("The fact `pod` comes with BytePort, whose own files cannot be changed.");
  }

  @Test
  void a_cell_that_is_a_class_and_something_else_keeps_both() {
    Sample sample =
        Sample.of(
            Map.of(
                "mine.yaml",
                RUNBOOK.replace(Sample.CARET, ""),
                "mine.test.yaml",
                """
                apiVersion: byteport.io/v1
                kind: RunbookTest
                runbook: mine
                cases:
                  - name: x
                    each: [{ word: fu‸ll }]
                    given: { facts: { free: "${row.word}" } }
                    expect: { class: "${row.word}" }
                """));
    assertThatThrownBy(() -> RenameHandler.rename(sample.view(), sample.offset(), "packed"))
        .hasMessage(
            "In the table in line 6 of mine.test.yaml, `full` is the class and something else;"
                + " give each a column of its own first.");
  }

  @Test
  void where_no_name_is_nothing_is_renamed() {
    Sample sample = Sample.of("kind: Run‸book\n");
    assertThat(RenameHandler.prepare(sample.view(), sample.offset())).isEmpty();
  }

  @Test
  void lines_may_end_as_windows_has_them_and_comments_hold_tabs() {
    Sample sample =
        Sample.of(
            "kind: Runbook\r\ndiagnose:\r\n  a: 1 #\ta\r\n  b: >-\r\n    😀\r\n"
                + "  c: \"a +\r\n    ‸a\"\r\n");
    assertThat(
            RenameHandler.rename(sample.view(), sample.offset(), "z")
                .getChanges()
                .values()
                .iterator()
                .next())
        .extracting(edit -> edit.getRange().getStart())
        .containsExactly(new Position(2, 2), new Position(5, 6), new Position(6, 4));
  }
}
