package io.byteport.dsl.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.workspace.Selector.Selection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SelectorTest {
  @TempDir private Path folder;

  private Path file(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "a: 1\n");
  }

  private Selection select(String... words) throws NoSuchFileException {
    return new Selector(SettingsFiles.nearest(), true)
        .select(Stream.of(words).map(word -> folder.resolve(word).toString()).toList());
  }

  private List<String> names(Selection selection) {
    return selection.files().stream()
        .map(file -> GitIgnore.slashed(folder, file.path().toAbsolutePath().normalize()))
        .toList();
  }

  @Test
  void in_a_folder_every_yaml_file_counts_but_hidden_ones_and_those_of_builds() throws IOException {
    file("b.yml");
    file("a/deep/er/c.yaml");
    file("D.YAML");
    file("notes.txt");
    file(".hidden.yaml");
    file(".git/x.yaml");
    file("target/x.yaml");
    file("web/node_modules/x.yaml");
    assertThat(names(select(""))).containsExactly("D.YAML", "a/deep/er/c.yaml", "b.yml");
  }

  @Test
  void what_is_named_counts_whatever_it_is() throws IOException {
    file(".hidden.yaml");
    file("target/x.yaml");
    file("notes.txt");
    Files.writeString(folder.resolve(".gitignore"), "*\n");
    Files.createDirectories(folder.resolve(".git"));
    assertThat(names(select(".hidden.yaml", "notes.txt", "target/x.yaml")))
        .containsExactly(".hidden.yaml", "notes.txt", "target/x.yaml");
    assertThat(names(select("target"))).isEmpty();
  }

  @Test
  void what_git_ignores_is_passed_over_unless_that_is_turned_off() throws IOException {
    file("a/x.yaml");
    file("a/keep.yaml");
    file("b/x.yaml");
    file("a/out/y.yaml");
    Files.writeString(folder.resolve(".gitignore"), "x.yaml\nout/\n");
    Files.writeString(folder.resolve("b/.gitignore"), "!x.yaml\n");
    assertThat(names(select(""))).containsExactly("a/keep.yaml", "b/x.yaml");
    Selection all = new Selector(SettingsFiles.nearest(), false).select(List.of(folder.toString()));
    assertThat(names(all)).hasSize(4);
  }

  @Test
  void what_settings_exclude_is_passed_over_by_the_nearest_settings() throws IOException {
    file("drafts/x.yaml");
    file("a/drafts/x.yaml");
    file("b/drafts/x.yaml");
    settings("byteport.yaml", "[drafts/, byteport.yaml]");
    settings("b/byteport.yaml", "[byteport.yaml]");
    assertThat(names(select(""))).containsExactly("b/drafts/x.yaml");
    assertThat(names(select("drafts/x.yaml"))).containsExactly("drafts/x.yaml");
  }

  private void settings(String name, String exclude) throws IOException {
    Files.writeString(
        folder.resolve(name),
        "apiVersion: byteport.io/v1\nkind: Settings\nexclude: " + exclude + "\n");
  }

  @Test
  void a_pattern_is_expanded_as_a_shell_would_with_globstar() throws IOException {
    file("a/x.yaml");
    file("a/b/x.yaml");
    file("a/b/y.yaml");
    file("a/.c/x.yaml");
    assertThat(names(select("a/**/x.yaml"))).containsExactly("a/b/x.yaml", "a/x.yaml");
    assertThat(names(select("a/*.yaml"))).containsExactly("a/x.yaml");
    assertThat(names(select("*/b"))).containsExactly("a/b/x.yaml", "a/b/y.yaml");
    assertThat(names(select("a/b/[x-z].yaml"))).hasSize(2);
  }

  @Test
  void a_file_whose_name_looks_like_a_pattern_is_that_file() throws IOException {
    file("[x].yaml");
    file("x.yaml");
    assertThat(names(select("[x].yaml"))).containsExactly("[x].yaml");
  }

  @Test
  void what_is_not_there_and_a_pattern_that_nothing_fits_are_wrong_usage() {
    for (String word : List.of("gone", "gone.yaml", "*.yaml", "gone/*.yaml", "a[b", "x\0y")) {
      assertThatThrownBy(() -> new Selector(SettingsFiles.none(), true).select(List.of(word)))
          .as(word)
          .isInstanceOf(NoSuchFileException.class);
    }
  }

  @Test
  @Timeout(20)
  void links_that_lead_in_a_circle_or_up_or_nowhere_end() throws IOException {
    file("a/x.yaml");
    Files.createSymbolicLink(folder.resolve("a/self"), Path.of("."));
    Files.createSymbolicLink(folder.resolve("a/up"), Path.of(".."));
    Files.createSymbolicLink(folder.resolve("a/loop.yaml"), Path.of("loop.yaml"));
    Files.createSymbolicLink(folder.resolve("a/nowhere.yaml"), Path.of("gone.yaml"));
    assertThat(names(select(""))).containsExactly("a/loop.yaml", "a/nowhere.yaml", "a/x.yaml");
    assertThat(names(select("a/self"))).contains("a/self/x.yaml");
  }

  @Test
  void a_link_to_a_file_counts_and_a_file_with_two_names_once() throws IOException {
    file("data/real.yaml");
    Files.createSymbolicLink(folder.resolve("alias.yaml"), Path.of("data/real.yaml"));
    assertThat(names(select(""))).containsExactly("alias.yaml");
    assertThat(names(select("", "data/real.yaml", "./data/../data/real.yaml")))
        .containsExactly("data/real.yaml");
  }

  @Test
  void a_folder_that_is_called_like_a_file_is_looked_into() throws IOException {
    file("folder.yaml/x.yaml");
    assertThat(names(select(""))).containsExactly("folder.yaml/x.yaml");
  }

  @Test
  void names_may_hold_spaces_line_breaks_and_quotes() throws IOException {
    file("a b/c\nd \"e\".yaml");
    assertThat(names(select(""))).containsExactly("a b/c\nd \"e\".yaml");
  }

  @Test
  void a_folder_that_cannot_be_looked_into_is_a_finding() throws IOException {
    file("open/x.yaml");
    file("closed/x.yaml");
    Path closed = folder.resolve("closed");
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    Assumptions.assumeFalse(Files.isReadable(closed), "this user may read everything");
    try {
      Selection selection = select("");
      assertThat(names(selection)).containsExactly("open/x.yaml");
      assertThat(selection.unreadable())
          .extracting(Diagnostic::code)
          .containsExactly(DiagnosticCode.FILE_UNREADABLE);
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }
}
