package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.source.SourceFile;
import io.byteport.engine.sim.CaseResult;
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
  Stream<DynamicTest> every_test_of_the_library_holds() throws IOException {
    TestBench bench = new TestBench(Language.load().loader());
    List<DynamicTest> tests = new ArrayList<>();
    for (SourceFile file : Library.tests()) {
      TestedFile tested = bench.test(file, null);
      tests.add(
          DynamicTest.dynamicTest(
              tested.runbook(), () -> assertThat(tested.results()).as(found(tested)).isNotEmpty()));
      for (CaseResult result : tested.results()) {
        tests.add(
            DynamicTest.dynamicTest(
                tested.runbook() + ": " + result.testCase().name(),
                () -> assertThat(result.mismatches()).as(result.explanation()).isEmpty()));
      }
    }
    assertThat(tests).isNotEmpty();
    return tests.stream();
  }

  private static String found(TestedFile tested) {
    return Language.print(tested.findings(), false);
  }

  @Test
  void a_case_that_does_not_hold_is_a_finding() throws IOException {
    SourceFile runbook = Library.runbooks().getFirst();
    String id = Language.load().loader().load(runbook).value().orElseThrow().id();
    Files.writeString(folder.resolve("mine.yaml"), runbook.text());
    Path test = test(id, "result: resolved");

    TestedFile tested = new TestBench(Language.load().loader()).test(test);

    assertThat(tested.holds()).isFalse();
    assertThat(tested.runbook()).isEqualTo(id);
    assertThat(Main.commandLine().execute("test", test.toString())).isEqualTo(ExitStatus.FINDINGS);
  }

  @Test
  void a_broken_file_an_empty_one_and_one_without_its_runbook_fail() throws IOException {
    TestBench bench = new TestBench(Language.load().loader());
    Path empty = Files.writeString(folder.resolve("empty.test.yaml"), "");
    Path broken = Files.writeString(folder.resolve("broken.test.yaml"), "kind: [");

    assertThat(bench.test(empty).holds()).isFalse();
    assertThat(bench.test(broken).holds()).isFalse();
    assertThat(bench.test(test("no_such_runbook", "result: resolved")).findings())
        .anySatisfy(found -> assertThat(found.message()).contains("no_such_runbook"));
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
