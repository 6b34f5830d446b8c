package io.byteport.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.value.Value;
import io.byteport.engine.run.Command;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.RunResult;
import io.byteport.engine.sim.Fixture.StepAnswer;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepsTest {

  /** A broken box with these steps; {@code steps} are those of the class, already as a list. */
  private static Lab lab(String steps, String... more) {
    return Lab.of(
            Sections.BOX,
            Sections.BROKEN,
            "remediate:\n  broken:\n    steps:\n" + steps.indent(6),
            Sections.VERIFY,
            Sections.END,
            String.join("", more))
        .fact("box", Sections.BROKEN_BOX);
  }

  private static String mend(String id) {
    return "- id: " + id + "\n  uses: lab.mend\n  with:\n    box: ${target}\n";
  }

  private static String shows(String... entries) {
    StringBuilder out = new StringBuilder("postmortem:\n");
    for (String entry : entries) {
      out.append("  ").append(entry).append('\n');
    }
    return out.toString();
  }

  @Test
  void stepsRunInOrderAndSayWhatTheyDidInTheirOwnWords() {
    Lab lab =
        lab(
                mend("first")
                        .replace(
                            "  uses", "  name: mended from ${result.from} to ${result.to}\n  uses")
                    + mend("second"),
                shows(
                    "did: ${join(run.did, \" then \")}",
                    "status: ${steps.first.status}",
                    "ok: ${steps.second.ok}",
                    "changed: ${steps.first.changed}",
                    "command: ${steps.first.command}",
                    "to: ${steps.first.result.to}"))
            .step("first", StepAnswer.returns(Lab.struct("from", 1, "to", 2)))
            .later("second", "0s", "box", "ready", true);

    assertThat(lab.result()).as(lab.report().reason()).isEqualTo(RunResult.RESOLVED);
    assertThat(lab.changes()).containsExactly("first", "second");
    assertThat(lab.value("did")).isEqualTo(Value.of("mended from 1 to 2 then second"));
    assertThat(lab.value("status")).isEqualTo(Value.of("done"));
    assertThat(lab.value("ok")).isEqualTo(Value.TRUE);
    assertThat(lab.value("changed")).isEqualTo(Value.TRUE);
    assertThat(lab.value("command")).isEqualTo(Value.of("lab mend b1 --by=1"));
    assertThat(lab.value("to")).isEqualTo(Value.of(2));
  }

  @Test
  void aStepWhoseConditionIsFalseIsSkipped() {
    Lab lab =
        lab(
                mend("never").replace("  uses", "  when: box.load < 10\n  uses") + mend("mend"),
                shows("status: ${steps.never.status}"))
            .later("mend", "0s", "box", "ready", true);

    assertThat(lab.changes()).containsExactly("mend");
    assertThat(lab.value("status")).isEqualTo(Value.of("skipped"));
  }

  @Test
  void aStepWhoseConditionCannotBeDecidedFails() {
    Lab lab =
        Lab.of(
                Sections.BOX,
                "  found:\n    uses: lab.find\n    with: { label: red }\n",
                Sections.BROKEN,
                "remediate:\n  broken:\n    steps:\n",
                mend("mend").replace("  uses", "  when: found == null\n  uses").indent(6),
                Sections.VERIFY,
                Sections.END)
            .fact("box", Sections.BROKEN_BOX)
            .unavailable("found", "forbidden");

    assertThat(lab.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(lab.changes()).isEmpty();
    assertThat(lab.report().reason()).contains("found: forbidden");
  }

  @Test
  void aFailedStepStopsTheRunWithTheServersWordsAndIsNotRepeated() {
    Lab lab =
        lab(mend("first") + mend("second"))
            .step("first", StepAnswer.fails("no space left on device"));

    assertThat(lab.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(lab.changes()).containsExactly("first");
    assertThat(lab.did()).isEmpty();
    assertThat(lab.report().reason()).contains("no space left on device");
    assertThat(lab.report().left()).hasSize(2);
  }

  @Test
  void onFailureContinueGoesOnAndLetsTheVerificationDecide() {
    Lab lab =
        lab(mend("first").replace("  uses", "  onFailure: continue\n  uses") + mend("second"))
            .step("first", StepAnswer.fails("no"))
            .later("second", "0s", "box", "ready", true);

    assertThat(lab.result()).isEqualTo(RunResult.RESOLVED);
    assertThat(lab.did()).containsExactly("second");
  }

  @Test
  void onFailureRunsOtherStepsInstead() {
    String steps =
        """
        - id: first
          uses: lab.mend
          with:
            box: ${target}
          onFailure:
            - id: other
              uses: lab.mend
              with:
                box: ${target}
                by: 2
        - id: last
          uses: lab.mend
          with:
            box: ${target}
        """;

    Lab well =
        lab(steps, shows("status: ${steps.first.status}", "error: ${steps.first.error}"))
            .step("first", StepAnswer.fails("no"))
            .later("last", "0s", "box", "ready", true);
    assertThat(well.changes()).containsExactly("first", "other", "last");
    assertThat(well.result()).isEqualTo(RunResult.RESOLVED);
    assertThat(well.value("status")).isEqualTo(Value.of("failed"));
    assertThat(well.value("error")).isEqualTo(Value.of("no"));
    Lab ill =
        lab(steps).step("first", StepAnswer.fails("no")).step("other", StepAnswer.fails("neither"));
    assertThat(ill.changes()).containsExactly("first", "other");
    assertThat(ill.report().reason()).contains("neither");
  }

  @Test
  void aClassesOnFailureHoldsForItsStepsButNotForOneThatSaysOtherwise() {
    String remediate =
        "remediate:\n  broken:\n    onFailure: continue\n    steps:\n"
            + mend("first").indent(6)
            + "%s"
            + mend("last").indent(6);
    Lab lab =
        Lab.of(
                Sections.BOX,
                Sections.BROKEN,
                remediate.formatted(""),
                Sections.VERIFY,
                Sections.END)
            .fact("box", Sections.BROKEN_BOX)
            .step("first", StepAnswer.fails("no"))
            .later("last", "0s", "box", "ready", true);
    assertThat(lab.did()).containsExactly("last");

    String strict = mend("strict").replace("  uses", "  onFailure: stop\n  uses").indent(6);
    Lab stopped =
        Lab.of(
                Sections.BOX,
                Sections.BROKEN,
                remediate.formatted(strict),
                Sections.VERIFY,
                Sections.END)
            .fact("box", Sections.BROKEN_BOX)
            .step("strict", StepAnswer.fails("really not"));
    assertThat(stopped.did()).containsExactly("first");
    assertThat(stopped.report().reason()).contains("really not");
  }

  @Test
  void untilIsAskedBeforeEachStepAfterReadingWhatItReaches() {
    String remediate =
        "remediate:\n  broken:\n    until: box.load < 50\n    steps:\n"
            + (mend("a") + mend("b") + mend("c")).indent(6);
    Lab lab =
        Lab.of(
                Sections.BOX,
                Sections.BROKEN,
                remediate,
                "verify:\n  expect:\n    calm: box.load < 50\n",
                Sections.END,
                shows("c: ${steps.c.status}"))
            .fact("box", Sections.BROKEN_BOX)
            .later("a", "0s", "box", "load", 70)
            .later("b", "0s", "box", "load", 40);

    assertThat(lab.result()).as(lab.report().reason()).isEqualTo(RunResult.RESOLVED);
    assertThat(lab.did()).containsExactly("a", "b");
    assertThat(lab.value("c")).isEqualTo(Value.of("pending"));
  }

  @Test
  void anUntilThatCannotBeDecidedEndsTheRun() {
    String remediate =
        "remediate:\n  broken:\n    until: box.load < 50\n    onFailure: continue\n    steps:\n"
            + (mend("a") + mend("b")).indent(6);
    Lab lab =
        Lab.of(Sections.BOX, Sections.BROKEN, remediate, Sections.VERIFY, Sections.END)
            .fact("box", Sections.BROKEN_BOX)
            .laterUnavailable("a", "0s", "box", "connection reset");

    assertThat(lab.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(lab.did()).containsExactly("a");
    assertThat(lab.report().reason()).contains("connection reset");
    assertThat(lab.played().state().undecided()).containsExactly("box");
  }

  @Test
  void aGroupHoldsItsStepsTogether() {
    Lab lab =
        lab(
                """
                - id: both
                  when: box.load > 1
                  steps:
                    - id: a
                      uses: lab.mend
                      with: { box: "${target}" }
                    - id: b
                      uses: lab.mend
                      with: { box: "${target}" }
                """,
                shows("status: ${steps.both.status}", "changed: ${steps.both.changed}"))
            .step("a", StepAnswer.DONE.unchanged())
            .later("b", "0s", "box", "ready", true);

    assertThat(lab.did()).containsExactly("a", "b");
    assertThat(lab.value("status")).isEqualTo(Value.of("done"));
    assertThat(lab.value("changed")).isEqualTo(Value.TRUE);
  }

  @Test
  void aGuardedGroupIsLeftOutAsAWhole() {
    Lab lab =
        Lab.of(
                Sections.BOX,
                Sections.BROKEN,
                """
                guardrails:
                  opt_in:
                    require: box.tags["extra"] == "yes"
                    guards: [extra]
                    then: skip
                    because: Nothing extra on ${box.name}
                remediate:
                  broken:
                    steps:
                      - id: mend
                        uses: lab.mend
                        with: { box: "${target}" }
                      - id: extra
                        steps:
                          - id: more
                            uses: lab.mend
                            with: { box: "${target}" }
                """,
                Sections.VERIFY,
                Sections.END,
                shows("status: ${steps.extra.status}", "reason: ${steps.extra.reason}"))
            .fact("box", Sections.BROKEN_BOX)
            .later("mend", "0s", "box", "ready", true);

    assertThat(lab.did()).containsExactly("mend");
    assertThat(lab.result()).isEqualTo(RunResult.RESOLVED);
    assertThat(lab.value("status")).isEqualTo(Value.of("skipped"));
    assertThat(lab.value("reason")).isEqualTo(Value.of("Nothing extra on b1"));
  }

  @Test
  void aBlockIsCalledWithItsArgumentsAndMayRunTwice() {
    Lab lab =
        lab(
                """
                - call: mend_by
                  with:
                    by: 3
                - call: mend_by
                """,
                """
                blocks:
                  mend_by:
                    args:
                      by: { type: integer, default: 7, doc: How far }
                    steps:
                      - id: inner
                        uses: lab.mend
                        with:
                          box: ${target}
                          by: ${args.by}
                """)
            .later("inner", "0s", "box", "ready", true);

    assertThat(lab.result()).as(lab.report().reason()).isEqualTo(RunResult.RESOLVED);
    assertThat(lab.changes()).containsExactly("inner", "inner#2");
    assertThat(
            lab.commands(Command.Change.class).stream()
                .map(one -> one.input().get("by"))
                .distinct())
        .containsExactly(Value.of(3), Value.of(7));
  }

  @Test
  void aMatchTakesTheCaseThatFitsElseTheOther() {
    String steps =
        """
        - id: pick
          match: box.owner
          cases:
            anna:
              - id: for_anna
                uses: lab.mend
                with: { box: "${target}" }
            berta:
              - id: for_berta
                uses: lab.mend
                with: { box: "${target}" }
          else:
            - escalate: Nobody owns ${box.name}
        """;
    Lab berta =
        lab(steps, shows("command: ${steps.pick.command}"))
            .fact("box", "name", "b1", "ready", false, "owner", "berta");
    assertThat(berta.did()).containsExactly("for_berta");
    assertThat(berta.value("command")).isEqualTo(Value.of("lab mend b1 --by=1"));
    Lab nobody = lab(steps);
    assertThat(nobody.did()).isEmpty();
    assertThat(nobody.report().reason()).isEqualTo("Nobody owns b1");
  }

  @Test
  void aPauseTakesItsTime() {
    Lab lab =
        lab("- id: pause\n  wait: 40s\n" + mend("mend"), shows("took: ${steps.pause.took}"))
            .later("mend", "0s", "box", "ready", true);

    assertThat(lab.value("took")).isEqualTo(Value.of(Lab.duration("40s")));
    assertThat(lab.report().duration()).isEqualTo(Lab.duration("40s"));
  }

  @Test
  void aWaitEndsAsSoonAsItsConditionHoldsAndFailsWhenItRunsOut() {
    String steps = mend("mend") + "- id: calm\n  wait: 1m\n  until: box.load < 50\n  every: 10s\n";
    Lab well =
        lab(steps, shows("took: ${steps.calm.took}"))
            .later("mend", "25s", "box", "load", 10, "ready", true);
    assertThat(well.result()).isEqualTo(RunResult.RESOLVED);
    assertThat(well.value("took")).isEqualTo(Value.of(Lab.duration("30s")));
    Lab ill = lab(steps, shows("status: ${steps.calm.status}"));
    assertThat(ill.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(ill.value("status")).isEqualTo(Value.of("failed"));
    assertThat(ill.report().duration()).isEqualTo(Lab.duration("1m"));
  }

  @Test
  void aReadStepMayBeRepeatedUntilItSeesWhatItWants() {
    String steps =
        mend("mend")
            + """
            - id: seen
              uses: lab.box
              with:
                box: ${target}
              until: result.ready
              every: 10s
              within: 45s
            """;
    Lab well =
        lab(steps)
            .step("seen", StepAnswer.returns(Lab.struct("ready", false)))
            .laterStep("mend", "15s", "seen", StepAnswer.returns(Lab.struct("ready", true)))
            .later("mend", "0s", "box", "ready", true);
    assertThat(well.did()).containsExactly("mend", "seen");
    assertThat(well.report().duration()).isEqualTo(Lab.duration("20s"));
    Lab ill =
        lab(steps, shows("ready: ${steps.seen.result.ready}"))
            .step("seen", StepAnswer.returns(Lab.struct("ready", false)));
    assertThat(ill.did()).containsExactly("mend");
    assertThat(ill.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(ill.report().duration()).isEqualTo(Lab.duration("45s"));
    assertThat(ill.value("ready")).isEqualTo(Value.FALSE);
  }

  @Test
  void aRecordKeepsWhatItWasToldAndAProposalIsNeverRun() {
    Lab lab =
        lab(
                """
                - id: evidence
                  record:
                    load: ${box.load}
                - id: suggest
                  propose: lab.mend
                  with:
                    box: ${target}
                    by: 5
                """
                    + mend("mend"),
                shows(
                    "load: ${steps.evidence.result.load}",
                    "status: ${steps.suggest.status}",
                    "command: ${steps.suggest.command}"))
            .later("mend", "0s", "box", "ready", true);

    assertThat(lab.value("load")).isEqualTo(Value.of(90));
    assertThat(lab.value("status")).isEqualTo(Value.of("planned"));
    assertThat(lab.value("command")).isEqualTo(Value.of("lab mend b1 --by=5"));
    assertThat(lab.changes()).containsExactly("mend");
    assertThat(lab.planned()).containsExactly("suggest");
    assertThat(lab.result()).isEqualTo(RunResult.RESOLVED);
  }

  @Test
  void aProposingActionIsNoChangeAndNeverResolves() {
    Lab lab =
        lab(
            """
            - id: ask
              uses: lab.propose
              with:
                title: Mend ${box.name}
            """,
            shows("changed: ${steps.ask.changed}"));

    assertThat(lab.did()).containsExactly("ask");
    assertThat(lab.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(lab.value("changed")).isEqualTo(Value.FALSE);
  }

  @Test
  void whatWasReadAgainIsNewAndWhatWasNotIsNot() {
    Lab lab =
        lab(
                mend("mend")
                    + """
                    - id: before_it
                      record:
                        load: ${box.load}
                    - id: after_it
                      refresh: [box]
                      record:
                        load: ${box.load}
                        was: ${before.box.load}
                    """,
                shows(
                    "old: ${steps.before_it.result.load}",
                    "new: ${steps.after_it.result.load}",
                    "was: ${steps.after_it.result.was}"))
            .later("mend", "0s", "box", "load", 5, "ready", true);

    assertThat(lab.value("old")).isEqualTo(Value.of(90));
    assertThat(lab.value("new")).isEqualTo(Value.of(5));
    assertThat(lab.value("was")).isEqualTo(Value.of(90));
  }

  @Test
  void handingOffEndsTheRun() {
    Lab lab =
        lab(
            """
            - id: over
              handOff:
                signal: other_broken
                with:
                  name: ${box.name}
            """
                + mend("never"));

    assertThat(lab.result()).isEqualTo(RunResult.HANDED_OFF);
    assertThat(lab.report().handOff()).isNotNull();
    assertThat(lab.report().handOff().signal()).isEqualTo("other_broken");
    assertThat(lab.report().handOff().labels()).containsEntry("name", "b1");
    assertThat(lab.changes()).isEmpty();
  }

  @Test
  void aHandOffMayBeWaitedFor() {
    Lab lab =
        lab(
            """
            - id: over
              handOff:
                signal: other_broken
                with:
                  name: ${box.name}
                await: 10m
            """
                + mend("never"));

    assertThat(lab.commands(Command.HandOff.class)).hasSize(1);
    assertThat(lab.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(lab.report().duration()).isEqualTo(Lab.duration("10m"));
  }

  @Test
  void itemsAreTakenOneByOneOfAListThatIsFrozen() {
    Lab lab =
        lab(
                """
                - id: drop
                  name: dropped ${item.name}
                  forEach: box.items
                  uses: lab.drop
                  with:
                    item: ${item}
                """,
                shows(
                    "did: ${join(run.did, \"; \")}", "failed: ${count(steps.drop.result.failed)}"))
            .fact(
                "box",
                "name",
                "b1",
                "ready",
                false,
                "items",
                Lab.list(Lab.item("a", 1, false), Lab.item("b", 2, false)))
            .later("drop", "0s", "box", "ready", true, "items", Lab.list());

    assertThat(lab.changes()).containsExactly("drop[0]", "drop[1]");
    assertThat(lab.did()).containsExactly("drop");
    assertThat(lab.value("did")).isEqualTo(Value.of("dropped a, dropped b"));
    assertThat(lab.value("failed")).isEqualTo(Value.of(0));
  }

  @Test
  void anItemThatFailsStopsTheRestUnlessTheStepGoesOn() {
    String steps =
        """
        - id: drop
          forEach: box.items
          uses: lab.drop
          with:
            item: ${item}
        """;
    Object[] box = {
      "name",
      "b1",
      "ready",
      false,
      "items",
      Lab.list(Lab.item("a", 1, false), Lab.item("b", 2, false), Lab.item("c", 3, false))
    };
    Lab stops =
        lab(
                steps,
                shows(
                    "done: ${count(steps.drop.result.done)}",
                    "failed: ${first(steps.drop.result.failed).error}"))
            .fact("box", box)
            .step("drop[1]", StepAnswer.fails("in use"));
    assertThat(stops.changes()).containsExactly("drop[0]", "drop[1]");
    assertThat(stops.value("done")).isEqualTo(Value.of(1));
    assertThat(stops.value("failed")).isEqualTo(Value.of("in use"));
    assertThat(stops.result()).isEqualTo(RunResult.ESCALATED);
    Lab goesOn =
        lab(steps + "  onFailure: continue\n")
            .fact("box", box)
            .step("drop[1]", StepAnswer.fails("in use"))
            .later("drop", "0s", "box", "ready", true);
    assertThat(goesOn.changes()).containsExactly("drop[0]", "drop[1]", "drop[2]");
    assertThat(goesOn.result()).isEqualTo(RunResult.RESOLVED);
  }

  @Test
  void whenABudgetEndsTheRestIsRefusedAndWhatIsDoneIsLookedAtOnce() {
    Lab lab =
        Lab.of(
                Sections.BOX,
                Sections.BROKEN,
                """
                guardrails:
                  cap:
                    limit: 3
                    every: 1m
                    guards: [lab.drop]
                remediate:
                  broken:
                    steps:
                      - id: drop
                        forEach: box.items
                        uses: lab.drop
                        with:
                          item: ${item}
                      - id: after
                        uses: lab.mend
                        with: { box: "${target}" }
                rollback:
                  steps:
                    - id: undo
                      uses: lab.undo
                      with: { box: "${target}" }
                """,
                Sections.VERIFY,
                Sections.END,
                shows(
                    "done: ${count(steps.drop.result.done)}",
                    "refused: ${count(steps.drop.result.refused, $.by == \"cap\")}",
                    "used: ${guardrails.cap.used}"))
            .fact(
                "box",
                "name",
                "b1",
                "ready",
                false,
                "items",
                Lab.list(
                    Lab.item("a", 1, false),
                    Lab.item("b", 2, false),
                    Lab.item("c", 3, false),
                    Lab.item("d", 4, false)))
            .used("lab.drop", "20s")
            .used("lab.drop", "61s");

    assertThat(lab.changes()).containsExactly("drop[0]", "drop[1]");
    assertThat(lab.value("done")).isEqualTo(Value.of(2));
    assertThat(lab.value("refused")).isEqualTo(Value.of(2));
    assertThat(lab.value("used")).isEqualTo(Value.of(3));
    assertThat(lab.report().stoppedBy()).isEqualTo("cap");
    assertThat(lab.played().state().attempts()).isEqualTo(1);
    assertThat(lab.result()).isEqualTo(RunResult.ESCALATED);
  }

  @Test
  void whereNothingWasChangedTheEndIsAnEscalation() {
    Lab same =
        lab(mend("mend"))
            .step("mend", StepAnswer.DONE.unchanged())
            .later("mend", "0s", "box", "ready", true);
    assertThat(same.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(same.report().reason()).startsWith("Nothing was changed");
    Lab left = lab(mend("mend").replace("  uses", "  when: box.load < 10\n  uses"));
    assertThat(left.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(left.report().reason()).contains("mend");
  }

  @Test
  void everyStepThatEndsIsNoted() {
    Lab lab =
        lab(mend("mend").replace("  uses", "  name: box mended\n  uses"))
            .later("mend", "0s", "box", "ready", true);

    assertThat(lab.notes(Note.StepEnded.class))
        .extracting(Note.StepEnded::step, Note.StepEnded::status, Note.StepEnded::text)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("mend", Note.StepStatus.DONE, "box mended"));
    assertThat(lab.notes(Note.PhaseEntered.class))
        .extracting(Note.PhaseEntered::phase)
        .containsExactly(
            Note.Phase.DIAGNOSE,
            Note.Phase.CLASSIFY,
            Note.Phase.PLAN,
            Note.Phase.ACT,
            Note.Phase.VERIFY,
            Note.Phase.END);
    assertThat(List.of(lab.played().journal().get(0))).hasOnlyElementsOfType(Event.Opened.class);
  }
}
