package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TestOptionsTest {
  private static final String HEAD =
      """
      apiVersion: byteport.io/v1
      kind: RunbookTest
      runbook: crashloopbackoff_v2
      given:
        inputs: { namespace: production, pod: api-1 }
      """;

  @TempDir private Path folder;
  private Path first;
  private Path second;

  @BeforeEach
  void write() throws IOException {
    first =
        write(
            "first.test.yaml",
            """
            cases:
              - name: nothing is known
                tags: [memory, slow]
                expect: { class: unknown }
              - name: nothing is done
                tags: [memory]
                expect: { did: [] }
              - name: resolved, which is not so
                expect: { result: resolved }
              - name: not yet
                skip: nobody has looked
                expect: { result: resolved }
            """);
    second =
        write(
            "second.test.yaml",
            """
            cases:
              - name: passes are ${row.passes}
                each: [{ passes: 2 }, { passes: 3 }]
                expect: { passes: "${row.passes}" }
            """);
  }

  private Path write(String name, String cases) throws IOException {
    return Files.writeString(folder.resolve(name), HEAD + cases);
  }

  private Program test(String... more) {
    String[] args = new String[more.length + 2];
    args[0] = "test";
    args[1] = folder.toString();
    System.arraycopy(more, 0, args, 2, more.length);
    return Program.run(args);
  }

  private static List<String> cases(Program program) {
    return program
        .out()
        .lines()
        .filter(line -> line.matches("  [✓✗-] .*"))
        .map(line -> line.strip().replaceAll("  .*", ""))
        .toList();
  }

  @Test
  void all_files_are_played_and_told_in_their_order() {
    Program program = test();

    assertThat(program.status()).isEqualTo(ExitStatus.FINDINGS);
    assertThat(cases(program))
        .containsExactly(
            "✓ nothing is known",
            "✓ nothing is done",
            "✗ resolved, which is not so",
            "- not yet",
            "✓ passes are 2",
            "✗ passes are 3");
    assertThat(program.out()).contains("5 cases in 2 files, 2 failed, 1 skipped");
  }

  @Test
  void a_row_that_fails_is_told_at_its_row() {
    assertThat(test("--case", "passes are 3").out())
        .contains(second + ":8\n", "passes: expected 3, found 2  line 8");
  }

  @Test
  void a_skipped_case_says_why() {
    assertThat(test("-k", "not yet").out()).contains("- not yet  skipped: nobody has looked");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          memory               | 2
          memory and slow      | 1
          memory and not slow  | 1
          not (memory or slow) | 4
          """)
  void tags_select(String tags, int count) {
    assertThat(cases(test("--tags", tags))).hasSize(count);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --tags | memory ==      | error[BP-EXPR
          --tags | slow == memory | expected tags with `and`, `or`, `not`
          --case | (              | expected a regular expression, found `(`
          --case | no such case   | no case is selected
          --tags | fast           | no case is selected
          -o     | yaml           | expected `text` or `json` or `junit` or `tap`, found `yaml`
          --coverage-threshold | 101 | a percentage from 0 to 100
          """)
  void what_selects_nothing_or_makes_no_sense_is_wrong_usage(
      String option, String value, String told) {
    Program program = test(option, value);

    assertThat(program.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(program.err()).contains(told);
  }

  @Test
  void a_list_shows_what_is_there_and_plays_nothing() {
    Program program = test("--list");

    assertThat(program.status()).isZero();
    assertThat(program.out())
        .contains(
            first + ":7  nothing is known  memory slow\n",
            first + ":15  not yet  skipped: nobody has looked\n",
            second + ":8  passes are 3\n");
  }

  @Test
  void after_the_first_failure_nothing_more_is_played_if_that_is_wanted() {
    Program program = test("--fail-fast");

    assertThat(cases(program))
        .containsExactly(
            "✓ nothing is known",
            "✓ nothing is done",
            "✗ resolved, which is not so",
            "- not yet",
            "- passes are 2",
            "- passes are 3");
  }

  @Test
  void a_focused_case_is_played_alone_and_that_is_said() throws IOException {
    write(
        "third.test.yaml",
        "cases:\n  - name: this\n    focus: true\n    expect: { class: unknown }\n");

    Program program = test("--no-fail-on-focus");

    assertThat(program.status()).isZero();
    assertThat(cases(program)).containsExactly("✓ this");
    assertThat(program.out()).contains("6 hidden by focus");
  }

  @Test
  void a_focused_case_fails_where_all_must_be_played() throws IOException {
    Path third =
        write(
            "third.test.yaml",
            "cases:\n  - name: this\n    focus: true\n    expect: { class: unknown }\n");

    Program program = test("--fail-on-focus");

    assertThat(program.status()).isEqualTo(ExitStatus.FINDINGS);
    assertThat(program.err()).contains(third + ":7: this", "nothing was played");
    assertThat(cases(program)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "unset",
      textBlock =
          """
          unset, false
          '',    false
          false, false
          0,     false
          true,  true
          1,     true
          """)
  void in_ci_focus_fails_unless_it_is_allowed(String ci, boolean fails) {
    assertThat(new TestSelection().failsOnFocus(ci)).isEqualTo(fails);
  }

  @Test
  void a_broken_file_fails_though_no_case_of_it_is_selected() throws IOException {
    write("third.test.yaml", "cases: [{ name: a, expect: { klass: b } }]\n");

    Program program = test("-k", "nothing is known");

    assertThat(program.status()).isEqualTo(ExitStatus.FINDINGS);
    assertThat(program.out()).contains("BP-SCHEMA-001", "1 file could not be played");
  }

  @Test
  void json_tells_all_of_it() {
    JsonNode json =
        JsonMapper.shared().readTree(test("-o", "json", "--coverage-threshold=0").out());

    assertThat(json.get("holds").booleanValue()).isFalse();
    assertThat(json.get("failed").intValue()).isEqualTo(2);
    JsonNode failed = json.at("/files/0/cases/2");
    assertThat(failed.get("name").stringValue()).isEqualTo("resolved, which is not so");
    assertThat(failed.at("/mismatches/0/what").stringValue()).isEqualTo("result");
    assertThat(failed.get("explanation").stringValue()).contains("rule ");
    assertThat(json.at("/files/0/cases/3/skipped").stringValue()).isEqualTo("nobody has looked");
    assertThat(json.at("/coverage/0/runbook").stringValue()).isEqualTo("crashloopbackoff_v2");
    assertThat(json.at("/coverage/0/points")).isNotEmpty();
  }

  @Test
  void junit_is_a_document_with_a_suite_for_each_file() throws Exception {
    Path report = folder.resolve("out").resolve("tests.xml");

    test("-o", "text", "-o", "junit:" + report);

    var suites =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(report.toFile())
            .getDocumentElement();
    assertThat(suites.getElementsByTagName("testsuite").getLength()).isEqualTo(2);
    assertThat(suites.getElementsByTagName("testcase").getLength()).isEqualTo(6);
    assertThat(suites.getElementsByTagName("failure").getLength()).isEqualTo(2);
    assertThat(suites.getElementsByTagName("skipped").getLength()).isEqualTo(1);
    assertThat(suites.getElementsByTagName("failure").item(0).getTextContent())
        .contains("first.test.yaml:14: result: expected resolved, found escalated");
  }

  @Test
  void tap_numbers_what_was_played() {
    assertThat(test("-o", "tap").out().lines().filter(line -> !line.startsWith(" ")))
        .containsExactly(
            "TAP version 14",
            "1..6",
            "ok 1 - crashloopbackoff_v2: nothing is known",
            "ok 2 - crashloopbackoff_v2: nothing is done",
            "not ok 3 - crashloopbackoff_v2: resolved, which is not so",
            "ok 4 - crashloopbackoff_v2: not yet # SKIP nobody has looked",
            "ok 5 - crashloopbackoff_v2: passes are 2",
            "not ok 6 - crashloopbackoff_v2: passes are 3");
  }

  @Test
  void coverage_is_a_table_though_a_path_follows() {
    Program program = Program.run("test", "--coverage", second.toString());

    assertThat(program.out())
        .contains(
            "coverage of crashloopbackoff_v2",
            "  rules           0 of 10",
            "not reached:",
            "rules  oom_at_startup: true");
  }

  @Test
  void coverage_is_written_in_several_forms_at_once() throws IOException {
    Path lcov = folder.resolve("lcov.info");
    Path page = folder.resolve("page");

    test("--coverage=lcov:" + lcov, "--coverage=html:" + page, "--coverage=table");

    assertThat(Files.readString(lcov))
        .startsWith("TN:\nSF:library:kubernetes/crashloopbackoff_v2.yaml\n")
        .contains("FN:", "BRDA:", "DA:")
        .containsPattern("BRF:[1-9][0-9]+\n")
        .endsWith("end_of_record\n");
    assertThat(Files.readString(page.resolve("index.html")))
        .startsWith("<!DOCTYPE html>")
        .contains("class=\"partly\"", "class=\"missed\"", "no rule holds ✗")
        .doesNotContain("http://", "https://", "<script");
  }

  @Test
  void too_little_coverage_fails_though_every_case_holds() {
    Program enough = test("-k", "nothing is", "--coverage-threshold", "1");
    Program tooLittle = test("-k", "nothing is", "--coverage-threshold", "99.5");

    assertThat(enough.status()).isZero();
    assertThat(tooLittle.status()).isEqualTo(ExitStatus.FINDINGS);
    assertThat(tooLittle.err()).contains("crashloopbackoff_v2 is covered to", "99.5 % are needed");
  }

  @Test
  void only_one_result_goes_to_the_terminal() {
    Program program = test("-o", "json", "-o", "tap");

    assertThat(program.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(program.err()).contains("only one can go to the terminal");
  }

  @Test
  void fixtures_are_found_beside_the_test_that_includes_them() throws IOException {
    Files.createDirectories(folder.resolve("shared"));
    Files.writeString(
        folder.resolve("shared").resolve("world.fixtures.yaml"),
        """
        apiVersion: byteport.io/v1
        kind: RunbookFixtures
        fixtures:
          away: { facts: { pod: { unavailable: gone } } }
        """);
    write(
        "third.test.yaml",
        """
        include: [./shared/world.fixtures.yaml]
        cases:
          - name: from elsewhere
            use: [away]
            expect: { undecided: [pod, events], reason: gone }
        """);

    Program program = test("-k", "from elsewhere");

    assertThat(program.status()).as(program.out()).isZero();
  }
}
