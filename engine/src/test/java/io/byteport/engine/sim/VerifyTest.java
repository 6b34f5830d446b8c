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

class VerifyTest {

  private static Lab lab(String verify, String... more) {
    return Lab.of(
            Sections.BOX,
            Sections.BROKEN,
            Sections.MEND,
            "verify:\n" + verify.indent(2),
            Sections.END,
            String.join("", more))
        .fact("box", Sections.BROKEN_BOX);
  }

  /** Seconds after the start at which facts were read, the diagnosis aside. */
  private static List<Long> looks(Lab lab) {
    return lab.played().events().stream()
        .filter(Event.Observed.class::isInstance)
        .skip(1)
        .map(event -> Lab.since(event.at()).toSeconds())
        .toList();
  }

  @Test
  void itIsLookedEveryNowAndThenAndALastTimeAtTheEnd() {
    Lab lab = lab("within: 35s\nevery: 10s\nexpect:\n  ready: box.ready\n");

    assertThat(looks(lab)).containsExactly(0L, 10L, 20L, 30L, 35L);
    assertThat(lab.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(lab.report().unmet()).containsExactly("ready");
    assertThat(lab.report().reason()).contains("`ready`").contains("35s");
  }

  @Test
  void withoutATimeItIsLookedOnce() {
    Lab lab = lab("expect:\n  ready: box.ready\n").later("mend", "5s", "box", "ready", true);

    assertThat(looks(lab)).containsExactly(0L);
    assertThat(lab.result()).isEqualTo(RunResult.ESCALATED);
  }

  @Test
  void itIsNotLookedBeforeItsTime() {
    Lab lab =
        lab("within: 1m\nafter: 20s\nevery: 10s\nexpect:\n  ready: box.ready\n")
            .later("mend", "15s", "box", "ready", true);

    assertThat(looks(lab)).containsExactly(20L);
    assertThat(lab.result()).isEqualTo(RunResult.RESOLVED);
  }

  @Test
  void whatHoldsMustStayTrue() {
    String verify = "within: 1m\nevery: 10s\nfor: 30s\nexpect:\n  ready: box.ready\n";
    Lab stays =
        lab(verify, "postmortem: { at: \"${run.recoveredAt}\" }\n")
            .later("mend", "15s", "box", "ready", true);
    assertThat(stays.result()).isEqualTo(RunResult.RESOLVED);
    assertThat(looks(stays)).containsExactly(0L, 10L, 20L, 30L, 40L, 50L);
    assertThat(stays.value("at")).isEqualTo(Value.of(Lab.START.plusSeconds(20)));
    Lab relapses =
        lab(verify)
            .later("mend", "15s", "box", "ready", true)
            .later("mend", "45s", "box", "ready", false);
    assertThat(relapses.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(relapses.report().duration()).isEqualTo(Lab.duration("1m"));
    Lab late = lab(verify).later("mend", "55s", "box", "ready", true);
    assertThat(late.result()).as("it begins to hold in time").isEqualTo(RunResult.RESOLVED);
    assertThat(late.report().duration()).isEqualTo(Lab.duration("90s"));
  }

  @Test
  void ofOffsetsTheFirstThatPassesWins() {
    String verify = "at: [30s, 60s]\nexpect:\n  ready: box.ready\n";
    Lab second = lab(verify).later("mend", "45s", "box", "ready", true);
    assertThat(looks(second)).containsExactly(30L, 60L);
    assertThat(second.result()).isEqualTo(RunResult.RESOLVED);
    assertThat(second.played().state().attempts()).isEqualTo(2);
    Lab never = lab(verify);
    assertThat(never.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(never.played().state().attempts()).isEqualTo(2);
  }

  @Test
  void whatCannotBeDecidedIsNotYetAndThenAFailure() {
    Lab recovers =
        lab("within: 1m\nevery: 10s\nexpect:\n  ready: box.ready\n")
            .laterUnavailable("mend", "0s", "box", "connection reset")
            .later("mend", "25s", "box", "name", "b1", "ready", true);
    assertThat(recovers.result()).isEqualTo(RunResult.RESOLVED);
    Lab stays =
        lab("within: 30s\nevery: 10s\nexpect:\n  ready: box.ready\n")
            .laterUnavailable("mend", "0s", "box", "connection reset");
    assertThat(stays.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(stays.report().unmet()).containsExactly("ready");
    assertThat(stays.report().reason()).contains("connection reset");
  }

  @Test
  void exactlyTheFactsThatExpectationsReachAreReadAgain() {
    Lab lab =
        Lab.of(
                Sections.BOX,
                """
                  other:
                    uses: lab.find
                    with:
                      label: red
                  calm: box.load < 50
                """,
                Sections.BROKEN,
                Sections.MEND,
                """
                verify:
                  read:
                    twin:
                      uses: lab.box
                      with:
                        box: ${box}
                  expect:
                    calm: calm
                    twin_ready: twin.ready
                """,
                Sections.END)
            .fact("box", Sections.BROKEN_BOX)
            .is("other", Value.NULL)
            .fact("twin", "name", "b2", "ready", true)
            .later("mend", "0s", "box", "load", 1);

    assertThat(lab.result()).as(lab.report().reason()).isEqualTo(RunResult.RESOLVED);
    assertThat(lab.commands(Command.Read.class))
        .extracting(read -> read.calls().stream().map(Command.ReadCall::read).toList())
        .containsExactly(List.of("box", "other"), List.of("box"), List.of("twin"));
  }

  @Test
  void aClassLaysItsKeysOverThoseOfTheRunbook() {
    Lab lab =
        Lab.of(
                Sections.BOX,
                Sections.BROKEN,
                """
                remediate:
                  broken:
                    steps:
                      - id: mend
                        uses: lab.mend
                        with: { box: "${target}" }
                    verify:
                      within: 20s
                      expect:
                        calm: box.load < 80
                        named: null
                        owned: box.owner == null
                verify:
                  within: 5m
                  every: 10s
                  expect:
                    ready: box.ready
                    calm: box.load < 10
                    named: box.name == "other"
                """,
                Sections.END)
            .fact("box", Sections.BROKEN_BOX)
            .later("mend", "0s", "box", "ready", true, "load", 90);

    assertThat(looks(lab)).containsExactly(0L, 10L, 20L);
    assertThat(lab.report().unmet()).containsExactly("calm");
    assertThat(lab.notes(Note.ExpectationJudged.class))
        .extracting(Note.ExpectationJudged::expectation)
        .containsExactlyInAnyOrder("ready", "calm", "owned", "calm");
  }

  @Test
  void expectationsLookBackOverWhatWasReadBefore() {
    Lab lab =
        lab(
                "within: 2m\nevery: 10s\nexpect:\n  flat: increase(box.load, 30s) == 0\n",
                "postmortem: { attempts: \"${run.attempts}\" }\n")
            .later("mend", "0s", "box", "load", 90)
            .later("mend", "15s", "box", "load", 91);

    assertThat(lab.result()).as(lab.report().reason()).isEqualTo(RunResult.RESOLVED);
    assertThat(lab.report().duration()).isEqualTo(Lab.duration("50s"));
  }

  @Test
  void aPassIsFollowedByWhatMustFollow() {
    String then =
        """
        within: 1m
        expect:
          ready: box.ready
        then:
          - id: after
            when: steps.mend.changed
            uses: lab.mend
            with: { box: "${target}" }
        """;
    Lab well = lab(then).later("mend", "0s", "box", "ready", true);
    assertThat(well.did()).containsExactly("mend", "after");
    assertThat(well.result()).isEqualTo(RunResult.RESOLVED);
    Lab ill =
        lab(then)
            .later("mend", "0s", "box", "ready", true)
            .step("after", StepAnswer.fails("not now"));
    assertThat(ill.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(ill.report().reason()).contains("not now");
    Lab never = lab(then);
    assertThat(never.did()).containsExactly("mend");
  }
}
