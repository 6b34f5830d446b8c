package io.byteport.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.source.SourceFile;
import io.byteport.engine.coverage.Coverage;
import io.byteport.engine.coverage.Point;
import io.byteport.engine.coverage.Point.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoverageTest {
  private static final String MENDED =
      """
      - name: mended
        given: { steps: { mend: { then: { box: { ready: true } } } } }
        expect: { result: resolved }
      """;

  @Test
  void nothing_is_reached_before_anything_is_played() {
    Coverage none = Coverage.none(PlayedCases.MEND_BOX);

    assertThat(none.reached()).isZero();
    assertThat(none.percent()).isZero();
    assertThat(none.missing()).hasSize(none.total());
  }

  @Test
  void a_rule_counts_where_it_decides_and_not_where_it_came_too_late() {
    assertThat(PlayedCases.of(MENDED).reached(Kind.RULE)).containsExactly("broken: true");
    assertThat(
            PlayedCases.of(
                    """
                    - name: lost
                      given: { signal: { type: box_lost }, facts: { box: { ready: true } } }
                      expect: { class: lost }
                    - name: nobody knows
                      given: { facts: { box: { unavailable: away } } }
                      expect: { class: unknown }
                    """)
                .reached(Kind.RULE))
        .containsExactly("broken: false", "broken: undecided", "lost: true", "lost: false");
  }

  @Test
  void a_class_is_reached_where_a_run_ends_up_in_it() {
    assertThat(PlayedCases.of(MENDED).reached(Kind.CLASS)).containsExactly("broken: reached");
  }

  @Test
  void guardrails_allow_refuse_and_are_undecided() {
    PlayedCases played =
        PlayedCases.of(
            """
            - name: opted out
              given: { facts: { box: { owner: nobody } } }
              expect: { stoppedBy: opted_out }
            - name: too heavy
              given: { facts: { box: { load: 100 } } }
              expect: { stoppedBy: light }
            - name: used up
              given: { ledger: [{ step: mend, at: -10m }] }
              expect: { stoppedBy: rarely }
            - name: held
              given: { locks: [{ lock: box, by: somebody }] }
              expect: { stoppedBy: alone }
            - name: not known
              given: { facts: { box: { unavailable: away } } }
              expect: { class: unknown }
            """);

    assertThat(played.holds().reached(Kind.GUARDRAIL))
        .contains(
            "opted_out: refused",
            "opted_out: allowed",
            "opted_out: undecided",
            "light: refused",
            "rarely: refused",
            "alone: refused")
        .doesNotContain("asked: approved");
  }

  @Test
  void approvals_are_given_declined_unanswered_or_not_asked_for() {
    PlayedCases played =
        PlayedCases.of(
            """
            - name: given
              given: { facts: { box: { load: 60 } }, approvals: { asked: true } }
              expect: { did: [mend, undo] }
            - name: declined
              given: { facts: { box: { load: 60 } }, approvals: { asked: false } }
              expect: { stoppedBy: asked }
            - name: unanswered
              given: { facts: { box: { load: 60 } } }
              expect: { stoppedBy: asked, took: { mend: 30m } }
            - name: not asked for
              expect: { did: [mend, undo] }
            """);

    assertThat(played.holds().reached(Kind.GUARDRAIL))
        .contains("asked: approved", "asked: declined", "asked: unanswered", "asked: unasked");
  }

  @Test
  void a_step_is_reached_where_it_begins_and_a_change_is_made_where_it_is_done() {
    PlayedCases failed =
        PlayedCases.of(
            """
            - name: failed
              given: { steps: { mend: { fails: no tools } } }
              expect: { steps: { mend: failed } }
            """);

    assertThat(failed.holds().reached(Kind.STEP))
        .containsExactly("kind: reached", "note: reached", "mend: reached");
    assertThat(failed.reached(Kind.CHANGE)).isEmpty();
    assertThat(failed.reached(Kind.ENDING)).containsExactly("mend: failed");
    assertThat(PlayedCases.of(MENDED).reached(Kind.CHANGE)).containsExactly("mend: made");
  }

  @Test
  void a_dry_run_makes_no_change() {
    PlayedCases dry =
        PlayedCases.of("- name: dry\n  given: { mode: dry-run }\n  expect: { planned: [mend] }\n");

    assertThat(dry.holds().reached(Kind.CHANGE)).isEmpty();
    assertThat(dry.reached(Kind.STEP)).contains("mend: reached");
  }

  @Test
  void branches_are_cases_conditions_of_steps_reads_channels_and_rollbacks() {
    PlayedCases played =
        PlayedCases.of(
            """
            - name: light, and another box
              given:
                inputs: { name: b2 }
                facts: { box: { name: b2, load: 5 } }
              expect: { result: escalated }
            - name: heavy
              given: { facts: { box: { load: 70 } }, approvals: { asked: true } }
              expect: { result: escalated }
            """);

    assertThat(played.reached(Kind.BRANCH))
        .containsExactlyInAnyOrder(
            "kind: b1",
            "kind: else",
            "again: left out",
            "other: read",
            "other: not read",
            "escalate.page: told",
            "escalate.page: not told",
            "rollback: done",
            "rollback: left out");
  }

  @Test
  void each_entry_of_a_choice_counts_where_it_is_taken() {
    assertThat(
            PlayedCases.of(
                    """
                    - name: barely
                      given: { facts: { box: { load: 1 } } }
                      expect: { confidence: 0.5, severity: warning }
                    """)
                .holds()
                .reached(Kind.CHOICE))
        .containsExactly(
            "severity: 2, warning", "broken.confidence: 1, ${box.load / 2}", "priority: 2, P2");
    assertThat(
            PlayedCases.of(
                    """
                    - name: surely
                      given: { facts: { box: { load: 90 } } }
                      expect: { confidence: 0.9, severity: critical }
                    """)
                .holds()
                .reached(Kind.CHOICE))
        .containsExactly("severity: 1, critical", "broken.confidence: 2, 0.9", "priority: 1, P1");
  }

  @Test
  void expectations_hold_and_do_not() {
    assertThat(PlayedCases.of(MENDED).reached(Kind.EXPECTATION)).containsExactly("ready: true");
    assertThat(
            PlayedCases.of("- name: in vain\n  expect: { unmet: [ready] }\n")
                .reached(Kind.EXPECTATION))
        .containsExactly("ready: false");
  }

  @Test
  void a_signal_arrives_under_each_of_its_names() {
    assertThat(
            PlayedCases.of(
                    """
                    - name: another name
                      given: { signal: { type: box_stolen } }
                      expect: { class: broken }
                    """)
                .reached(Kind.SIGNAL))
        .containsExactly("box_lost: arrives");
  }

  @Test
  void every_way_to_end_is_told_apart() {
    PlayedCases played =
        PlayedCases.of(
            """
            - name: no rule
              given: { facts: { box: { ready: true } } }
              expect: { class: unknown }
            - name: undecided
              given: { facts: { box: { unavailable: away } } }
              expect: { class: unknown }
            - name: unsure
              given: { facts: { box: { load: 1 } } }
              expect: { result: escalated }
            - name: in vain
              expect: { unmet: [ready] }
            - name: nothing to do
              given: { steps: { mend: { changed: false } } }
              expect: { reason: Nothing was changed }
            - name: not known
              given: { steps: { mend: { unavailable: reset } } }
              expect: { steps: { mend: unknown } }
            """
                + MENDED);

    assertThat(played.holds().reached(Kind.ENDING))
        .containsExactly(
            "unknown: no rule holds",
            "unknown: undecided",
            "run: not sure enough",
            "run: resolved",
            "run: verification failed",
            "run: nothing was changed",
            "run: outcome not known");
  }

  @Test
  void a_refusal_is_no_other_end() {
    assertThat(
            PlayedCases.of(
                    """
                    - name: refused
                      given: { facts: { box: { load: 100 } } }
                      expect: { stoppedBy: light }
                    """)
                .reached(Kind.ENDING))
        .isEmpty();
  }

  @Test
  void what_does_not_count_is_shown_and_not_missed() {
    Coverage coverage = PlayedCases.of(MENDED).coverage();

    assertThat(coverage.hits().keySet())
        .anySatisfy(
            point -> {
              assertThat(point.toString()).isEqualTo("broken: undecided");
              assertThat(point.counts()).isFalse();
            });
    assertThat(coverage.missing()).allMatch(Point::counts);
  }

  @Test
  void what_forbids_changes_is_not_missed_where_there_are_none() {
    assertThat(missingOfALook("{ forbid: [change] }"))
        .isNotEmpty()
        .noneMatch(point -> point.kind() == Kind.GUARDRAIL);
    assertThat(missingOfALook("{ guards: [broken], forbid: [change] }"))
        .noneMatch(point -> point.kind() == Kind.GUARDRAIL);
  }

  private static List<Point> missingOfALook(String guardrail) {
    CheckedRunbook suggests =
        Lab.LOADER
            .load(
                new SourceFile(
                    "look_at_box.yaml",
                    """
                    apiVersion: byteport.io/v1
                    kind: Runbook
                    metadata: { id: look_at_box, title: A box is broken, category: test, severity: high, status: shipped, version: 1.0.0 }
                    detectors:
                      box_broken: { doc: A box is broken }
                    inputs:
                      name: { type: string, required: true, doc: Which box }
                    target: { type: box, name: "${inputs.name}" }
                    diagnose:
                      box: { uses: lab.box }
                    classify:
                      rules:
                        - { class: broken, when: not box.ready, confidence: 0.9, because: it is not ready }
                    guardrails:
                      hands_off: %s
                    remediate:
                      broken:
                        steps: [{ escalate: It is broken }]
                      unknown: { advice: Nobody knows }
                    summary: ${target.name}
                    escalate:
                      to: { mail: {} }
                    """
                        .formatted(guardrail)))
            .value()
            .orElseThrow();
    return Coverage.none(suggests).missing();
  }

  @Test
  void cases_add_up() {
    Coverage one = PlayedCases.of(MENDED).coverage();
    Coverage two = one.plus(one);

    assertThat(two.reached()).isEqualTo(one.reached());
    assertThat(two.hits().values()).contains(2).doesNotContain(1);
  }

  @Test
  void points_stand_where_the_runbook_says_them() {
    Coverage none = Coverage.none(PlayedCases.MEND_BOX);

    assertThat(none.hits().keySet())
        .filteredOn(point -> point.toString().equals("asked: declined"))
        .extracting(point -> PlayedCases.MEND_BOX.source().text(point.span()))
        .containsExactly("asked");
    assertThat(none.hits().keySet())
        .filteredOn(point -> point.toString().equals("broken: true"))
        .extracting(point -> PlayedCases.MEND_BOX.source().text(point.span()))
        .containsExactly("not box.ready and box.load > 0");
  }
}
