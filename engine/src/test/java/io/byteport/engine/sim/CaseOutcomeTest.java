package io.byteport.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.sim.CaseResult.Mismatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaseOutcomeTest {
  private static final String MENDED =
      """
      - name: mended
        given:
          steps: { mend: { result: { from: 1, to: 2 }, then: { box: { ready: true } } } }
        expect: { %s }
      """;

  private static CaseResult mended(String expect) {
    return PlayedCases.of(MENDED.formatted(expect)).only();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          rules: { broken: true, lost: false }
          guardrails: { opted_out: allowed, light: allowed, rarely: allowed, alone: allowed, asked: unasked }
          expectations: { ready: true }
          steps: { kind: done, note: done, mend: done, other_note: pending, again: skipped }
          took: { mend: 0s }
          timeline: [note, mend]
          postmortem: { load: 30, class: broken }
          """)
  void what_came_of_it_is_compared_by_name(String expect) {
    assertThat(mended(expect).mismatches()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          rules: { broken: undecided } | rules.broken | undecided | true
          guardrails: { light: refused } | guardrails.light | refused | allowed
          guardrails: { asked: allowed } | guardrails.asked | allowed | unasked
          expectations: { ready: false } | expectations.ready | false | true
          steps: { again: done } | steps.again | done | skipped
          took: { mend: 1m } | took.mend | 1m | 0s
          postmortem: { load: 31 } | postmortem.load | 31 | 30
          """)
  void what_differs_is_told_by_name_with_both(
      String expect, String what, String expected, String found) {
    assertThat(mended(expect).mismatches())
        .extracting(Mismatch::what, Mismatch::expected, Mismatch::found)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(what, expected, found));
  }

  @Test
  void the_timeline_is_in_order_and_may_hold_more() {
    assertThat(mended("timeline: [mend, note]").mismatches())
        .extracting(Mismatch::what, Mismatch::expected)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("timeline", "one with `note`, after the others"));
  }

  @Test
  void a_plan_is_all_commands_in_order() {
    String dry = "- name: dry\n  given: { mode: dry-run }\n  expect: { plan: [%s] }\n";

    PlayedCases.of(dry.formatted("lab mend b1 --by=1")).holds();
    assertThat(PlayedCases.of(dry.formatted("")).only().mismatches())
        .extracting(Mismatch::found)
        .containsExactly("lab mend b1 --by=1");
  }

  @Test
  void what_people_are_told_is_compared_part_by_part() {
    PlayedCases.of(
            """
            - name: told
              given: { facts: { box: { load: 90 } }, approvals: { asked: false } }
              expect:
                priority: P1
                notice:
                  title: b1 escalated
                  details: load 90
                  labels: { page: [boxes] }
                  fields: { load: 90 }
                  attach: { plan: mend, decision tree: broken }
                  nextSteps: [Open, Look at b1]
                  commands: [lab get box b1, lab mend b1 --by=1]
                  dedup: { key: escalated/mend_box/b1, for: 120m }
            """)
        .holds();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          title: b2 | notice.title
          details: load 91 | notice.details
          labels: { page: [] } | notice.labels.page
          fields: { load: 9 } | notice.fields.load
          attach: { nothing: x } | notice.attach.nothing
          nextSteps: [Look at b1, Open] | notice.nextSteps
          commands: [lab get box b1] | notice.commands
          dedup: { for: 1h } | notice.dedup.for
          """)
  void what_people_are_not_told_is_a_mismatch(String notice, String what) {
    CaseResult result =
        PlayedCases.of(
                """
                - name: told
                  given: { facts: { box: { load: 90 } }, approvals: { asked: false } }
                  expect: { notice: { %s } }
                """
                    .formatted(notice))
            .only();

    assertThat(result.mismatches()).extracting(Mismatch::what).containsExactly(what);
  }

  @Test
  void a_read_that_times_out_is_unavailable_and_takes_its_time() {
    PlayedCases.of(
            """
            - name: late
              given: { facts: { box: { timesOut: true } } }
              expect:
                class: unknown
                undecided: [box]
                reason: no answer within 30s
                assert: [run.duration >= 30s]
            """)
        .holds();
  }

  @Test
  void a_change_that_times_out_is_asked_about_and_never_repeated() {
    PlayedCases.of(
            """
            - name: nobody knows
              given: { steps: { mend: { timesOut: true } } }
              expect: { steps: { mend: unknown }, took: { mend: 1m }, result: escalated }
            - name: it took effect
              given: { steps: { mend: { timesOut: true, tookEffect: true, then: { box: { ready: true } } } } }
              expect: { steps: { mend: done }, did: [mend], result: resolved }
            - name: it has not taken effect so far, and still may
              given: { steps: { mend: { timesOut: true, tookEffect: false } } }
              expect: { steps: { mend: unknown }, reason: still may, result: escalated }
            - name: the connection broke, and it did not take effect
              given: { steps: { mend: { unavailable: reset, tookEffect: false } } }
              expect: { steps: { mend: failed }, did: [], result: escalated }
            """)
        .holds();
  }

  @Test
  void an_effect_that_takes_time_is_waited_for() {
    PlayedCases.of(
            """
            - name: it settles
              given: { steps: { mend: { settles: 20s, then: { box: { ready: true } } } } }
              expect: { result: resolved, assert: [steps.mend.took >= 20s] }
            """)
        .holds();
  }

  @Test
  void another_class_is_explained_by_the_rules_of_both_and_no_other() {
    CaseResult result = mended("class: lost");

    assertThat(result.explanation())
        .contains("rule broken: true", "box.load → 30", "rule lost: false", "signal.type")
        .doesNotContain("guardrail", "step ");
  }

  @Test
  void a_refusal_is_explained_by_the_guardrail_and_the_steps() {
    CaseResult result =
        PlayedCases.of(
                """
                - name: refused
                  given: { ledger: [{ step: mend, at: -10m }] }
                  expect: { result: resolved }
                """)
            .only();

    assertThat(result.explanation())
        .contains("guardrail rarely: refused")
        .doesNotContain("rule ", "guardrail light");
  }

  @Test
  void a_case_that_holds_needs_no_explanation() {
    assertThat(mended("result: resolved").explanation()).isEmpty();
  }

  @Test
  void playing_a_case_twice_comes_to_the_same() {
    assertThat(mended("class: lost")).usingRecursiveComparison().isEqualTo(mended("class: lost"));
  }
}
