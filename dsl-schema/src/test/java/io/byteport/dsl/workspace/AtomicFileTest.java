package io.byteport.dsl.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir private Path folder;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private long count() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }

  @Test
  void the_new_text_has_the_permissions_of_the_old_one_and_nothing_else_is_left()
      throws IOException {
    Path file = Files.writeString(folder.resolve("x.yaml"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-x--x"));
    AtomicFile.replace(file, bytes("old"), bytes("new"));
    assertThat(file).hasContent("new");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-x--x");
    assertThat(count()).isOne();
  }

  @Test
  void a_file_that_changed_meanwhile_is_left_alone() throws IOException {
    Path file = Files.writeString(folder.resolve("x.yaml"), "newer");
    assertThatThrownBy(() -> AtomicFile.replace(file, bytes("old"), bytes("new")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("changed");
    assertThat(file).hasContent("newer");
    assertThat(count()).isOne();
  }

  @Test
  void a_file_that_vanished_meanwhile_does_not_come_back() throws IOException {
    Path file = folder.resolve("x.yaml");
    assertThatThrownBy(() -> AtomicFile.replace(file, bytes("old"), bytes("new")))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(count()).isZero();
  }

  @Test
  void a_link_stays_a_link() throws IOException {
    Path file = Files.writeString(folder.resolve("x.yaml"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link.yaml"), Path.of("x.yaml"));
    AtomicFile.replace(link, bytes("old"), bytes("new"));
    assertThat(link).isSymbolicLink().hasContent("new");
    assertThat(file).hasContent("new");
  }
}
