package io.byteport.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.test.CheckedRunbookTest;
import io.byteport.dsl.test.RunbookTestLoader;
import io.byteport.engine.coverage.Coverage;
import io.byteport.engine.coverage.Point;
import java.util.List;

/** A runbook about a box that has one of everything, and tests of it that are played. */
final class PlayedCases {
  private static final String RUNBOOK =
      """
      apiVersion: byteport.io/v1
      kind: Runbook
      metadata:
        id: mend_box
        title: A box is broken
        category: test
        severity: high
        status: shipped
        version: 1.0.0
      detectors:
        box_broken: { doc: A box is broken }
        box_lost: { doc: A box is gone, aliases: [box_stolen] }
      inputs:
        name: { type: string, required: true, doc: Which box }
      target:
        type: box
        name: ${inputs.name}
      diagnose:
        box:
          uses: lab.box
        other:
          when: box.load > 10
          uses: lab.find
          with: { label: red }
      severity:
        - value: critical
          when: box.load > 80
        - value: warning
      classify:
        rules:
          - class: broken
            when: not box.ready and box.load > 0
            confidence:
              - value: ${box.load / 2}
                when: box.load == 1
              - value: 0.9
            because: ${box.name} is not ready
          - class: lost
            when: signal.type == "box_lost"
            confidence: 0.8
            because: it is gone
      guardrails:
        opted_out:
          skip: box.owner == "nobody"
        light:
          require: box.load < 100
        rarely:
          limit: 1
          every: 1h
        alone:
          lock: box
          per: [target]
        asked:
          approve: May ${target.name} be mended?
          guards: [mend]
          unless: box.load < 50
      remediate:
        broken:
          steps:
            - id: kind
              match: box.name
              cases:
                b1:
                  - id: note
                    record: { kind: first }
              else:
                - id: other_note
                  record: { kind: other }
            - id: mend
              uses: lab.mend
              with: { box: "${target}" }
            - id: again
              when: box.load == 3
              uses: lab.mend
              with: { box: "${target}", by: 2 }
          advice: Look at ${box.name}
        lost:
          steps:
            - id: call
              escalate: It is gone
        unknown:
          advice: Nobody knows
      verify:
        within: 1m
        every: 15s
        expect:
          ready: box.ready
      rollback:
        when: box.load != 5
        steps:
          - id: undo
            uses: lab.undo
            with: { box: "${target}", to: 1 }
      summary: ${target.name} ${run.result}
      resolve:
        to:
          chat: {}
      escalate:
        to:
          mail: {}
          page:
            when: box.load > 60
            labels: [boxes]
        details: load ${box.load}
        fields: { load: "${box.load}" }
        attach: [box.tags]
        nextSteps: [Open the box]
        commands: ["lab get box ${target.name}"]
        dedup: { per: [target], for: 2h }
        priority:
          - value: P1
            when: severity == "critical"
          - value: P2
      postmortem:
        load: ${box.load}
        class: ${class}
      """;

  static final CheckedRunbook MEND_BOX = load();

  private static CheckedRunbook load() {
    Checked<CheckedRunbook> loaded = Lab.LOADER.load(new SourceFile("mend_box.yaml", RUNBOOK));
    return loaded
        .value()
        .orElseThrow(
            () ->
                new AssertionError(
                    loaded.diagnostics().stream().map(one -> one.message()).toList().toString()));
  }

  private static final String HEAD =
      """
      apiVersion: byteport.io/v1
      kind: RunbookTest
      runbook: mend_box
      given:
        now: 2026-11-21T03:00:00Z
        inputs: { name: b1 }
        facts:
          box: { name: b1, load: 30, ready: false }
          other: null
      """;

  private final List<CaseResult> results;

  private PlayedCases(List<CaseResult> results) {
    this.results = results;
  }

  /** Plays cases, written as the list under {@code cases}. */
  static PlayedCases of(String cases) {
    SourceFile file = new SourceFile("mend_box.test.yaml", HEAD + "cases:\n" + cases.indent(2));
    Checked<CheckedRunbookTest> loaded = RunbookTestLoader.load(file, MEND_BOX);
    assertThat(loaded.diagnostics()).isEmpty();
    return new PlayedCases(new RunbookTestRunner().run(loaded.value().orElseThrow()));
  }

  /** All hold. */
  PlayedCases holds() {
    assertThat(results)
        .allSatisfy(
            result ->
                assertThat(result.mismatches())
                    .as(result.testCase().name() + "\n" + result.explanation())
                    .isEmpty());
    return this;
  }

  List<CaseResult> results() {
    return results;
  }

  CaseResult only() {
    assertThat(results).hasSize(1);
    return results.getFirst();
  }

  Coverage coverage() {
    Coverage sum = Coverage.none(MEND_BOX);
    for (CaseResult result : results) {
      sum = sum.plus(result.coverage());
    }
    return sum;
  }

  /** The points of a kind that were reached, as {@code name: branch}. */
  List<String> reached(Point.Kind kind) {
    Coverage coverage = coverage();
    return coverage.hits().keySet().stream()
        .filter(point -> point.kind() == kind && coverage.isReached(point))
        .map(Point::toString)
        .toList();
  }
}
