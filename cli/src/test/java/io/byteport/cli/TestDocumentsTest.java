package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestDocumentsTest {
  @TempDir private Path folder;

  @Test
  void tests_are_reported_as_junit_reports_them() throws IOException {
    String id = "crashloopbackoff_v2";
    Path test = folder.resolve("a.test.yaml");
    Files.writeString(
        test,
        """
        apiVersion: byteport.io/v1
        kind: RunbookTest
        runbook: %s
        given: { signal: { labels: { namespace: production, pod: api } } }
        cases:
          - name: nothing is known
            expect: { result: escalated }
          - name: "it is <resolved> & all"
            expect: { result: resolved }
        """
            .formatted(id));
    Program played = Program.run("test", "-o", "junit", test.toString());
    assertThat(played.status()).isEqualTo(ExitStatus.FINDINGS);
    assertThat(played.out())
        .contains(
            "<testsuites name=\"byteport\" tests=\"2\" failures=\"1\" errors=\"0\" skipped=\"0\">",
            "<testcase name=\"nothing is known\" classname=\"" + id + "\"",
            "<testcase name=\"it is &lt;resolved&gt; &amp; all\"",
            "<failure message=\"result: expected resolved, found escalated\" type=\"failure\">"
                + test
                + ":9: result: expected resolved, found escalated\n");
  }

  @Test
  void a_broken_file_of_tests_is_a_case_that_fails() throws IOException {
    Path test = Files.writeString(folder.resolve("b.test.yaml"), "kind: RunbookTest\n");
    assertThat(Program.run("test", "-o", "junit", test.toString()).out())
        .contains("failures=\"3\"", "<testcase name=\"BP-SCHEMA-002 at line 1\"");
  }
}
