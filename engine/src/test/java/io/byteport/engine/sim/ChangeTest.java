package io.byteport.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.value.Value;
import io.byteport.engine.run.Command;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.RunResult;
import io.byteport.engine.run.RunState;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.sim.Fixture.StepAnswer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeTest {
  private static final String ROLLBACK =
      """
      rollback:
        steps:
          - id: undo
            uses: lab.undo
            with:
              box: ${target}
      """;

  private static Lab lab(String... more) {
    return Lab.of(
            Sections.BOX,
            Sections.BROKEN,
            Sections.MEND,
            Sections.VERIFY,
            Sections.END,
            String.join("", more))
        .fact("box", Sections.BROKEN_BOX);
  }

  @Test
  void anOutcomeThatIsNotKnownIsAskedForOnceAndTheRunGoesOnIfItIsLearned() {
    Lab lab =
        lab()
            .step("mend", StepAnswer.unknown("no answer", true))
            .later("mend", "0s", "box", "ready", true);

    assertThat(lab.commands(Command.Resolve.class)).hasSize(1);
    assertThat(lab.result()).isEqualTo(RunResult.RESOLVED);
    assertThat(lab.changes()).containsExactly("mend");
  }

  @Test
  void anOutcomeThatStaysUnknownStopsEverythingAndSaysBothWays() {
    Lab lab =
        lab(ROLLBACK, "postmortem: { s: \"${steps.mend.status}\", r: \"${run.rollback}\" }\n")
            .step("mend", StepAnswer.unknown("no answer", null));

    assertThat(lab.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(lab.changes()).as("nothing is repeated or taken back").containsExactly("mend");
    assertThat(lab.commands(Command.Resolve.class)).hasSize(1);
    assertThat(lab.report().reason())
        .contains("no answer")
        .contains("If it did")
        .contains("if it did not")
        .contains("lab mend b1 --by=1");
    assertThat(lab.value("s")).isEqualTo(Value.of("unknown"));
    assertThat(lab.value("r")).isEqualTo(Value.of("none"));
  }

  @Test
  void anOutcomeThatTurnsOutToBeNoneIsAFailure() {
    Lab lab = lab().step("mend", StepAnswer.unknown("no answer", false));

    assertThat(lab.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(lab.changes()).containsExactly("mend");
    assertThat(lab.report().reason()).contains("`mend` failed");
  }

  @Test
  void verificationCountsFromTheMomentAtWhichTheEffectIsComplete() {
    Lab lab =
        lab("postmortem: { at: \"${run.changedAt}\" }\n")
            .step("mend", StepAnswer.DONE.settles(Lab.duration("40s")))
            .later("mend", "90s", "box", "ready", true);

    assertThat(lab.result()).as(lab.report().reason()).isEqualTo(RunResult.RESOLVED);
    assertThat(lab.commands(Command.CheckSettled.class)).hasSizeGreaterThan(2);
    assertThat(lab.value("at")).isEqualTo(Value.of(Lab.START));
  }

  @Test
  void theEffectIsLookedAtLessAndLessOften() {
    Lab lab =
        lab()
            .step("mend", StepAnswer.DONE.settles(Lab.duration("5m")))
            .later("mend", "0s", "box", "ready", true);

    List<Event> events = lab.played().events();
    List<Long> looks =
        events.stream()
            .filter(Event.SettleChecked.class::isInstance)
            .map(event -> Lab.since(event.at()).toSeconds())
            .toList();
    assertThat(looks).startsWith(0L, 2L, 5L, 9L);
    assertThat(looks.get(looks.size() - 1) - looks.get(looks.size() - 2)).isEqualTo(15);
  }

  @Test
  void anAlertThatResolvesBeforeAnythingWasChangedEndsTheRunWithoutActing() {
    Lab lab =
        Lab.of(
                Sections.BOX,
                Sections.BROKEN
                    .replace("classify:\n", "classify:\n  passes: 3\n")
                    .replace("not box.ready", "box.load > 95"),
                Sections.MEND,
                Sections.VERIFY,
                Sections.END)
            .fact("box", Sections.BROKEN_BOX)
            .laterSignal(null, "10s", Signal.Status.RESOLVED);

    assertThat(lab.result()).isEqualTo(RunResult.SKIPPED);
    assertThat(lab.report().reason()).contains("resolved");
    assertThat(lab.report().duration()).isEqualTo(Lab.duration("10s"));
    assertThat(lab.changes()).isEmpty();
  }

  @Test
  void anAlertThatResolvesAfterAChangeDoesNotStopWhatHasBegun() {
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
                      - id: pause
                        wait: 30s
                      - id: second
                        uses: lab.mend
                        with: { box: "${target}" }
                verify:
                  within: 1m
                  expect:
                    cleared: signal.cleared
                """,
                Sections.END)
            .fact("box", Sections.BROKEN_BOX)
            .laterSignal("mend", "10s", Signal.Status.RESOLVED);

    assertThat(lab.changes()).containsExactly("mend", "second");
    assertThat(lab.result()).isEqualTo(RunResult.RESOLVED);
  }

  @Test
  void aCrashBetweenIntentAndOutcomeAsksTheWorldFirst() {
    Lab lab = lab().later("mend", "0s", "box", "ready", true);
    List<Event> events = lab.played().events();
    int intent =
        events.indexOf(
            events.stream()
                .filter(Event.ChangeIntended.class::isInstance)
                .findFirst()
                .orElseThrow());

    RunState crashed = Lab.INTERPRETER.fold(lab.runbook(), events.subList(0, intent + 1));

    assertThat(Lab.INTERPRETER.resume(crashed))
        .isInstanceOfSatisfying(
            Command.Resolve.class,
            resolve -> assertThat(resolve.intent()).isEqualTo(events.get(intent)));
    assertThat(crashed.pending()).get().isInstanceOf(Command.Change.class);
  }
}
