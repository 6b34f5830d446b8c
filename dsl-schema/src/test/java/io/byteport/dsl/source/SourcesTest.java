package io.byteport.dsl.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SourcesTest {
  private static final SourceFile OWN = new SourceFile("own.yaml", "a: \uD83D\uDE00\nb: 2");
  private static final SourceFile FIRST = new SourceFile("x/first.library.yaml", "c: 3\n");
  private static final SourceFile SECOND = new SourceFile("second.library.yaml", "d: \u00fc");

  @Test
  void a_place_in_the_whole_is_told_in_the_file_that_holds_it() {
    Sources sources = Sources.of(OWN, List.of(FIRST, SECOND));
    for (SourceFile file : List.of(OWN, FIRST, SECOND)) {
      for (int at = 0; at < file.length(); at++) {
        int start = sources.start(file) + at;
        Origin origin = sources.origin(new Span(start, start + 1));
        assertThat(origin).isEqualTo(new Origin(file, new Span(at, at + 1)));
        assertThat(sources.whole().text(new Span(start, start + 1)))
            .isEqualTo(file.text(origin.span()));
      }
    }
  }

  @Test
  void a_file_that_includes_nothing_is_the_whole_itself() {
    assertThat(Sources.of(OWN, List.of()).whole()).isSameAs(OWN);
    assertThat(Sources.in(OWN).whole()).isSameAs(OWN);
    assertThat(Sources.in(OWN).own()).isSameAs(OWN);
  }

  @Test
  void what_a_whole_is_made_of_can_be_told_from_it() {
    SourceFile whole = Sources.of(OWN, List.of(FIRST, SECOND)).whole();
    Sources again = Sources.in(whole);
    assertThat(again.whole()).isSameAs(whole);
    assertThat(again.own().text()).isEqualTo(OWN.text() + "\n");
    assertThat(again.libraries())
        .extracting(SourceFile::name)
        .containsExactly("x/first.library.yaml", "second.library.yaml");
    assertThat(again.libraries())
        .extracting(SourceFile::text)
        .containsExactly("c: 3\n", "d: \u00fc\n");
    assertThat(Sources.of(again.own(), again.libraries()).whole().text()).isEqualTo(whole.text());
  }

  @Test
  void places_of_a_whole_that_is_one_file_are_told_in_it() {
    SourceFile whole = Sources.of(OWN, List.of(FIRST)).whole();
    Span last = new Span(whole.length() - 2, whole.length() - 1);
    assertThat(Sources.in(whole).origin(last)).isEqualTo(new Origin(whole, last));
  }
}
