package io.byteport.dsl.include;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.source.SourceFile;
import org.junit.jupiter.api.Test;

class ShelfTest {
  private static final String TEXT =
      """
      apiVersion: byteport.io/v1
      kind: Library
      metadata:
        id: pod
        doc: What runbooks about pods share
      """;

  @Test
  void a_library_is_read_once_whoever_includes_it() {
    Shelf shelf = new Shelf();
    SourceFile file = new SourceFile("pod.library.yaml", TEXT);
    LibraryText first = shelf.get(file);
    assertThat(shelf.get(file)).isSameAs(first);
    assertThat(first.id()).isEqualTo("pod");
    assertThat(first.isReadable()).isTrue();
  }

  @Test
  void another_text_of_the_same_name_is_another_library() {
    Shelf shelf = new Shelf();
    LibraryText first = shelf.get(new SourceFile("pod.library.yaml", TEXT));
    LibraryText second =
        shelf.get(new SourceFile("pod.library.yaml", TEXT.replace("Library", "Runbook")));
    assertThat(second).isNotEqualTo(first);
    assertThat(second.isReadable()).isFalse();
  }
}
