package io.byteport.adapter.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CutTest {

  @Test
  void what_is_missing_is_counted() {
    assertThat(Cut.text("a".repeat(100), 50)).isEqualTo("a".repeat(28) + " … 72 more characters");
  }

  @Test
  void an_escape_is_never_cut_in_two() {
    String cut = Cut.text("&".repeat(100), 60, text -> text.replace("&", "&amp;"));
    assertThat(cut).matches("(&amp;)+ … \\d+ more characters").hasSizeLessThanOrEqualTo(60);
  }

  @Test
  void a_list_is_cut_between_its_items() {
    Cut.Part part = Cut.lines(List.of("one", "two", "three"), 9, text -> text);
    assertThat(part.items()).containsExactly("one", "two");
    assertThat(part.left()).isEqualTo(1);
  }

  @Property(tries = 300)
  void it_always_fits(@ForAll String text, @ForAll @IntRange(min = 40, max = 200) int limit) {
    assertThat(Cut.text(text, limit).length()).isLessThanOrEqualTo(limit);
    assertThat(Cut.line(text, limit).length()).isLessThanOrEqualTo(limit);
  }

  @Test
  void a_character_of_two_units_stays_whole() {
    String cut = Cut.line("🔥".repeat(50), 20);
    assertThat(cut.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF)).isTrue();
    assertThat(cut).endsWith("…");
  }
}
