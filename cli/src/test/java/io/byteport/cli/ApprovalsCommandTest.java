package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.journal.Letter;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.run.Autonomy;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.Mode;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.Policy;
import io.byteport.engine.run.RunId;
import io.byteport.engine.run.RunPlan;
import io.byteport.engine.signal.Signal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is asked is listed and answered through the state that a run left behind. */
class ApprovalsCommandTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final RunPlan PLAN =
      RunPlan.of(
          Autonomy.APPROVE,
          "broken",
          List.of(
              new RunPlan.Step("mend", "lab.mend", StructValue.EMPTY, true, "lab mend b1"),
              new RunPlan.Step("drop", "lab.drop", StructValue.EMPTY, false, "lab drop {item}")),
          "it is handed over",
          "text");

  @TempDir private Path folder;

  @Test
  void what_is_asked_is_listed_with_the_plan_and_its_hash() {
    asking("run-1");
    Program listed = program("approvals");

    assertThat(listed.err()).isEmpty();
    assertThat(listed.status()).isZero();
    assertThat(listed.out())
        .contains(
            "run-1  mend_box  box/run-1",
            "asked: Mend b1?",
            "plan      " + PLAN.hash(),
            "autonomy  approve",
            "changed   mend: it was otherwise",
            "$ lab mend b1\n",
            "$ lab drop {item}   (not all is known yet)",
            "then      it is handed over",
            "until     2026-03-01T12:30:00Z");
  }

  @Test
  void programs_get_the_same_as_json() {
    asking("run-1");
    JsonNode one = JsonMapper.shared().readTree(program("approvals", "-o", "json").out()).get(0);

    assertThat(one.path("run").asString()).isEqualTo("run-1");
    assertThat(one.path("guardrail").asString()).isEqualTo("asked");
    assertThat(one.path("hash").asString()).isEqualTo(PLAN.hash());
    assertThat(one.path("plan").get(0).asString()).isEqualTo("lab mend b1");
    assertThat(one.path("until").asString()).isEqualTo("2026-03-01T12:30:00Z");
    assertThat(one.path("autonomy").asString()).isEqualTo("approve");
  }

  @Test
  void where_nothing_is_asked_that_is_said() {
    assertThat(program("approvals").out()).contains("nothing is asked in ");
    assertThat(folder.resolve("state")).doesNotExist();
    assertThat(program("approvals", "-o", "json").out().strip()).isEqualTo("[ ]");
  }

  @Test
  void a_yes_lies_in_the_inbox_of_the_run_with_the_hash_of_the_plan() {
    asking("run-1");
    Program approved =
        program("approve", "run", "--hash", PLAN.hash().substring(0, 12), "--by", "anna");

    assertThat(approved.err()).isEmpty();
    assertThat(approved.out()).contains("approved by anna: run run-1, plan " + PLAN.hash());
    Event.Approved letter = letter("run-1");
    assertThat(letter.approved()).isTrue();
    assertThat(letter.by()).isEqualTo("anna");
    assertThat(letter.guardrail()).isEqualTo("asked");
    assertThat(letter.hash()).isEqualTo(PLAN.hash());
  }

  @Test
  void who_answers_is_the_user_where_nobody_else_is_named() {
    asking("run-1");
    assertThat(program("approve", "run-1").status()).isZero();

    assertThat(letter("run-1").by()).isEqualTo(System.getProperty("user.name"));
  }

  @Test
  void a_no_says_why() {
    asking("run-1");
    assertThat(program("deny", "run-1").status()).isEqualTo(2);
    Program denied = program("deny", "run-1", "--reason", "not now", "--by", "anna");

    assertThat(denied.out()).contains("declined by anna: run run-1: not now");
    assertThat(letter("run-1").approved()).isFalse();
    assertThat(letter("run-1").reason()).isEqualTo("not now");
  }

  @Test
  void another_plan_than_the_one_that_is_asked_about_is_not_approved() {
    asking("run-1");

    complains(program("approve", "run-1", "--hash", "0123456789"), "now, not about 0123456789");
    complains(program("approve", "run-1", "--hash", "012"), "8 characters at least");
    complains(program("approve", "run-1", "--guardrail", "other"), "asks nothing under `other`");
    complains(program("approve", "run-9"), "`byteport approvals` lists what is asked");
    assertThat(inbox("run-1")).isEmpty();
  }

  @Test
  void the_beginning_of_several_runs_is_not_enough() {
    asking("run-1");
    asking("run-2");

    complains(program("approve", "run"), "the beginning of 2 runs");
    assertThat(program("approve", "run-2").status()).isZero();
  }

  @Test
  void a_folder_that_another_process_holds_says_who_and_how_to_answer() {
    try (SqlRunStore held = SqlRunStore.inFolder(state(), Redactor.SHAPES_ONLY)) {
      for (String command : List.of("approvals", "approve run-1", "deny run-1 --reason no")) {
        complains(
            program(command.split(" ")),
            "is held by process " + ProcessHandle.current().pid(),
            "answer on the terminal",
            "postgresql://");
      }
      assertThat(held.questions()).isEmpty();
    }
  }

  @Test
  void a_database_that_cannot_be_read_is_one_sentence_without_its_password() {
    Program program =
        Program.run("approvals", "--state", "postgresql://bob:hunter22@127.0.0.1:1/byteport");

    complains(program, "postgresql://127.0.0.1:1/byteport as bob");
    assertThat(program.err()).doesNotContain("hunter22");
  }

  private static void complains(Program program, String... words) {
    assertThat(program.status()).isEqualTo(2);
    assertThat(program.out()).isEmpty();
    assertThat(program.err()).contains(words).doesNotContain("\tat ");
  }

  private Path state() {
    return folder.resolve("state");
  }

  private Program program(String... words) {
    List<String> arguments = new ArrayList<>(List.of(words));
    arguments.addAll(List.of("--state", state().toString()));
    return Program.run(arguments.toArray(String[]::new));
  }

  private List<Letter> inbox(String run) {
    try (SqlRunStore store = SqlRunStore.inFolder(state(), Redactor.SHAPES_ONLY)) {
      return store.inbox(new RunId(run));
    }
  }

  private Event.Approved letter(String run) {
    return (Event.Approved) inbox(run).getFirst().event();
  }

  private void asking(String run) {
    Event.Opened opened =
        new Event.Opened(
            NOON,
            new RunId(run),
            "mend_box",
            "1.0.0",
            "text",
            Mode.LIVE,
            new Signal(
                "box_broken",
                "test",
                Signal.Severity.HIGH,
                Signal.Status.FIRING,
                Map.of(),
                NOON,
                null,
                "f",
                null),
            StructValue.EMPTY,
            StructValue.EMPTY,
            StructValue.EMPTY,
            "box/" + run,
            Policy.of(Autonomy.APPROVE));
    try (SqlRunStore store = SqlRunStore.inFolder(state(), Redactor.SHAPES_ONLY)) {
      assertThat(store.open(opened)).isEmpty();
      store.append(
          new RunId(run),
          List.of(
              new Note.Asked(
                  NOON,
                  "asked",
                  "Mend b1?",
                  NOON.plusSeconds(1800),
                  PLAN,
                  List.of("mend: it was otherwise"))));
    }
  }
}
