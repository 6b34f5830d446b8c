package io.byteport.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.value.Value;
import io.byteport.engine.guardrail.Claim;
import io.byteport.engine.run.Command;
import io.byteport.engine.run.RunResult;
import io.byteport.engine.sim.Fixture.StepAnswer;
import org.junit.jupiter.api.Test;

class RollbackTest {
  private static final String UNDO =
      """
      rollback:
        %s
        steps:
          - id: undo
            uses: lab.undo
            with:
              box: ${target}
      postmortem:
        rollback: ${run.rollback}
      """;

  private static Lab lab(String when, String... more) {
    return Lab.of(
            Sections.BOX,
            Sections.BROKEN,
            String.join("", more),
            Sections.MEND,
            Sections.VERIFY,
            UNDO.formatted(when),
            Sections.END)
        .fact("box", Sections.BROKEN_BOX);
  }

  @Test
  void whatDidNotHelpIsTakenBackAndAHumanIsCalled() {
    Lab lab = lab("when: steps.mend.changed");

    assertThat(lab.did()).containsExactly("mend", "undo");
    assertThat(lab.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(lab.report().unmet()).containsExactly("ready");
    assertThat(lab.value("rollback")).isEqualTo(Value.of("done"));
  }

  @Test
  void aRollbackThatFailsIsSaidToHaveFailed() {
    Lab lab = lab("when: true").step("undo", StepAnswer.fails("gone"));

    assertThat(lab.value("rollback")).isEqualTo(Value.of("failed"));
    assertThat(lab.report().reason()).contains("`ready`").contains("gone");
  }

  @Test
  void whereNothingWasChangedNothingIsTakenBack() {
    Lab lab = lab("when: true").step("mend", StepAnswer.fails("no"));

    assertThat(lab.changes()).containsExactly("mend");
    assertThat(lab.value("rollback")).isEqualTo(Value.of("none"));
  }

  @Test
  void itsConditionMayRuleItOut() {
    Lab lab = lab("when: box.load < 10");

    assertThat(lab.did()).containsExactly("mend");
    assertThat(lab.value("rollback")).isEqualTo(Value.of("none"));
  }

  @Test
  void limitsLocksAndApprovalsDoNotHoldItUpButRequirementsDo() {
    Lab lab =
        lab(
                "when: true",
                """
                guardrails:
                  once:
                    limit: 1
                    every: 1h
                  ask:
                    approve: Really?
                """)
            .approval("ask", true);
    assertThat(lab.did()).containsExactly("mend", "undo");
    assertThat(lab.commands(Command.Ask.class)).hasSize(1);
    assertThat(
            lab.commands(Command.Change.class)
                .get(lab.commands(Command.Change.class).size() - 1)
                .claims())
        .as("it counts all the same")
        .allMatch(
            claim ->
                claim instanceof Claim.Storm storm
                    ? storm.equals(storm.granted())
                    : claim instanceof Claim.Limit limit && limit.isTally())
        .extracting(Claim::key)
        .contains("limit/mend_box/once?b1");

    Lab refused =
        lab(
            "when: true",
            """
            guardrails:
              never_back:
                require: box.load < 10
                guards: [undo]
                because: Too much load to go back
            """);
    assertThat(refused.did()).containsExactly("mend");
    assertThat(refused.value("rollback")).isEqualTo(Value.of("failed"));
    assertThat(refused.report().reason()).contains("Too much load to go back");
  }

  @Test
  void aStepThatFailsAfterAChangeIsRolledBackToo() {
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
                      - id: second
                        uses: lab.mend
                        with: { box: "${target}" }
                """,
                Sections.VERIFY,
                UNDO.formatted("when: true"),
                Sections.END)
            .fact("box", Sections.BROKEN_BOX)
            .step("second", StepAnswer.fails("no"));

    assertThat(lab.did()).containsExactly("mend", "undo");
    assertThat(lab.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(lab.report().reason()).contains("`second` failed: no");
  }
}
