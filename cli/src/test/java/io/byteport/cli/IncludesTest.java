package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide's library and runbook, and what becomes of faults in them. */
class IncludesTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("^```yaml\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final String BEFORE =
      """
      apiVersion: byteport.io/v1
      kind: Runbook
      metadata:
        id: %1$s
        title: A release that is bad
        category: kubernetes
        severity: high
        status: beta
        version: 0.1.0

      detectors:
        %1$s:
          doc: Something says so

      """;
  private static final String AFTER =
      """
        unknown:
          advice: Look

      verify:
        within: ${params.stableFor}
        expect:
          ready: workload.readyReplicas == workload.replicas

      summary: ${target.name}

      escalate:
        to:
          chat: {}
      """;

  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    List<String> examples =
        EXAMPLE
            .matcher(Files.readString(Path.of("../docs/includes.md")))
            .results()
            .map(example -> example.group(1))
            .toList();
    Files.writeString(library(), examples.get(0));
    for (String id : List.of("one", "other")) {
      Files.writeString(
          folder.resolve(id + ".yaml"), BEFORE.formatted(id) + examples.get(1) + AFTER);
    }
  }

  private Path library() {
    return folder.resolve("web.library.yaml");
  }

  private String validate(String... options) {
    List<String> args = new ArrayList<>(List.of("validate", folder.toString()));
    args.addAll(List.of(options));
    return Program.run(args.toArray(String[]::new)).out();
  }

  private void spoil(String before, String after) throws IOException {
    String text = Files.readString(library());
    assertThat(text).contains(before);
    Files.writeString(library(), text.replace(before, after));
  }

  @Test
  void what_the_guide_shows_is_sound() {
    assertThat(validate()).isEqualTo("3 files checked, nothing to complain about\n");
  }

  @Test
  void a_fault_of_a_library_is_told_once_however_many_include_it() throws IOException {
    spoil("age(rollout.current.startedAt)", "age(rollout.curent.startedAt)");
    assertThat(validate())
        .containsOnlyOnce("BP-EXPR-004")
        .contains("web.library.yaml:33:22")
        .endsWith("3 files checked, 1 error\n1 finding can be fixed with --fix --unsafe-fixes\n");
  }

  @Test
  void a_fault_of_a_library_is_repaired_in_the_library() throws IOException {
    String sound = Files.readString(library());
    spoil("age(rollout.current.startedAt)", "age(rollout.curent.startedAt)");
    assertThat(validate("--fix", "--unsafe-fixes"))
        .isEqualTo("3 files checked, 1 fix applied in 1 file, nothing to complain about\n");
    assertThat(library()).hasContent(sound);
  }

  @Test
  void programs_are_told_the_file_that_holds_the_fault() throws IOException {
    spoil("age(rollout.current.startedAt)", "age(rollout.curent.startedAt)");
    String one = folder.resolve("one.yaml").toString();
    assertThat(Program.run("validate", "-o", "github", one).out())
        .containsPattern("::error file=[^,]*web.library.yaml,line=33,endLine=33,col=22,");
    assertThat(Program.run("validate", "-o", "sarif", one).out())
        .contains("web.library.yaml", "`web` is included here");
  }

  @Test
  void a_library_that_comes_with_byteport_can_be_read() {
    assertThat(Program.run("show", "pod").out()).startsWith("apiVersion: byteport.io/v1\nkind: L");
  }
}
