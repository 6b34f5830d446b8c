package io.byteport.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.run.Autonomy;
import io.byteport.engine.run.Command;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.Policy;
import io.byteport.engine.run.RunPlan;
import io.byteport.engine.run.RunResult;
import io.byteport.engine.run.RunState;
import io.byteport.engine.run.Transition;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApprovalTest {
  private static final String ALL = "guardrails:\n  asked:\n    approve: Mend ${target.name}?\n";
  private static final String TWO_STEPS =
      """
      remediate:
        broken:
          steps:
            - id: mend
              uses: lab.mend
              with: { box: "${target}", by: "${box.load}" }
            - id: drop
              forEach: box.items
              uses: lab.drop
              with:
                item: ${item}
          advice: Look at it
        unknown:
          advice: Nobody knows
      """;

  private static Lab lab(String guardrails) {
    return Lab.of(
        Sections.BOX, Sections.BROKEN, guardrails, TWO_STEPS, Sections.VERIFY, Sections.END);
  }

  private static AskedRun run(String guardrails, Policy policy) {
    Lab lab = lab(guardrails);
    return new AskedRun(lab.runbook(), lab.opened().under(policy), Lab.struct(box(3)));
  }

  private static AskedRun run(String guardrails) {
    return run(guardrails, Policy.ACT);
  }

  private static Object[] box(int load) {
    return new Object[] {
      "name",
      "b1",
      "load",
      load,
      "ready",
      false,
      "items",
      Lab.list(Lab.item("a", 1, false), Lab.item("b", 2, false)),
      "tags",
      Lab.struct()
    };
  }

  private static Object[] well() {
    Object[] fields = box(3);
    fields[5] = true;
    return fields;
  }

  @Test
  void a_human_is_asked_with_the_exact_plan_before_the_first_change() {
    AskedRun run = run(ALL);

    Command.Ask ask = run.asks();
    assertThat(ask.question()).isEqualTo("Mend b1?");
    assertThat(ask.plan().classId()).isEqualTo("broken");
    assertThat(ask.plan().commands())
        .containsExactly("lab mend b1 --by=3", "lab drop a", "lab drop b");
    assertThat(ask.plan().steps())
        .extracting(RunPlan.Step::key)
        .containsExactly("mend", "drop[0]", "drop[1]");
    assertThat(ask.hash()).matches("[0-9a-f]{64}");
    assertThat(ask.changes()).isEmpty();
    assertThat(run.changes).isEmpty();
    assertThat(run.all(Note.Asked.class)).extracting(Note.Asked::plan).containsExactly(ask.plan());
  }

  @Test
  void a_rehearsal_leaves_no_trace() {
    AskedRun run = run(ALL);

    assertThat(run.state().planned()).isEmpty();
    assertThat(run.all(Note.StepEnded.class)).isEmpty();
    assertThat(run.state().pass()).isEqualTo(1);
  }

  @Test
  void what_was_approved_is_done_after_the_facts_were_read_again() {
    AskedRun run = run(ALL);
    int looked = run.all(Note.Classified.class).size();

    run.yes();

    assertThat(run.all(Note.Classified.class)).hasSize(looked + 1);
    assertThat(run.changes).containsExactly("mend", "drop[0]", "drop[1]");
    assertThat(run.all(Note.Asked.class)).hasSize(1);
  }

  @Test
  void a_plan_that_has_changed_is_asked_about_again_with_what_changed() {
    AskedRun run = run(ALL);
    String first = run.asks().hash();

    run.becomes(box(4)).yes();

    assertThat(run.changes).isEmpty();
    assertThat(run.asks().hash()).isNotEqualTo(first);
    assertThat(run.asks().changes())
        .containsExactly("mend: lab mend b1 --by=4, it was: lab mend b1 --by=3");
    assertThat(run.yes().changes).containsExactly("mend", "drop[0]", "drop[1]");
  }

  @Test
  void a_plan_that_never_stays_the_same_is_given_to_a_human() {
    AskedRun run = run(ALL);
    for (int i = 0; i < 3; i++) {
      run.becomes(box(10 + i)).yes();
      assertThat(run.asks().changes()).isNotEmpty();
    }

    run.becomes(box(20)).yes();

    assertThat(run.report().result()).isEqualTo(RunResult.ESCALATED);
    assertThat(run.report().stoppedBy()).isEqualTo("asked");
    assertThat(run.report().reason()).contains("has changed after each of 4 approvals");
    assertThat(run.changes).isEmpty();
  }

  @Test
  void an_approval_of_another_plan_is_refused_and_the_question_stays() {
    AskedRun run = run(ALL);
    Command.Ask before = run.asks();

    run.answer(true, "0".repeat(64), null);

    assertThat(run.asks()).isEqualTo(before);
    assertThat(run.ignored()).singleElement().asString().contains("0".repeat(64));
    assertThat(run.changes).isEmpty();
    assertThat(run.yes().changes).isNotEmpty();
  }

  @Test
  void a_no_needs_no_hash_and_says_who_and_why() {
    AskedRun run = run(ALL).answer(false, "another", "not during the sale");

    assertThat(run.report().result()).isEqualTo(RunResult.ESCALATED);
    assertThat(run.report().reason()).contains("declined by anna: not during the sale");
    assertThat(run.changes).isEmpty();
  }

  @Test
  void an_unanswered_question_escalates_with_the_plan_as_commands() {
    AskedRun run = run(ALL).nobody();

    assertThat(run.report().duration()).isEqualTo(Lab.duration("30m"));
    assertThat(run.report().notices().getFirst().commands())
        .containsExactly("lab mend b1 --by=3", "lab drop a", "lab drop b");
    assertThat(run.report().notices().getFirst().attachments().get("plan"))
        .contains("autonomy act", "not approved " + hash(run));
  }

  private static String hash(AskedRun run) {
    return run.all(Note.Asked.class).getFirst().plan().hash();
  }

  @Test
  void a_plan_for_another_class_is_another_plan() {
    AskedRun run = run(ALL);

    run.becomes(well()).yes();

    assertThat(run.report().result()).isEqualTo(RunResult.ESCALATED);
    assertThat(run.report().classId()).isEqualTo("unknown");
    assertThat(run.changes).isEmpty();
  }

  @Test
  void a_step_is_asked_about_on_its_own_when_it_comes() {
    AskedRun run = run("guardrails:\n  asked:\n    approve: Empty it?\n    guards: [drop]\n");

    assertThat(run.changes).containsExactly("mend");
    assertThat(run.asks().plan().commands()).containsExactly("lab drop a", "lab drop b");
    assertThat(run.yes().changes).containsExactly("mend", "drop[0]", "drop[1]");
    assertThat(run.all(Note.Asked.class)).hasSize(1);
  }

  @Test
  void a_step_of_which_something_else_would_be_done_by_now_is_asked_about_again() {
    AskedRun run = run("guardrails:\n  asked:\n    approve: Empty it?\n    guards: [drop]\n");
    Object[] more = box(3);
    more[7] = Lab.list(Lab.item("c", 1, false));

    run.becomes(more).yes();

    assertThat(run.asks().changes())
        .containsExactly("drop[0]: lab drop c, it was: lab drop a", "no more: drop[1]: lab drop b");
    assertThat(run.changes).containsExactly("mend");
  }

  @Test
  void a_step_that_was_declined_is_left_out_where_the_guardrail_says_so() {
    AskedRun run =
        run("guardrails:\n  asked:\n    approve: Empty it?\n    guards: [drop]\n    then: skip\n");

    run.answer(false, run.asks().hash(), null);

    assertThat(run.changes).containsExactly("mend");
    assertThat(run.report().left()).isEmpty();
  }

  @Test
  void each_guardrail_asks_its_own_question_about_the_same_plan() {
    AskedRun run = run("guardrails:\n  one:\n    approve: One?\n  two:\n    approve: Two?\n");
    String hash = run.asks().hash();

    assertThat(run.asks().guardrail()).isEqualTo("one");
    run.yes();
    assertThat(run.asks().guardrail()).isEqualTo("two");
    assertThat(run.asks().hash()).isEqualTo(hash);
    assertThat(run.changes).isEmpty();
    assertThat(run.yes().changes).isNotEmpty();
  }

  @Test
  void at_level_approve_the_agent_asks_about_the_whole_plan() {
    AskedRun run = run("", Policy.of(Autonomy.APPROVE));

    assertThat(run.asks().guardrail()).isEqualTo("agent-autonomy");
    assertThat(run.asks().question()).isEqualTo("Do what `broken` on box/b1 calls for, 3 changes?");
    assertThat(run.asks().plan().autonomy()).isEqualTo(Autonomy.APPROVE);
    assertThat(run.yes().changes).containsExactly("mend", "drop[0]", "drop[1]");
    assertThat(run.all(Note.Asked.class)).hasSize(1);
  }

  @Test
  void a_question_waits_as_long_as_the_agent_said_when_the_run_was_opened() {
    AskedRun run = run(ALL, Policy.ACT.askingFor(Duration.ofMinutes(7)));

    assertThat(run.asks().until()).isEqualTo(Lab.START.plus(Duration.ofMinutes(7)));
    assertThat(run("", Policy.of(Autonomy.APPROVE)).asks().until())
        .isEqualTo(Lab.START.plus(Policy.ASK_FOR));
    assertThat(run.nobody().report().reason()).contains("nobody has approved in time");
  }

  @Test
  void a_guardrail_that_says_how_long_it_waits_is_not_overruled_by_the_agent() {
    AskedRun run = run(ALL + "    within: 3m\n", Policy.ACT.askingFor(Duration.ofMinutes(7)));

    assertThat(run.asks().until()).isEqualTo(Lab.START.plus(Duration.ofMinutes(3)));
  }

  @Test
  void a_run_that_is_recovered_or_replayed_waits_until_the_same_instant() {
    AskedRun run = run(ALL, Policy.ACT.askingFor(Duration.ofMinutes(7)));

    RunState again = RunState.of(lab(ALL).runbook());
    Command wanted = null;
    for (Event event : run.all(Event.class)) {
      Transition transition = Lab.INTERPRETER.next(again, event);
      again = transition.state();
      wanted = transition.command();
    }
    assertThat(wanted).isEqualTo(run.asks());
  }

  @Test
  void at_level_approve_a_runbook_that_asks_about_everything_is_enough() {
    AskedRun run = run(ALL, Policy.of(Autonomy.APPROVE));

    assertThat(run.asks().guardrail()).isEqualTo("asked");
    assertThat(run.yes().changes).hasSize(3);
    assertThat(run.all(Note.Asked.class)).hasSize(1);
  }

  @Test
  void a_change_that_comes_out_otherwise_than_it_was_shown_is_asked_about_again() {
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
                  - id: more
                    refresh: [box]
                    when: steps.mend.status == "done" or box.load > 0
                    uses: lab.mend
                    with: { box: "${target}", by: "${box.load}" }
                advice: Look at it
              unknown:
                advice: Nobody knows
            """,
            "guardrails:\n  late:\n    approve: More?\n    guards: [more]\n",
            Sections.VERIFY,
            Sections.END);
    AskedRun run =
        new AskedRun(
            lab.runbook(), lab.opened().under(Policy.of(Autonomy.APPROVE)), Lab.struct(box(3)));

    assertThat(run.asks().guardrail()).isEqualTo("agent-autonomy");
    assertThat(run.asks().plan().commands())
        .containsExactly("lab mend b1 --by=1", "lab mend b1 --by=3");
    run.yes();
    assertThat(run.asks().guardrail()).isEqualTo("late");
    assertThat(run.asks().plan().commands()).containsExactly("lab mend b1 --by=3");
    // it was approved with 3 under one name, and is 4 by now
    run.becomes(box(4)).yes();
    assertThat(run.asks().plan().commands()).containsExactly("lab mend b1 --by=4");
    assertThat(run.changes).containsExactly("mend");
    assertThat(run.yes().changes).containsExactly("mend", "more");
  }

  @Test
  void time_that_stands_in_an_input_does_not_make_another_plan() {
    Lab lab =
        Lab.of(
            Sections.BOX,
            Sections.BROKEN,
            ALL,
            """
            remediate:
              broken:
                steps:
                  - id: mend
                    uses: lab.mend
                    with: { box: "${target}", note: "since ${stamp(now)}" }
                advice: Look at it
              unknown:
                advice: Nobody knows
            """,
            Sections.VERIFY,
            Sections.END);
    AskedRun run = new AskedRun(lab.runbook(), lab.opened(), Lab.struct(box(3)));

    assertThat(run.yes().changes).containsExactly("mend");
  }

  @Test
  void two_plans_that_differ_in_anything_have_different_hashes() {
    RunPlan.Step one = step("a", "lab.mend", 1);
    List<String> hashes =
        List.of(
            hash("broken", "text", one),
            hash("other", "text", one),
            hash("broken", "texts", one),
            hash("broken", "text"),
            hash("broken", "text", one, one),
            hash("broken", "text", step("b", "lab.mend", 1)),
            hash("broken", "text", step("a", "lab.drop", 1)),
            hash("broken", "text", step("a", "lab.mend", 2)));

    assertThat(hashes).doesNotHaveDuplicates();
    assertThat(hash("broken", "text", one)).isEqualTo(hashes.getFirst());
  }

  private static RunPlan.Step step(String key, String action, int by) {
    return new RunPlan.Step(key, action, Lab.struct("by", by), true, "a command");
  }

  private static String hash(String classId, String text, RunPlan.Step... steps) {
    return RunPlan.of(Autonomy.ACT, classId, List.of(steps), null, text).hash();
  }
}
