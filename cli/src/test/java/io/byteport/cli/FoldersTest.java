package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
  @TempDir private Path folder;

  @Test
  void what_a_build_or_a_tool_keeps_in_a_folder_is_passed_over() throws IOException {
    Path first = file("a/first.yaml");
    Path second = file("second.yml");
    file("target/classes/copy.yaml");
    file("web/node_modules/other.yaml");
    file(".git/config.yaml");
    file("notes.txt");
    assertThat(Folders.yamlFiles(folder)).containsExactly(first, second);
  }

  @Test
  void a_folder_that_is_named_is_looked_into_whatever_its_name() throws IOException {
    Path copy = file("target/copy.yaml");
    assertThat(Folders.yamlFiles(folder.resolve("target"))).containsExactly(copy);
  }

  private Path file(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "a: 1");
  }
}
