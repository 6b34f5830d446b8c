package io.byteport.dsl.edit;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.edit.Place.Role;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.YamlReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CursorTest {
  private static Place at(String marked) {
    int caret = marked.indexOf('‸');
    return Cursor.at(
        new SourceFile("a.yaml", marked.replace("‸", "")), marked.codePointCount(0, caret));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          a: ‸~VALUE~a~
          a:‸~VALUE~a~
          a: b‸c~VALUE~a~bc
          a: "b‸c"~VALUE~a~bc
          a: 'b‸~VALUE~a~b
          a: "b‸~VALUE~a~b
          a: [b, c‸~VALUE~a/[]~c
          a: { b: c‸~VALUE~a/b~c
          a: { b: c, d‸ }~KEY~a~d
          a: { d‸, b: c }~KEY~a~d
          a: |\\n  b‸\\n~VALUE~a~b\\n
          a: >-\\n  b\\n  c‸~VALUE~a~b c
          a:\\n  b: 1\\n  c‸~KEY~a~c
          a:\\n  b: 1\\n  c‸\\n  d: 2~KEY~a~c
          a:\\n  - b: 1\\n    c‸~KEY~a/[]~c
          a:\\n  - ‸~VALUE~a/[]~
          a: 1\\nb‸~KEY~~b
          ‸~VALUE~~
          a:\\n  b: {\\n  c: ‸\\nd: 1~VALUE~a/c~
          x: {\\na:\\n  b: ‸~VALUE~a/b~
          a: "\\\\"b‸~VALUE~a~"b
          """)
  void what_stands_at_a_place(String marked, Role role, String path, String content) {
    Place place = at(marked.replace("\\n", "\n").replace("\\\\", "\\"));
    assertThat(place.role()).isEqualTo(role);
    assertThat(String.join("/", place.path())).isEqualTo(path == null ? "" : path);
    assertThat(place.content()).isEqualTo(content == null ? "" : content.replace("\\n", "\n"));
  }

  @Test
  void a_place_in_a_comment_is_no_value() {
    assertThat(at("a: b # c‸").role()).isEqualTo(Role.COMMENT);
    assertThat(at("a: 'b # c‸'").role()).isEqualTo(Role.VALUE);
    assertThat(at("a: |\n  b # c‸\n").role()).isEqualTo(Role.VALUE);
  }

  @Test
  void what_is_put_in_stands_where_it_was_typed_in_every_style() {
    for (String marked :
        new String[] {
          "a: one tw‸o",
          "a: \"\\u006Fne tw‸o\"",
          "a: 'it''s tw‸o'",
          "a: >-\n  😀\n  tw‸o",
          "b: 😀\r\na: |\r\n  one\r\n  tw‸o\r\n"
        }) {
      Place place = at(marked);
      int end = place.at();
      assertThat(place.span(new Span(end - 2, end)))
          .as(marked)
          .isEqualTo(new Span(place.offset() - 2, place.offset()));
      assertThat(place.text().text(place.span(new Span(end - 2, end + 1)))).isEqualTo("two");
    }
  }

  @Test
  void a_mended_text_can_be_read_and_stays_the_same_while_a_value_is_typed() {
    Place one = at("a: 1\nb: \"${x‸\nc: 2\n");
    Place other = at("a: 1\nb: \"${x.y‸\nc: 2\n");
    Place.Mended mended = one.mended(true);
    assertThat(YamlReader.read(mended.file()).diagnostics()).isEmpty();
    assertThat(mended.file().text()).isEqualTo(other.mended(true).file().text());
    assertThat(mended.offset()).isEqualTo(mended.file().text().indexOf("zZ"));
  }

  @Test
  void the_keys_beside_are_known() {
    assertThat(at("a:\n  b: 1\n  c‸\n  d: 2").present()).containsExactlyInAnyOrder("b", "d");
    assertThat(at("a: 1\nb‸\nc: 2\n").present()).containsExactlyInAnyOrder("a", "c");
  }
}
