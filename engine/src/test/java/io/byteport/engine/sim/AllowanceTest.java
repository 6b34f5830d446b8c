package io.byteport.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.run.AgentLimit;
import io.byteport.engine.run.Autonomy;
import io.byteport.engine.run.Command;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.Policy;
import io.byteport.engine.run.RunResult;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllowanceTest {
  private static final String THREE_CHANGES =
      """
      remediate:
        broken:
          steps:
            - id: mend
              uses: lab.mend
              with: { box: "${target}", by: 1 }
            - id: drop
              forEach: box.items
              uses: lab.drop
              with:
                item: ${item}
          advice: Look at it
        unknown:
          advice: Nobody knows
      """;

  private static Lab lab(int changes, String... guards) {
    return Lab.of(Sections.BOX, Sections.BROKEN, THREE_CHANGES, Sections.VERIFY, Sections.END)
        .fact(
            "box",
            "name",
            "b1",
            "load",
            1,
            "ready",
            false,
            "items",
            Lab.list(Lab.item("a", 1, false), Lab.item("b", 2, false)),
            "tags",
            Lab.struct())
        .under(policy(changes, guards));
  }

  private static Policy policy(int changes, String... guards) {
    return Policy.ACT.within(
        List.of(
            new AgentLimit("changes", changes, Duration.ofHours(1), List.of(), List.of(guards))));
  }

  private static List<Note.GuardrailJudged> judged(Lab lab) {
    return lab.notes(Note.GuardrailJudged.class).stream()
        .filter(one -> one.guardrail().equals("agent/changes"))
        .toList();
  }

  @Test
  void a_dry_run_shows_before_its_steps_and_at_each_how_far_a_limit_of_the_agent_is_used_up() {
    Lab lab = lab(40).dryRun();

    assertThat(lab.result()).isEqualTo(RunResult.PLANNED);
    assertThat(judged(lab))
        .extracting(Note.GuardrailJudged::step)
        .containsExactly(null, "mend", "drop[0]", "drop[1]");
    assertThat(judged(lab)).allMatch(Note.GuardrailJudged::allowed);
    assertThat(judged(lab)).extracting(one -> one.standing().used()).containsExactly(0, 0, 1, 2);
  }

  @Test
  void a_dry_run_stops_where_a_limit_of_the_agent_would_stop_it() {
    Lab lab = lab(1).dryRun();

    assertThat(lab.report().planned()).hasSize(1);
    assertThat(lab.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(lab.report().stoppedBy()).isEqualTo("agent/changes");
    assertThat(lab.report().reason()).startsWith("`agent/changes`: 1 change was made within 1h");
  }

  @Test
  void a_dry_run_takes_nothing_of_a_limit_of_the_agent() {
    assertThat(lab(40).dryRun().commands(Command.CheckGuardrails.class))
        .isNotEmpty()
        .noneMatch(Command.CheckGuardrails::takeLocks);
  }

  @Test
  void a_live_run_that_a_limit_of_the_agent_would_stop_is_stopped_before_its_first_change() {
    Lab lab = lab(0, "lab.drop");

    assertThat(lab.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(lab.report().stoppedBy()).isEqualTo("agent/changes");
    assertThat(lab.commands(Command.Change.class)).isEmpty();
  }

  @Test
  void a_limit_of_the_agent_on_other_actions_is_not_asked_about() {
    Lab lab = lab(0, "lab.other").dryRun();

    assertThat(lab.result()).isEqualTo(RunResult.PLANNED);
    assertThat(judged(lab)).isEmpty();
  }

  @Test
  void whoever_is_asked_sees_where_a_limit_of_the_agent_would_stop_the_plan() {
    Lab lab = lab(2);
    AskedRun run =
        new AskedRun(
            lab.runbook(),
            lab.opened().under(Policy.of(Autonomy.APPROVE).within(policy(2).limits())),
            Lab.struct(
                "name",
                "b1",
                "load",
                1,
                "ready",
                false,
                "items",
                Lab.list(Lab.item("a", 1, false), Lab.item("b", 2, false)),
                "tags",
                Lab.struct()));

    assertThat(run.asks().plan().steps()).hasSize(2);
    assertThat(run.asks().plan().then()).startsWith("`agent/changes`: 2 changes");
  }
}
