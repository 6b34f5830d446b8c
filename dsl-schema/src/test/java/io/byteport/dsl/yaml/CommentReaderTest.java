package io.byteport.dsl.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.source.SourceFile;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommentReaderTest {
  private static List<Comment> read(String text) {
    return CommentReader.read(new SourceFile("x.yaml", text));
  }

  @Test
  void every_comment_is_found_and_no_text_is_taken_for_one() {
    assertThat(
            read(
                """
                # 1
                a: 1 # 2
                b:
                  # 3
                  - x # 4
                  # 5
                  - y: | # 6
                      text # no
                      # no
                    # 7
                    z: "s # no" # 8
                f: { # 9
                  k: v, # 10
                  # 11
                  l: [1, # 12
                   2] # 13
                } # 14
                g: >-
                  a
                  # no
                # 15
                i: 'x
                  # no
                  y' # 16
                k: # 17
                  # 18
                  v#no # 19
                m: &n # 20
                  o: 1
                p: *n # 21
                # 22
                ...
                # 23
                """))
        .extracting(comment -> comment.text().strip())
        .containsExactlyElementsOf(
            java.util.stream.IntStream.rangeClosed(1, 23).mapToObj(String::valueOf).toList());
  }

  @Test
  void places_count_code_points_and_end_before_the_line_break() {
    SourceFile file = new SourceFile("x.yaml", "a: 😀 # é\r\n  # two \r\nb: 1\r\n#three");
    assertThat(CommentReader.read(file))
        .extracting(comment -> file.text(comment.span()) + comment.alone())
        .containsExactly("# éfalse", "# two true", "#threetrue");
  }

  @Test
  void of_a_text_that_is_not_yaml_those_before_the_fault_are_found() {
    assertThat(read("# one\na: [1\nb: }")).extracting(Comment::text).contains(" one");
  }
}
