package io.byteport.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.run.Autonomy;
import io.byteport.engine.run.Command;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.Policy;
import io.byteport.engine.run.RunReport;
import io.byteport.engine.run.RunResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AutonomyTest {
  private static final String NOTIFY =
      """
      notify:
        opened:
          to: { chat: {} }
        planned:
          to: { room: {} }
      """;

  private static Lab lab(String more) {
    return Lab.of(Sections.BOX, Sections.BROKEN, Sections.MEND, Sections.VERIFY, Sections.END, more)
        .fact("box", Sections.BROKEN_BOX)
        .later("mend", "10s", "box", "ready", true);
  }

  private static void changedNothing(Lab lab) {
    assertThat(lab.result()).as(lab.report().reason()).isEqualTo(RunResult.PLANNED);
    assertThat(lab.planned()).containsExactly("mend");
    assertThat(lab.report().planned()).containsExactly("lab mend b1 --by=1");
    assertThat(lab.commands(Command.Change.class)).isEmpty();
    assertThat(lab.commands(Command.CheckGuardrails.class))
        .noneMatch(Command.CheckGuardrails::takeLocks);
  }

  @Test
  void an_observed_run_plans_changes_nothing_and_tells_nobody() {
    Lab lab = lab(NOTIFY).under(Policy.of(Autonomy.OBSERVE));

    changedNothing(lab);
    assertThat(lab.report().reason()).isEqualTo("Autonomy is `observe`: 1 step is planned");
    assertThat(lab.report().notices()).isEmpty();
    assertThat(lab.notes(Note.Announced.class)).isEmpty();
  }

  @Test
  void an_observed_run_that_knows_no_class_tells_nobody_either() {
    Lab lab = lab(NOTIFY).under(Policy.of(Autonomy.OBSERVE)).unavailable("box", "gone");

    assertThat(lab.result()).isEqualTo(RunResult.ESCALATED);
    assertThat(lab.report().notices()).isEmpty();
  }

  @Test
  void a_proposed_plan_goes_out_with_its_commands() {
    Lab lab = lab(NOTIFY).under(Policy.of(Autonomy.PROPOSE));

    changedNothing(lab);
    assertThat(lab.report().notices()).hasSize(1);
    RunReport.Notification notice = lab.report().notices().getFirst();
    assertThat(notice.event()).isEqualTo("planned");
    assertThat(notice.channels()).containsOnlyKeys("room");
    assertThat(notice.commands()).containsExactly("lab mend b1 --by=1");
    assertThat(notice.attachments().get("plan"))
        .startsWith("autonomy propose\n")
        .contains("lab mend b1 --by=1");
    assertThat(lab.notes(Note.Announced.class)).hasSize(1);
  }

  @Test
  void a_proposed_plan_goes_out_where_the_runbook_names_nobody() {
    Lab lab = lab("").under(Policy.of(Autonomy.PROPOSE));

    changedNothing(lab);
    assertThat(lab.report().notices())
        .extracting(RunReport.Notification::commands)
        .containsExactly(List.of("lab mend b1 --by=1"));
  }

  @Test
  void a_dry_run_stays_what_it_is_whatever_the_level() {
    for (Autonomy level : Autonomy.values()) {
      Lab lab = lab(NOTIFY).dryRun().under(Policy.of(level));

      changedNothing(lab);
      assertThat(lab.report().reason()).isEqualTo("Dry run: 1 step is planned");
      assertThat(lab.report().notices().getFirst().attachments()).isEmpty();
    }
  }

  @Test
  void the_lowest_level_that_matches_holds() {
    Policy policy =
        new Policy(Autonomy.APPROVE, Map.of("broken", Autonomy.ACT, "lost", Autonomy.OBSERVE));

    assertThat(policy.forClass(null)).isEqualTo(Autonomy.APPROVE);
    assertThat(policy.forClass("broken")).isEqualTo(Autonomy.APPROVE);
    assertThat(policy.forClass("lost")).isEqualTo(Autonomy.OBSERVE);
    assertThat(policy.forClass("else")).isEqualTo(Autonomy.APPROVE);
  }

  @Test
  void a_class_can_be_held_lower_than_the_rest() {
    Lab lab = lab(NOTIFY).under(new Policy(Autonomy.ACT, Map.of("broken", Autonomy.OBSERVE)));

    changedNothing(lab);
    assertThat(lab.report().notices()).isEmpty();
    assertThat(lab.notes(Note.Announced.class)).as("before there was a class").hasSize(1);
  }

  @Test
  void the_level_is_written_down_with_every_decision() {
    Lab lab = lab("").under(new Policy(Autonomy.ACT, Map.of("broken", Autonomy.PROPOSE)));

    assertThat(lab.notes(Note.Classified.class))
        .extracting(Note.Classified::autonomy)
        .containsExactly(Autonomy.PROPOSE);
  }

  @Test
  void a_run_that_may_act_acts() {
    Lab lab = lab("").under(Policy.of(Autonomy.ACT));

    assertThat(lab.result()).isEqualTo(RunResult.RESOLVED);
    assertThat(lab.changes()).containsExactly("mend");
  }
}
