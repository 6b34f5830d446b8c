package io.byteport.dsl.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.include.Libraries;
import io.byteport.dsl.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryFilesTest {
  private static final SourceFile SHIPPED =
      new SourceFile("library:kubernetes/pod.library.yaml", "shipped");

  @TempDir private Path folder;

  private final LibraryFiles libraries = new LibraryFiles(() -> List.of(SHIPPED));

  private static void write(Path folder, String id, String text) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(id + Libraries.SUFFIX), text);
  }

  private Optional<String> found(Path from, String id) {
    return libraries
        .find(new SourceFile(from.resolve("x.yaml").toString(), ""), id)
        .map(read -> read.value().orElseThrow().text());
  }

  @Test
  void the_one_beside_the_file_is_found_before_the_one_that_comes_with_byteport()
      throws IOException {
    assertThat(found(folder, "pod")).contains("shipped");
    write(folder, "pod", "own");
    assertThat(found(folder, "pod")).contains("own");
  }

  @Test
  void folders_above_are_asked_as_far_as_the_one_with_the_settings() throws IOException {
    Path deep = Files.createDirectories(folder.resolve("root/a/b"));
    write(folder, "outside", "outside");
    write(folder.resolve("root"), "top", "top");
    write(folder.resolve("root/a"), "near", "near");
    Files.writeString(folder.resolve("root/byteport.yaml"), "");
    assertThat(found(deep, "near")).contains("near");
    assertThat(found(deep, "top")).contains("top");
    assertThat(found(deep, "outside")).isEmpty();
  }

  @Test
  void without_settings_only_its_own_folder_is_asked() throws IOException {
    Path deep = Files.createDirectories(folder.resolve("a"));
    write(folder, "above", "above");
    assertThat(found(deep, "above")).isEmpty();
  }

  @Test
  void what_comes_with_byteport_includes_nothing_else() throws IOException {
    write(folder, "own", "own");
    SourceFile from = new SourceFile("library:kubernetes/x.yaml", "");
    assertThat(libraries.find(from, "own")).isEmpty();
    assertThat(libraries.find(from, "pod").orElseThrow().valueOrNull()).isSameAs(SHIPPED);
  }

  @Test
  void a_file_is_read_once_for_all_who_include_it() throws IOException {
    write(folder, "pod", "own");
    SourceFile one = new SourceFile(folder.resolve("one.yaml").toString(), "");
    SourceFile other = new SourceFile(folder.resolve("other.yaml").toString(), "");
    assertThat(libraries.find(one, "pod").orElseThrow().valueOrNull())
        .isNotNull()
        .isSameAs(libraries.find(other, "pod").orElseThrow().valueOrNull());
  }

  @Test
  void a_file_that_has_changed_is_read_again() throws IOException {
    write(folder, "pod", "own");
    assertThat(found(folder, "pod")).contains("own");
    write(folder, "pod", "changed");
    assertThat(found(folder, "pod")).contains("changed");
  }

  @Test
  void the_ids_of_all_that_could_be_meant_are_known() throws IOException {
    write(folder, "own", "own");
    assertThat(libraries.known(new SourceFile(folder.resolve("x.yaml").toString(), "")))
        .containsExactly("own", "pod");
  }
}
