package io.byteport.adapter.host.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CaptureTest {
  private final List<String> heard = new ArrayList<>();

  private Capture capture(int cap, String mark, String... pieces) {
    Capture capture = new Capture(cap, heard::add, mark);
    for (String piece : pieces) {
      byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
      capture.write(bytes, 0, bytes.length);
    }
    return capture;
  }

  @Test
  void the_end_is_kept_at_every_length() {
    for (int length = 0; length < 40; length++) {
      String text = "0123456789abcdefghijklmnopqrstuvwxyzABCD".substring(0, length);
      Output output = capture(16, "", text).output();
      assertThat(output.text()).isEqualTo(text.substring(Math.max(0, length - 16)));
      assertThat(output.isCut()).isEqualTo(length > 16);
      assertThat(output.total()).isEqualTo(length);
    }
  }

  @Test
  void half_a_character_at_the_cut_is_left_out() {
    assertThat(capture(4, "", "x€€").output().text()).isEqualTo("€");
  }

  @Test
  void what_comes_before_the_mark_is_no_output() {
    Capture capture = capture(64, "@mark", "welcome\n@ma@mark 4711", "\nout", "put\n");
    assertThat(capture.output().text()).isEqualTo("output\n");
    assertThat(capture.greeting()).isEqualTo("4711");
    assertThat(heard).containsExactly("output");
  }

  @Test
  void without_the_mark_nothing_has_begun() {
    Capture capture = capture(64, "@mark", "This account is not available.\n");
    assertThat(capture.hasBegun()).isFalse();
    assertThat(capture.output().text()).isEmpty();
    assertThat(capture.greeting()).isEqualTo("This account is not available.");
  }

  @Test
  void a_line_that_does_not_end_is_told_at_the_end_and_cut() {
    Capture capture = capture(64, "", "x".repeat(10_000));
    assertThat(heard).isEmpty();
    capture.close();
    assertThat(heard).containsExactly("x".repeat(2_000));
  }
}
