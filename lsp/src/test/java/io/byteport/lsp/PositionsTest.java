package io.byteport.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.source.SourceFile;
import org.eclipse.lsp4j.Position;
import org.junit.jupiter.api.Test;

class PositionsTest {
  private static final SourceFile TEXT = new SourceFile("a", "ab😀c\r\ndé\n");

  @Test
  void a_place_counts_utf16_units() {
    assertThat(Positions.of(TEXT, 3)).isEqualTo(new Position(0, 4));
    assertThat(Positions.of(TEXT, 7)).isEqualTo(new Position(1, 1));
    assertThat(Positions.of(TEXT, 99)).isEqualTo(new Position(2, 0));
  }

  @Test
  void every_offset_comes_back() {
    for (int offset = 0; offset <= TEXT.length(); offset++) {
      if (offset != 5) { // between CR and LF is the end of the line
        assertThat(Positions.offset(TEXT, Positions.of(TEXT, offset))).isEqualTo(offset);
      }
    }
  }

  @Test
  void places_outside_are_the_nearest_inside() {
    assertThat(Positions.offset(TEXT, new Position(0, 3))).isEqualTo(2);
    assertThat(Positions.offset(TEXT, new Position(0, 99))).isEqualTo(4);
    assertThat(Positions.offset(TEXT, new Position(9, 0))).isEqualTo(TEXT.length());
  }
}
