package io.byteport.adapter.kubernetes.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LongTextTest {

  @Test
  void a_text_that_fits_stays_as_it_is() {
    String text = "x".repeat(LongText.MOST_CHARS);
    assertThat(LongText.cut(text)).isSameAs(text);
    assertThat(LongText.cutIfAny(null)).isNull();
  }

  @Test
  void a_longer_one_is_cut_between_characters() {
    assertThat(LongText.cut("x".repeat(LongText.MOST_CHARS + 1)))
        .isEqualTo("x".repeat(LongText.MOST_CHARS) + "…");
    String before = "x".repeat(LongText.MOST_CHARS - 1);
    assertThat(LongText.cut(before + "😀y")).isEqualTo(before + "…");
    assertThat(LongText.cut(Map.of("k", before + "😀y"))).containsEntry("k", before + "…");
  }
}
