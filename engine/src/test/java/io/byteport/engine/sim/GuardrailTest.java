package io.byteport.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.value.Value;
import io.byteport.engine.guardrail.Claim;
import io.byteport.engine.run.Command;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.RunResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuardrailTest {

  private static Lab lab(String guardrails) {
    return Lab.of(
            Sections.BOX,
            Sections.BROKEN,
            "guardrails:\n" + guardrails.indent(2),
            Sections.MEND,
            Sections.VERIFY,
            Sections.END)
        .fact("box", Sections.BROKEN_BOX)
        .later("mend", "10s", "box", "ready", true);
  }

  private static void stopped(Lab lab, RunResult result, String by) {
    assertThat(lab.result()).as(lab.report().reason()).isEqualTo(result);
    assertThat(lab.report().stoppedBy()).isEqualTo(by);
    assertThat(lab.changes()).isEmpty();
  }

  @Test
  void anOptOutEndsTheRunBeforeItIsClassified() {
    Lab lab =
        lab(
            """
            opted_out:
              skip: box.load > 50
              because: ${box.name} is left alone
            """);

    stopped(lab, RunResult.SKIPPED, "opted_out");
    assertThat(lab.report().reason()).isEqualTo("b1 is left alone");
    assertThat(lab.report().classId()).isNull();
    assertThat(lab.report().notices()).isEmpty();
  }

  @Test
  void anOptOutThatCannotBeReadCountsAsGivenAndCallsAHuman() {
    Lab lab =
        Lab.of(
                Sections.BOX,
                "  found:\n    uses: lab.find\n    with: { label: red }\n",
                Sections.BROKEN,
                "guardrails:\n  opted_out:\n    skip: found != null\n",
                Sections.MEND,
                Sections.VERIFY,
                Sections.END)
            .fact("box", Sections.BROKEN_BOX)
            .unavailable("found", "forbidden");

    stopped(lab, RunResult.ESCALATED, "opted_out");
    assertThat(lab.report().classId()).isEqualTo("broken");
    assertThat(lab.report().reason()).contains("found: forbidden");
  }

  @Test
  void aRequirementThatDoesNotHoldRefuses() {
    Lab lab =
        lab(
            "opt_in:\n"
                + "  require: box.tags[\"mend\"] == \"yes\"\n"
                + "  because: No opt-in on ${box.name}\n");

    stopped(lab, RunResult.ESCALATED, "opt_in");
    assertThat(lab.report().reason()).isEqualTo("No opt-in on b1");
  }

  @Test
  void aRequirementThatCannotBeDecidedRefuses() {
    Lab lab = lab("small:\n  require: box.level < 3\n");

    // a level that is null is not smaller than three; arithmetic on it is not known at all
    stopped(lab, RunResult.ESCALATED, "small");
    Lab undecided = lab("small:\n  require: box.level + 1 < 3\n");
    stopped(undecided, RunResult.ESCALATED, "small");
    assertThat(undecided.report().reason()).contains("cannot be decided");
  }

  @Test
  void aRequirementOnEveryChangeThatSkipsEndsSkipped() {
    stopped(
        lab("opt_in:\n  require: box.tags[\"mend\"] == \"yes\"\n  then: skip\n"),
        RunResult.SKIPPED,
        "opt_in");
  }

  @Test
  void aRequirementSeesWhatTheActionIsGiven() {
    stopped(
        lab("small_steps:\n  require: with.by < 1\n  guards: [mend]\n"),
        RunResult.ESCALATED,
        "small_steps");
    assertThat(lab("small_steps:\n  require: with.by <= 1\n  guards: [mend]\n").result())
        .isEqualTo(RunResult.RESOLVED);
  }

  @Test
  void aRequirementOnAClassIsAskedOnEntry() {
    stopped(
        lab("not_now:\n  require: box.load < 50\n  guards: [broken]\n"),
        RunResult.ESCALATED,
        "not_now");
  }

  @Test
  void theFirstRefusalOfTheFileSpeaksAndEscalationBeatsLeavingOut() {
    Lab lab =
        lab(
            """
            a_skip:
              require: box.load < 1
              then: skip
            b_first:
              require: box.load < 2
            c_second:
              require: box.load < 3
            """);

    stopped(lab, RunResult.ESCALATED, "b_first");
    assertThat(lab.notes(Note.GuardrailJudged.class))
        .extracting(Note.GuardrailJudged::guardrail)
        .contains("a_skip", "b_first", "c_second");
  }

  @Test
  void aLimitCountsWhatWasDoneWithinItsWindow() {
    String limit = "often:\n  limit: 2\n  every: 1h\n  guards: [mend]\n";

    stopped(lab(limit).used("mend", "10m").used("mend", "59m"), RunResult.ESCALATED, "often");
    assertThat(lab(limit).used("mend", "10m").used("mend", "60m").result())
        .as("a window is half-open")
        .isEqualTo(RunResult.RESOLVED);
  }

  @Test
  void aLimitShowsWhatIsUsed() {
    Lab lab =
        Lab.of(
                Sections.BOX,
                Sections.BROKEN,
                "guardrails:\n  often:\n    limit: 5\n    every: 1h\n",
                Sections.MEND,
                Sections.VERIFY,
                Sections.END,
                "postmortem: { used: \"${guardrails.often.used}\", left:"
                    + " \"${guardrails.often.left}\" }\n")
            .used("mend", "10m")
            .fact("box", Sections.BROKEN_BOX)
            .later("mend", "10s", "box", "ready", true);

    assertThat(lab.value("used")).isEqualTo(Value.of(2));
    assertThat(lab.value("left")).isEqualTo(Value.of(3));
  }

  @Test
  void keysSayWhatIsCountedTogether() {
    Lab lab =
        lab(
            """
            own:
              limit: 9
              every: 1h
            shared_one:
              limit: 9
              every: 1h
              shared: mending
            of_action:
              limit: 9
              every: 1h
              guards: [lab.mend]
              per: [with.box]
            alone:
              lock: bench
            each:
              lock: bench
              per: [target]
            """);

    assertThat(lab.result()).as(lab.report().reason()).isEqualTo(RunResult.RESOLVED);
    List<Claim> claims = lab.commands(Command.Change.class).get(0).claims();
    assertThat(claims.stream().filter(claim -> !claim.guardrail().isEmpty()))
        .extracting(Claim::key)
        .containsExactly(
            "limit/mend_box/own?b1",
            "shared/mending?b1",
            "action/lab.mend?b1",
            "lock/bench",
            "lock/bench?b1",
            "storm/fleet/box");
  }

  @Test
  void everyChangeIsCountedForLimitsOfOtherRunbooks() {
    Lab lab = lab("opt_in:\n  require: true\n");

    assertThat(lab.commands(Command.Change.class).get(0).claims())
        .isNotEmpty()
        .allMatch(
            claim ->
                claim instanceof Claim.Storm
                    || (claim instanceof Claim.Limit limit && limit.isTally()))
        .extracting(Claim::key)
        .contains("action/lab.mend", "action/lab.mend?b1");
  }

  @Test
  void aLockThatIsHeldEscalatesOrJoins() {
    stopped(lab("alone:\n  lock: bench\n").locked("bench", "run-7"), RunResult.ESCALATED, "alone");
    Lab joined = lab("alone:\n  lock: bench\n  busy: join\n").locked("bench", "run-7");
    stopped(joined, RunResult.JOINED, "alone");
    assertThat(joined.report().reason()).contains("run-7");
    assertThat(joined.report().notices()).isEmpty();
  }

  @Test
  void aLockIsWaitedForAsLongAsItSays() {
    String lock = "alone:\n  lock: bench\n  wait: 1m\n";

    assertThat(lab(lock).lockedUntil("bench", "run-7", "30s").result())
        .isEqualTo(RunResult.RESOLVED);
    Lab tooLong = lab(lock).lockedUntil("bench", "run-7", "2m");
    stopped(tooLong, RunResult.ESCALATED, "alone");
    assertThat(tooLong.report().duration()).isEqualTo(Lab.duration("1m"));
  }

  @Test
  void anApprovalIsAskedForOnceAndMayBeDeclinedOrRunOut() {
    String approve = "ask:\n  approve: Mend ${target.name}?\n  within: 10m\n  guards: [mend]\n";

    Lab approved = lab(approve).approval("ask", true);
    assertThat(approved.result()).isEqualTo(RunResult.RESOLVED);
    assertThat(approved.commands(Command.Ask.class))
        .extracting(Command.Ask::question)
        .containsExactly("Mend b1?");
    Lab declined = lab(approve).approval("ask", false);
    stopped(declined, RunResult.ESCALATED, "ask");
    assertThat(declined.report().reason()).contains("declined by on-call");
    Lab unanswered = lab(approve);
    stopped(unanswered, RunResult.ESCALATED, "ask");
    assertThat(unanswered.report().duration()).isEqualTo(Lab.duration("10m"));
  }

  @Test
  void anApprovalIsNotAskedForWhereItIsNotNeeded() {
    Lab lab = lab("ask:\n  approve: Mend it?\n  unless: box.load > 50\n");

    assertThat(lab.result()).isEqualTo(RunResult.RESOLVED);
    assertThat(lab.commands(Command.Ask.class)).isEmpty();
  }

  @Test
  void whatIsForbiddenLeavesTheRestAlone() {
    assertThat(
            lab("hands_off:\n  forbid:\n    - { resources: [items], verbs: [patch] }\n").result())
        .isEqualTo(RunResult.RESOLVED);
    assertThat(
            lab("""
            hands_off:
              forbid:
                - resources: [boxes]
                  verbs: [patch]
                  fields: [spec.colour]
            """)
                .result())
        .isEqualTo(RunResult.RESOLVED);
  }

  @Test
  void aProtectedItemIsLeftOutAndTheOthersAreNot() {
    Lab lab =
        Lab.of(
                Sections.BOX,
                Sections.BROKEN,
                """
                guardrails:
                  kept:
                    protect: item.kept
                    guards: [drop]
                  huge:
                    protect: with.item.size > 100
                    guards: [lab.drop]
                remediate:
                  broken:
                    steps:
                      - id: drop
                        forEach: box.items
                        uses: lab.drop
                        with:
                          item: ${item}
                """,
                Sections.VERIFY,
                Sections.END,
                """
                postmortem:
                  done: ${join(map(steps.drop.result.done, $.item.name), ",")}
                  refused: ${join(map(steps.drop.result.refused, $.item.name), ",")}
                  by: ${join(map(steps.drop.result.refused, $.by), ",")}
                """)
            .fact(
                "box",
                "name",
                "b1",
                "ready",
                false,
                "items",
                Lab.list(
                    Lab.item("a", 1, false),
                    Lab.item("b", 1, true),
                    Lab.item("c", 500, false),
                    Lab.item("d", 2, false)))
            .later("drop", "0s", "box", "ready", true);

    assertThat(lab.result()).as(lab.report().reason()).isEqualTo(RunResult.RESOLVED);
    assertThat(lab.value("done")).isEqualTo(Value.of("a,d"));
    assertThat(lab.value("refused")).isEqualTo(Value.of("b,c"));
    assertThat(lab.value("by")).isEqualTo(Value.of("kept,huge"));
  }
}
