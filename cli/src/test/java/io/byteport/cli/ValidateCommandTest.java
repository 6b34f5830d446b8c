package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.source.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ValidateCommandTest {
  private static final String OVERLAP = "BP-FOLDER-001";
  private static final String STALE =
      "detectors:\n  # byteport-ignore: BP-TEST-002 it was asked for once\n";

  @TempDir private Path folder;
  private String sound = "";
  private String id = "";

  @BeforeEach
  void read() throws IOException {
    sound =
        Library.runbooks().stream()
            .map(SourceFile::text)
            .filter(text -> text.contains("\nseverity:\n"))
            .findFirst()
            .orElseThrow();
    id = sound.lines().filter(line -> line.startsWith("  id: ")).findFirst().orElseThrow();
  }

  private Path file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  /** The same runbook under another name. */
  private String called(String name) {
    return sound.replace(id, "  id: " + name);
  }

  /** A finding with a safe fix. */
  private static String numberAsTitle(String runbook) {
    return runbook.replaceFirst("(?m)^  title: .*$", "  title: 12");
  }

  private static String quotedTitle(String runbook) {
    return runbook.replaceFirst("(?m)^  title: .*$", "  title: \"12\"");
  }

  private Program validate(String... options) {
    return validateWithInput("", options);
  }

  private Program validateWithInput(String input, String... options) {
    String[] args = new String[options.length + 1];
    args[0] = "validate";
    System.arraycopy(options, 0, args, 1, options.length);
    return Program.runWithInput(input, args);
  }

  private String here() {
    return folder.toString();
  }

  private Path settings(String text) throws IOException {
    return file("byteport.yaml", "apiVersion: byteport.io/v1\nkind: Settings\n" + text);
  }

  // What is checked

  @Test
  void what_is_sound_is_said_to_be_so() throws IOException {
    file("a.yaml", sound);
    Program program = validate(here());
    assertThat(program.out()).isEqualTo("1 file checked, nothing to complain about\n");
    assertThat(program.err()).isEmpty();
    assertThat(program.status()).isZero();
  }

  @Test
  void yaml_of_others_and_empty_files_are_passed_over_in_a_folder_and_checked_by_name()
      throws IOException {
    file("a.yaml", sound);
    Path pod = file("pod.yaml", "apiVersion: v1\nkind: Pod\n");
    file("text.yaml", "text: |\n  apiVersion: byteport.io/v1\n  kind: Runbook\n");
    file("other.yaml", "apiVersion: v1\nowners: [{ apiVersion: byteport.io/v1, kind: Runbook }]\n");
    Path empty = file("empty.yaml", "");
    Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', (byte) 0xE9});
    assertThat(validate(here()).out()).startsWith("1 file checked, nothing");
    assertThat(validate(pod.toString()).out()).contains("BP-SCHEMA-008");
    assertThat(validate(empty.toString()).out()).contains("BP-YAML-004");
  }

  @Test
  void a_document_in_braces_is_one_of_ours_too() throws IOException {
    file("a.yaml", "{ \"apiVersion\": \"byteport.io/v1\", \"kind\": \"RunbookTest\" }\n");
    assertThat(validate(here()).out()).contains("BP-SCHEMA-002").contains("`runbook`");
  }

  @Test
  void a_misspelt_kind_and_a_file_of_ours_that_is_no_text_are_not_passed_over() throws IOException {
    file("a.yaml", sound.replace("kind: Runbook", "kind: Runbok"));
    Files.write(folder.resolve("b.yaml"), sound.getBytes(StandardCharsets.UTF_16LE));
    assertThat(validate(here()).out()).contains("BP-SCHEMA-008").contains("BP-FILE-002");
  }

  @Test
  void a_test_is_checked_against_the_runbook_beside_it_and_else_against_the_shipped_one()
      throws IOException {
    String test =
        """
        apiVersion: byteport.io/v1
        kind: RunbookTest
        runbook: %s
        cases:
          - name: nothing is known
            given: { facts: { no_such_fact: 1 } }
            expect: { result: escalated }
        """;
    file("own/mine.yaml", called("mine"));
    file("own/mine.test.yaml", test.formatted("mine"));
    file("shipped.test.yaml", test.formatted(id.strip().substring("id: ".length())));
    file("nowhere.test.yaml", test.formatted("no_such_runbook"));
    String out = validate(here(), "-q").out();
    assertThat(out)
        .contains("own/mine.test.yaml:6:")
        .contains("shipped.test.yaml:6:")
        .contains("no_such_fact")
        .contains("found `no_such_runbook`");
  }

  @Test
  void a_broken_runbook_that_keeps_a_test_from_being_checked_is_told_with_it() throws IOException {
    file("mine.yaml", called("mine").replace("status: shipped", "status: shiped"));
    Path test =
        file(
            "mine.test.yaml",
            """
            apiVersion: byteport.io/v1
            kind: RunbookTest
            runbook: mine
            cases:
              - name: nothing is known
                expect: { result: escalated }
            """);
    Program program = validate(test.toString());
    assertThat(program.out()).contains("mine.yaml:").contains("shiped").contains("1 error");
    assertThat(program.status()).isEqualTo(ExitStatus.FINDINGS);
  }

  @Test
  void a_text_from_standard_input_is_called_and_placed_as_it_is_told() throws IOException {
    settings("severities: { BP-IGNORE-001: error }\n");
    String name = folder.resolve("sub/x.yaml").toString();
    String text = sound.replace("detectors:\n", STALE);
    Program program = validateWithInput(text, "-", "--stdin-filename", name);
    assertThat(program.out()).contains("error[BP-IGNORE-001]").contains(name);
    assertThat(program.status()).isEqualTo(ExitStatus.FINDINGS);
    assertThat(validateWithInput(sound, "-").status()).isZero();
    assertThat(validateWithInput("", "-").out()).contains("<stdin>").contains("BP-YAML-004");
  }

  @Test
  @Timeout(60)
  void a_pipe_that_is_named_is_read_once_and_never_written() throws Exception {
    Path pipe = folder.resolve("pipe.yaml");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Thread writer =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    Files.writeString(pipe, numberAsTitle(sound));
                  } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                  }
                });
    Program program = validate(pipe.toString(), "--fix");
    writer.join();
    assertThat(program.err()).contains("not fixed").contains("no regular file");
    assertThat(program.status()).isEqualTo(ExitStatus.USAGE);
  }

  @Test
  void names_with_spaces_and_line_breaks_are_printed_on_one_line() throws IOException {
    file("a b\n\u001b[31mc.yaml", sound.replace("status: shipped", "status: shiped"));
    Program program = validate(here());
    assertThat(program.out()).contains("/a b �[31mc.yaml:").doesNotContain("\u001b");
    assertThat(program.status()).isEqualTo(ExitStatus.FINDINGS);
  }

  @Test
  void what_is_printed_does_not_depend_on_who_is_faster() throws IOException {
    for (int i = 0; i < 12; i++) {
      file("r" + i + ".yaml", numberAsTitle(called("r" + i)));
    }
    String first = validate(here()).out();
    assertThat(first).contains("12 files checked, 12 errors");
    assertThat(IntStream.range(0, 5).mapToObj(i -> validate(here()).out()))
        .allSatisfy(again -> assertThat(again).isEqualTo(first));
  }

  // Folders as a whole

  @Test
  void runbooks_are_compared_with_each_other() throws IOException {
    file("a.yaml", sound);
    file("b/b.yaml", called("other"));
    Program program = validate(here());
    assertThat(program.out()).contains("warning[" + OVERLAP + "]").contains("1 warning");
    assertThat(program.status()).isZero();
    assertThat(validate(here(), "--fail-level", "warning").status()).isEqualTo(ExitStatus.FINDINGS);
    file("b/b.yaml", sound);
    assertThat(validate(here()).out()).contains("BP-FOLDER-002");
  }

  // Settings

  @Test
  void settings_grade_and_silence_findings_and_set_the_fail_level() throws IOException {
    file("a.yaml", sound);
    file("b.yaml", called("other"));
    settings("severities: { " + OVERLAP + ": error }\n");
    assertThat(validate(here()).status()).isEqualTo(ExitStatus.FINDINGS);
    settings("severities: { " + OVERLAP + ": off }\n");
    assertThat(validate(here()).out()).doesNotContain(OVERLAP);
    settings("failLevel: warning\n");
    assertThat(validate(here()).status()).isEqualTo(ExitStatus.FINDINGS);
    assertThat(validate(here(), "--fail-level", "error").status()).isZero();
    assertThat(validate(here(), "--no-config").status()).isZero();
  }

  @Test
  void a_fault_in_settings_is_told_in_the_settings() throws IOException {
    file("a.yaml", sound);
    settings("severities: { BP-FLOW-004: off }\n");
    Program program = validate(folder.resolve("a.yaml").toString());
    assertThat(program.out()).contains("BP-SETTINGS-002").contains("byteport.yaml:3:");
    assertThat(program.status()).isEqualTo(ExitStatus.FINDINGS);
  }

  @Test
  void other_settings_can_be_named() throws IOException {
    file("a.yaml", sound);
    file("drafts/b.yaml", called("other"));
    Path strict = settings("severities: { " + OVERLAP + ": error }\n");
    Path lenient =
        file("lenient.yaml", "apiVersion: byteport.io/v1\nkind: Settings\nexclude: [drafts/]\n");
    assertThat(validate(here(), "--config", lenient.toString()).status()).isZero();
    assertThat(validate(here(), "--config", strict.toString()).status())
        .isEqualTo(ExitStatus.FINDINGS);
    Program gone = validate(here(), "--config", folder.resolve("gone.yaml").toString());
    assertThat(gone.out()).contains("BP-FILE-001");
    assertThat(gone.status()).isEqualTo(ExitStatus.FINDINGS);
  }

  // Fixing

  @Test
  void safe_fixes_are_written_and_what_is_left_is_told() throws IOException {
    Path both = file("a.yaml", numberAsTitle(sound).replace("status: shipped", "status: shiped"));
    Path stale = file("b/b.yaml", called("other").replace("detectors:\n", STALE));
    Program program = validate(here(), "--fix");
    assertThat(Files.readString(both))
        .isEqualTo(quotedTitle(sound).replace("status: shipped", "status: shiped"));
    assertThat(Files.readString(stale)).isEqualTo(called("other"));
    assertThat(program.out())
        .contains("shiped")
        .endsWith("2 files checked, 2 fixes applied in 2 files, 1 error left\n");
    assertThat(program.status()).isEqualTo(ExitStatus.FINDINGS);
  }

  @Test
  void unsafe_fixes_are_applied_only_where_asked_for() throws IOException {
    Path file = file("a.yaml", sound.replace("status: shipped", "status: shiped"));
    assertThat(validate(here()).out()).contains("can be fixed with --fix --unsafe-fixes");
    assertThat(validate(here(), "--fix").out()).contains("nothing to fix, 1 error left");
    assertThat(validate(here(), "--fix", "--unsafe-fixes").status()).isZero();
    assertThat(file).hasContent(sound);
  }

  @Test
  void a_fix_after_which_the_text_would_be_no_yaml_is_taken_back() throws IOException {
    String choice = "severity:\n  - { value: high, when: \"signal.severity == 'hihg'\" }\n";
    String text = sound.replaceFirst("(?m)^severity:\n", choice);
    Path file = file("a.yaml", text);
    Program program = validate(here(), "--fix", "--unsafe-fixes");
    assertThat(program.out()).contains("`hihg`").contains("nothing to fix, 1 error left");
    assertThat(file).hasContent(text);
  }

  @Test
  void fixing_twice_changes_nothing_the_second_time() throws IOException {
    Path file = file("a.yaml", numberAsTitle(sound));
    validate(here(), "--fix");
    String once = Files.readString(file);
    assertThat(validate(here(), "--fix").out()).contains("nothing to fix, nothing to complain");
    assertThat(Files.readString(file)).isEqualTo(once);
  }

  @Test
  void line_ends_and_the_byte_order_mark_stay() throws IOException {
    String windows = "\uFEFF" + numberAsTitle(sound).replace("\n", "\r\n");
    Path file = file("a.yaml", windows);
    assertThat(validate(here(), "--fix").status()).isZero();
    assertThat(Files.readString(file))
        .isEqualTo("\uFEFF" + quotedTitle(sound).replace("\n", "\r\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--diff", "--fix --diff"})
  void a_difference_is_printed_and_nothing_written(String options) throws IOException {
    Path file = file("a.yaml", numberAsTitle(sound));
    Program program = validate((options + " " + here()).split(" "));
    assertThat(program.out())
        .startsWith("--- a/")
        .contains("\n-  title: 12\n+  title: \"12\"\n")
        .doesNotContain("error[");
    assertThat(program.err()).isEqualTo("1 fix in 1 file, then nothing to complain about\n");
    assertThat(program.status()).isEqualTo(ExitStatus.FINDINGS);
    assertThat(file).hasContent(numberAsTitle(sound));
    Program clean = validate("--diff", file("b/b.yaml", sound).toString());
    assertThat(clean.out()).isEmpty();
    assertThat(clean.status()).isZero();
  }

  @Test
  void a_text_from_standard_input_is_fixed_to_standard_output() {
    Program program = validateWithInput(numberAsTitle(sound), "-", "--fix");
    assertThat(program.out()).isEqualTo(quotedTitle(sound));
    assertThat(program.err()).contains("1 fix applied in 1 file");
    assertThat(program.status()).isZero();
    Program unfixable = validateWithInput("kind: [", "-", "--fix");
    assertThat(unfixable.out()).isEqualTo("kind: [");
    assertThat(unfixable.err()).contains("BP-YAML-001");
    assertThat(unfixable.status()).isEqualTo(ExitStatus.FINDINGS);
  }

  // Printing

  @Test
  void findings_can_be_limited_and_counted() throws IOException {
    file("a.yaml", numberAsTitle(sound).replace("status: shipped", "status: shiped"));
    Program program = validate(here(), "--max-findings", "1", "--statistics");
    assertThat(program.out().lines().filter(line -> line.startsWith("error["))).hasSize(1);
    assertThat(program.out())
        .contains("1 file checked, 2 errors\n")
        .contains("showing the first 1 of 2 findings")
        .contains("     1  BP-SCHEMA-003     A value has the wrong shape\n");
    assertThat(validate(here(), "--max-findings", "0").status()).isEqualTo(ExitStatus.FINDINGS);
  }

  @Test
  void quiet_prints_findings_alone() throws IOException {
    file("a.yaml", sound);
    assertThat(validate(here(), "-q").out()).isEmpty();
    file("a.yaml", numberAsTitle(sound));
    assertThat(validate(here(), "-q").out()).startsWith("error[").doesNotContain("checked");
  }

  @Test
  void json_is_one_list_and_nothing_else() throws IOException {
    file("a.yaml", numberAsTitle(sound));
    Program program = validate(here(), "-o", "json", "--statistics");
    JsonNode list = JsonMapper.shared().readTree(program.out());
    assertThat(list.size()).isOne();
    assertThat(list.get(0).path("code").stringValue()).isEqualTo("BP-SCHEMA-003");
    assertThat(list.get(0).path("line").intValue()).isEqualTo(5);
    assertThat(program.err()).contains("BP-SCHEMA-003");
    file("a.yaml", sound);
    assertThat(JsonMapper.shared().readTree(validate(here(), "-o", "json").out()).size()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"error, 0, 1", "warning, 1, 1", "info, 1, 1", "never, 0, 0"})
  void the_fail_level_decides_the_status(String level, int ofWarning, int ofError)
      throws IOException {
    file("a.yaml", sound.replace("detectors:\n", STALE));
    assertThat(validate(here(), "--fail-level", level).status()).isEqualTo(ofWarning);
    file("a.yaml", numberAsTitle(sound));
    assertThat(validate(here(), "--fail-level", level).status()).isEqualTo(ofError);
  }

  // Wrong usage

  @Test
  void what_is_not_there_is_wrong_usage_and_said_in_one_line() {
    for (String path : List.of("gone.yaml", "gone/*.yaml", "gone")) {
      Program program = validate(folder.resolve(path).toString());
      assertThat(program.status()).isEqualTo(ExitStatus.USAGE);
      assertThat(program.err().lines()).hasSize(1);
    }
  }

  @Test
  void a_folder_with_nothing_to_check_is_wrong_usage() throws IOException {
    file("pod.yaml", "apiVersion: v1\nkind: Pod\n");
    Program program = validate(here());
    assertThat(program.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(program.err()).contains("nothing to check").contains(here());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--unsafe-fixes",
        "--watch -",
        "--watch --diff",
        "--stdin-filename x.yaml",
        "--config x.yaml --no-config",
        "--max-findings -1",
        "--fail-level grave",
        "-o html"
      })
  void options_that_cannot_be_meant_are_refused(String options) throws IOException {
    file("a.yaml", sound);
    Program program = validate((here() + " " + options).split(" "));
    assertThat(program.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(program.out()).isEmpty();
    assertThat(program.err()).isNotEmpty();
  }
}
