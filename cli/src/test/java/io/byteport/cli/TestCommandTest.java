package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.source.SourceFile;
import io.byteport.engine.coverage.Coverage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class TestCommandTest {
  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> every_test_of_the_library_holds_and_all_of_each_runbook_is_reached()
      throws Exception {
    List<LoadedTest> loaded = new ArrayList<>();
    TestBench bench = new TestBench(Language.load().loader());
    for (SourceFile file : Library.tests()) {
      loaded.add(bench.load(file, null));
    }
    List<TestedFile> tested =
        new TestPlay(bench, false).play(loaded, loaded.stream().map(LoadedTest::cases).toList());
    List<DynamicTest> tests = new ArrayList<>();
    for (TestedFile file : tested) {
      tests.add(
          DynamicTest.dynamicTest(
              file.name(), () -> assertThat(file.cases()).as(found(file)).isNotEmpty()));
      for (TestedCase one : file.cases()) {
        tests.add(
            DynamicTest.dynamicTest(
                file.name() + ": " + one.testCase().name(),
                () ->
                    assertThat(one.result().mismatches())
                        .as(one.result().explanation())
                        .isEmpty()));
      }
    }
    for (Coverage coverage : CoverageOptions.of(tested)) {
      tests.add(
          DynamicTest.dynamicTest(
              "coverage of " + coverage.runbook().id(),
              () -> assertThat(coverage.missing()).isEmpty()));
    }
    assertThat(tests).isNotEmpty();
    return tests.stream();
  }

  private static String found(TestedFile tested) {
    return Language.print(tested.findings(), false);
  }

  @Test
  void a_case_that_does_not_hold_is_a_finding() throws IOException {
    SourceFile runbook =
        Library.runbooks().stream()
            .filter(file -> file.name().endsWith("/crash_loop_backoff.yaml"))
            .findFirst()
            .orElseThrow();
    String id = Language.load().loader().load(runbook).value().orElseThrow().id();
    Files.writeString(folder.resolve("mine.yaml"), runbook.text());
    Path test = test(id, "result: resolved");

    Program program = Program.run("test", test.toString());

    assertThat(program.status()).isEqualTo(ExitStatus.FINDINGS);
    assertThat(program.out())
        .contains(id, "✗ nothing is known", "result: expected resolved, found escalated");
  }

  @Test
  void a_broken_file_an_empty_one_one_without_cases_and_one_without_its_runbook_fail()
      throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.test.yaml"), "");
    Path broken = Files.writeString(folder.resolve("broken.test.yaml"), "kind: [");
    Path caseless =
        Files.writeString(
            folder.resolve("caseless.test.yaml"),
            "apiVersion: byteport.io/v1\n"
                + "kind: RunbookTest\n"
                + "runbook: crashloopbackoff_v2\n"
                + "cases: []\n");
    Path unknown = test("no_such_runbook", "result: resolved");

    assertThat(List.of(empty, broken, caseless, unknown))
        .allSatisfy(
            file -> {
              Program program = Program.run("test", file.toString());
              assertThat(program.status()).isEqualTo(ExitStatus.FINDINGS);
              assertThat(program.out()).contains("error[BP-", "1 file could not be played");
            });
    assertThat(Program.run("test", unknown.toString()).out()).contains("`no_such_runbook`");
  }

  @Test
  void a_path_that_is_not_there_and_a_folder_without_tests_are_wrong_usage() {
    assertThat(Main.commandLine().execute("test", folder.resolve("gone").toString()))
        .isEqualTo(ExitStatus.USAGE);
    assertThat(Main.commandLine().execute("test", folder.toString())).isEqualTo(ExitStatus.USAGE);
  }

  private Path test(String runbook, String expect) throws IOException {
    return Files.writeString(
        folder.resolve("one.test.yaml"),
        """
        apiVersion: byteport.io/v1
        kind: RunbookTest
        runbook: %s
        given:
          inputs: { namespace: production, pod: api-1 }
        cases:
          - name: nothing is known
            expect: { %s }
        """
            .formatted(runbook, expect));
  }
}
