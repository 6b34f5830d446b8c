package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FmtCommandTest {
  private static final String SLOPPY =
      """
      kind: RunbookTest   # ours
      apiVersion: "byteport.io/v1"
      runbook: 'pod_restarts'
      cases:
      - expect: {did: [a,b]}
        name: "it acts"
      """;
  private static final String TIDY =
      """
      apiVersion: byteport.io/v1
      kind: RunbookTest   # ours
      runbook: pod_restarts

      cases:
        - name: it acts
          expect: { did: [a, b] }
      """;
  private static final String BROKEN = "apiVersion: byteport.io/v1\nkind: Runbook\nmetadata: {\n";

  @TempDir private Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void a_file_is_laid_out_in_place_and_keeps_its_permissions() throws IOException {
    Path file = file("a.test.yaml", SLOPPY);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

    Program program = Program.run("fmt", file.toString());

    assertThat(program.status()).isEqualTo(ExitStatus.OK);
    assertThat(program.out()).isEqualTo("laid out " + file + "\n1 file, 1 laid out\n");
    assertThat(file).hasContent(TIDY);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
    assertThat(Program.run("fmt", file.toString()).out()).isEqualTo("1 file, 0 laid out\n");
  }

  @Test
  void a_check_names_what_would_change_and_writes_nothing() throws IOException {
    Path sloppy = file("a.test.yaml", SLOPPY);
    Path tidy = file("b.test.yaml", TIDY);

    Program program = Program.run("fmt", "--check", sloppy.toString(), tidy.toString());

    assertThat(program.status()).isEqualTo(ExitStatus.FINDINGS);
    assertThat(program.out()).isEqualTo("would change " + sloppy + "\n2 files, 1 to lay out\n");
    assertThat(sloppy).hasContent(SLOPPY);
    assertThat(Program.run("fmt", "--check", tidy.toString()).status()).isEqualTo(ExitStatus.OK);
  }

  @Test
  void a_diff_shows_what_would_change_and_writes_nothing() throws IOException {
    Path file = file("a.test.yaml", TIDY.replace("it acts", "'it acts'"));

    Program program = Program.run("fmt", "--diff", file.toString());

    assertThat(program.status()).isEqualTo(ExitStatus.FINDINGS);
    assertThat(program.out())
        .startsWith("--- a" + file + "\n+++ b" + file + "\n@@ -3,5 +3,5 @@\n")
        .contains("-  - name: 'it acts'\n+  - name: it acts\n");
    assertThat(file).content().contains("'it acts'");
  }

  @Test
  void a_broken_file_is_left_alone_and_the_others_are_laid_out() throws IOException {
    Path broken = file("broken.yaml", BROKEN);
    Path sloppy = file("sloppy.yaml", SLOPPY);

    Program program = Program.run("fmt", folder.toString());

    assertThat(program.status()).isEqualTo(ExitStatus.FINDINGS);
    assertThat(program.out())
        .contains("error[BP-YAML-001]", "broken.yaml:4", "2 files, 1 laid out, 1 left alone");
    assertThat(broken).hasContent(BROKEN);
    assertThat(sloppy).hasContent(TIDY);
  }

  @Test
  void yaml_of_others_is_passed_over_in_a_folder_and_refused_by_name() throws IOException {
    String foreign = "apiVersion: v1\nkind:   ConfigMap\n";
    Path config = file("config.yaml", foreign);
    file("chart.yaml", "{{ template }}: [\n");

    assertThat(Program.run("fmt", folder.toString()).out()).isEqualTo("0 files, 0 laid out\n");
    assertThat(Program.run("fmt", config.toString()).status()).isEqualTo(ExitStatus.FINDINGS);
    assertThat(config).hasContent(foreign);
  }

  @Test
  void standard_input_goes_to_standard_output() {
    Program good = Program.runWithInput(SLOPPY, "fmt", "-");
    Program bad = Program.runWithInput(BROKEN, "fmt", "--stdin-filename", "mine.yaml", "-");

    assertThat(good).isEqualTo(new Program(ExitStatus.OK, TIDY, ""));
    assertThat(bad.status()).isEqualTo(ExitStatus.FINDINGS);
    assertThat(bad.out()).isEmpty();
    assertThat(bad.err()).contains("mine.yaml:4");
    assertThat(Program.runWithInput(SLOPPY, "fmt", "--check", "-").status())
        .isEqualTo(ExitStatus.FINDINGS);
  }

  @Test
  void a_byte_order_mark_and_line_breaks_of_other_systems_go() throws IOException {
    Path file = folder.resolve("a.yaml");
    Files.write(file, ("\uFEFF" + TIDY.replace("\n", "\r\n")).getBytes(StandardCharsets.UTF_8));

    assertThat(Program.run("fmt", file.toString()).status()).isEqualTo(ExitStatus.OK);
    assertThat(Files.readAllBytes(file)).isEqualTo(TIDY.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void json_tells_of_each_file() throws IOException {
    file("broken.yaml", BROKEN);
    file("sloppy.yaml", SLOPPY);

    Program program = Program.run("fmt", "--check", "-o", "json", folder.toString());

    assertThat(program.status()).isEqualTo(ExitStatus.FINDINGS);
    assertThat(program.out())
        .contains("\"changes\" : true", "\"written\" : false", "\"code\" : \"BP-YAML-001\"");
  }

  @Test
  void a_path_that_is_not_there_and_input_beside_files_are_wrong_usage() {
    assertThat(Program.run("fmt", folder.resolve("gone").toString()).status())
        .isEqualTo(ExitStatus.USAGE);
    assertThat(Program.run("fmt", "-", folder.toString()).status()).isEqualTo(ExitStatus.USAGE);
  }
}
