package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExplainCommandTest {
  private static final String TESTS = RecordedJournals.GIVEN + "/busy_worker.test.yaml";
  private static final String RUNBOOK = RecordedJournals.GIVEN + "/busy_worker.yaml";
  private static final String SEEN = RecordedJournals.GIVEN + "/seen.json";
  private static final String SIGNAL = RecordedJournals.GIVEN + "/signal.json";

  @TempDir private Path folder;

  @BeforeEach
  void record() throws IOException {
    new RecordedJournals(folder).write();
  }

  private Program recorded(String... more) {
    String[] words = new String[5 + more.length];
    System.arraycopy(
        new String[] {"explain", "--run", "test-run", "--state", folder.toString()},
        0,
        words,
        0,
        5);
    System.arraycopy(more, 0, words, 5, more.length);
    return Program.run(words);
  }

  @Test
  void a_recorded_run_is_explained_as_it_was_decided() {
    assertThat(recorded().out())
        .isEqualTo(Program.run("explain", TESTS, "--case", "1").out())
        .contains("too_little_memory");
  }

  @Test
  void an_edited_runbook_is_asked_about_what_was_read() throws IOException {
    Path edited = folder.resolve("edited.yaml");
    Files.writeString(
        edited, Files.readString(Path.of(RUNBOOK)).replace("queue is full", "batch [0-9]+"));

    assertThat(recorded("--with", RUNBOOK).out()).contains("→ too_little_memory  0.90");
    assertThat(recorded("--with", edited.toString()).out()).contains("→ too_much_work  0.75");
    assertThat(Files.readString(Path.of(RUNBOOK))).doesNotContain("batch [0-9]+");
  }

  @Test
  void json_says_where_facts_rules_and_terms_are_written() throws IOException {
    JsonNode json =
        JsonMapper.shared()
            .readTree(Program.run("explain", TESTS, "--case", "1", "-o", "json").out());
    SourceFile text = new SourceFile(RUNBOOK, Files.readString(Path.of(RUNBOOK)));
    for (JsonNode fact : json.path("facts")) {
      assertThat(written(text, fact.path("places").path(0)))
          .isEqualTo(fact.path("fact").asString());
    }
    for (JsonNode rule : json.path("rules")) {
      assertThat(written(text, rule.path("place"))).isEqualTo(rule.path("class").asString());
      assertThat(rule.path("term").path("places").size()).isEqualTo(1);
      for (JsonNode part : rule.path("term").path("parts")) {
        boolean literal = part.path("kind").asString().equals("literal");
        assertThat(part.path("places").isEmpty()).as(part.toString()).isEqualTo(literal);
      }
    }
  }

  private static String written(SourceFile text, JsonNode place) {
    return text.text(new Span(place.path("start").asInt(), place.path("end").asInt()));
  }

  @Test
  void unsaved_texts_count_before_what_lies_on_the_disk() throws IOException {
    String edited = Files.readString(Path.of(RUNBOOK)).replace("queue is full", "batch [0-9]+");
    String unsaved = JsonMapper.shared().writeValueAsString(Map.of(RUNBOOK, edited));
    assertThat(
            Program.runWithInput(unsaved, "explain", TESTS, "--case", "1", "--unsaved", "-").out())
        .isNotEqualTo(Program.run("explain", TESTS, "--case", "1").out())
        .contains("batch [0-9]+");
    assertThat(Program.runWithInput("[1]", "explain", TESTS, "--case", "1", "--unsaved", "-").err())
        .contains("expected a JSON object of texts by path");
  }

  @Test
  void an_edited_runbook_gets_the_params_that_it_is_given() {
    assertThat(recorded("--with", RUNBOOK, "-p", "factor=9").err())
        .contains("`--param factor=9`: expected a number from 1.1 to 2, found `9`");
  }

  @Test
  void json_has_the_documented_fields() {
    JsonNode json = JsonMapper.shared().readTree(recorded("-o", "json").out());

    assertThat(json.propertyNames())
        .containsExactly(
            "run",
            "runbook",
            "version",
            "target",
            "mode",
            "at",
            "signal",
            "facts",
            "passes",
            "rules",
            "decision",
            "guardrails",
            "steps",
            "expectations",
            "outlook",
            "result",
            "reason",
            "stoppedBy",
            "left",
            "notices");
    assertThat(json.at("/rules/0/term/kind").asString()).isEqualTo("all");
    assertThat(json.at("/rules/0/verdict").asString()).isEqualTo("yes");
    assertThat(json.at("/decision/needed").asDouble()).isEqualTo(0.80);
    assertThat(json.at("/steps/0/with/limit/$size").asLong()).isEqualTo(768L << 20);
    assertThat(json.at("/outlook/approvals/0/guardrail").asString()).isEqualTo("asked");
  }

  @Test
  void a_long_value_is_cut_for_people_and_whole_for_programs() throws IOException {
    String log = "x".repeat(900) + " queue is empty";
    Path facts = folder.resolve("long.json");
    Files.writeString(facts, Files.readString(Path.of(SEEN)).replace("batch 12 of 40", log));

    Program text = Program.run("explain", RUNBOOK, "--signal", SIGNAL, "--facts", facts.toString());
    Program json =
        Program.run(
            "explain",
            RUNBOOK,
            "--signal",
            SIGNAL,
            "--facts",
            facts.toString(),
            "--rule",
            "too_much_work",
            "-o",
            "json");

    assertThat(text.out()).contains("x…").doesNotContain("x".repeat(200));
    assertThat(json.out()).contains(log);
  }

  @Test
  void the_least_that_keeps_a_class_from_winning_is_data_too() {
    Program program =
        Program.run(
            "explain",
            RUNBOOK,
            "--signal",
            SIGNAL,
            "--facts",
            SEEN,
            "--why-not",
            "too_little_memory",
            "-o",
            "json");

    JsonNode otherwise = JsonMapper.shared().readTree(program.out()).at("/reasons/0/otherwise");
    assertThat(otherwise.at("/text").asString()).isEqualTo("killed, one of these");
    assertThat(otherwise.at("/parts/0/value").asString()).isEqualTo("1");
    assertThat(otherwise.at("/parts/0/needed").asString()).isEqualTo("137");
  }

  @Test
  void what_would_have_been_needed_makes_the_class_win() throws IOException {
    Path facts = folder.resolve("needed.json");
    Files.writeString(
        facts, Files.readString(Path.of(SEEN)).replace("\"exitCode\": 1,", "\"exitCode\": 137,"));

    assertThat(
            Program.run("explain", RUNBOOK, "--signal", SIGNAL, "--facts", facts.toString()).out())
        .contains("→ too_little_memory");
  }
}
