package io.byteport.adapter.notify.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.adapter.notify.Golden;
import io.byteport.adapter.notify.Notices;
import io.byteport.adapter.notify.Telling;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

class IssueTextTest {
  static final List<String> EVENTS = Notices.EVENTS;

  @ParameterizedTest
  @FieldSource("EVENTS")
  void each_event_looks_as_it_should(String event) {
    Telling telling = new Telling(Notices.of(event));
    Golden.text(
        "github/" + event + ".md",
        "<!-- title: " + IssueText.title(telling) + " -->\n\n" + IssueText.body(telling));
  }

  /** What is left of a body where Markdown means something: no code, no escapes, none of ours. */
  private static String live(String body) {
    String unfenced =
        body.replaceAll("(?ms)^ *(`{3,})[a-z]*\\n.*?^ *\\1$", "")
            .replaceAll("</?(details|summary)>", "")
            .replaceAll("\\(<https://(byteport|wiki)\\.example\\.com/[^>]*>\\)", "")
            .replaceAll("<!-- byteport incident=[0-9a-f]{16} notice=[0-9a-f]{16} -->\\n$", "");
    StringBuilder live = new StringBuilder();
    for (int at = 0; at < unfenced.length(); at++) {
      char c = unfenced.charAt(at);
      if (c == '\\') {
        at++;
      } else if (c == '`') {
        int run = run(unfenced, at);
        int end = closing(unfenced, at + run, run);
        assertThat(end).as("nothing of ours opens a code span in vain: " + unfenced).isPositive();
        at = end - 1;
      } else {
        live.append(c);
      }
    }
    return live.toString();
  }

  private static int run(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) == '`') {
      at++;
    }
    return at - from;
  }

  /** Where the code span ends that a run of backticks has begun; 0 where it does not. */
  private static int closing(String text, int from, int length) {
    int at = from;
    while (at < text.length()) {
      int run = run(text, at);
      if (run == length) {
        return at + run;
      }
      at += Math.max(1, run);
    }
    return 0;
  }

  @ParameterizedTest
  @MethodSource("io.byteport.adapter.notify.Hostile#texts")
  void text_of_others_calls_nobody_refers_to_nothing_and_links_nowhere(String text) {
    String live = live(IssueText.body(new Telling(Notices.hostile("escalated", text))));
    assertThat(live)
        .doesNotContain("<")
        .doesNotContain("](", "://", "![")
        .doesNotContainPattern("@[A-Za-z0-9]")
        .doesNotContainPattern("#\\d")
        .doesNotContainPattern("(?i)www\\.");
    assertThat(IssueText.title(new Telling(Notices.hostile("escalated", text))))
        .doesNotContainPattern("@[A-Za-z0-9]")
        .doesNotContain("\n");
  }

  @Test
  void code_stays_as_it_is_and_closes_nothing() {
    assertThat(Markdown.code("a `b` c")).isEqualTo("`` a `b` c ``");
    assertThat(Markdown.fenced("sh", "echo '```'")).isEqualTo("````sh\necho '```'\n````");
  }

  @Test
  void what_is_too_long_is_cut_at_githubs_limit() {
    String body = IssueText.body(new Telling(Notices.endless("escalated")));
    assertThat(body)
        .hasSizeLessThan(65_536)
        .contains("more facts", "more steps", "more commands")
        .endsWith(" -->\n");
  }

  @Test
  void the_configuration_may_call_a_team() {
    assertThat(IssueText.body(new Telling(Notices.calling("example/sre"))))
        .startsWith("@example/sre\n\n");
  }

  @Test
  void the_operators_text_stands_in_place_of_our_words() {
    Telling telling = new Telling(Notices.saying("escalated", "Call Jo.\nNow *please*."));
    assertThat(IssueText.title(telling)).isEqualTo("Call Jo.");
    assertThat(IssueText.body(telling))
        .startsWith("Call Jo.\nNow \\*please\\*.\n")
        .doesNotContain("Next steps");
  }
}
