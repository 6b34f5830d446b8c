package io.byteport.adapter.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.adapter.notify.Span.Style;
import org.junit.jupiter.api.Test;

class TellingTest {

  @Test
  void a_short_title_is_the_heading() {
    assertThat(new Telling(Notices.of("failed")).heading())
        .isEqualTo("Failed: The memory limit of api could not be raised");
  }

  @Test
  void a_line_that_says_everything_stands_below_a_short_heading() {
    Telling telling = new Telling(Notices.of("escalated"));
    assertThat(telling.heading())
        .isEqualTo("Escalated: oom_at_startup on pod/production/api-sd98vc9vfb-hglv7");
    assertThat(telling.body().orElseThrow()).startsWith("🔁 *crashloopbackoff_v2* | pod: `");
  }

  @Test
  void an_event_of_a_later_day_is_called_by_its_name() {
    assertThat(new Telling(Notices.of("handedOff")).heading())
        .isEqualTo("Handed off: Handed to failed_deploy_auto_rollback");
  }

  @Test
  void the_first_line_of_the_operators_text_is_the_heading() {
    assertThat(new Telling(Notices.saying("escalated", "Call Jo.\nNow.")).heading())
        .isEqualTo("Call Jo.");
  }

  @Test
  void the_same_notice_has_the_same_key_and_another_one_another() {
    String key = new Telling(Notices.of("escalated")).key();
    assertThat(new Telling(Notices.of("escalated")).key()).isEqualTo(key);
    assertThat(new Telling(Notices.of("resolved")).key()).isNotEqualTo(key);
  }

  @Test
  void incidents_are_told_apart_by_signal_and_target() {
    String one = new Telling(Notices.of("escalated")).incident();
    assertThat(new Telling(Notices.of("resolved")).incident()).isEqualTo(one);
    assertThat(new Telling(Notices.about("escalated", "pod/production/other")).incident())
        .isNotEqualTo(one);
  }

  @Test
  void marks_are_read_and_what_only_looks_like_one_is_text() {
    assertThat(Span.of("a *b c* `d` 2 * 3 * 4 x*y*z"))
        .containsExactly(
            new Span("a ", Style.PLAIN),
            new Span("b c", Style.STRONG),
            new Span(" ", Style.PLAIN),
            new Span("d", Style.CODE),
            new Span(" 2 * 3 * 4 x*y*z", Style.PLAIN));
  }

  @Test
  void what_turns_writing_around_or_rings_is_left_out() {
    assertThat(Plain.line("\u202egnp.exe\u0007\u2066 a\r\nb\u2028c\ud83d"))
        .isEqualTo("gnp.exe a b c");
  }

  @Test
  void a_command_is_no_address_and_a_script_neither() {
    assertThat(Plain.address("byteport runs show 1")).isEmpty();
    assertThat(Plain.address("javascript:alert(1)")).isEmpty();
    assertThat(Plain.address("https://user@example.com/")).isEmpty();
    assertThat(Plain.address("https://example.com/runs/1")).isPresent();
  }
}
