package io.byteport.adapter.notify.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.byteport.adapter.notify.Golden;
import io.byteport.adapter.notify.Notices;
import io.byteport.adapter.notify.Telling;
import io.byteport.engine.channel.Message;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LetterTest {
  static final List<String> EVENTS = Notices.EVENTS;

  private static Letter letter(Message message) {
    return Letter.of(new Telling(message), "example.com");
  }

  @ParameterizedTest
  @FieldSource("EVENTS")
  void each_event_looks_as_it_should(String event) {
    Letter letter = letter(Notices.of(event));
    StringBuilder head = new StringBuilder("Subject: " + letter.subject() + "\n");
    letter.headers().forEach((name, value) -> head.append(name + ": " + value + "\n"));
    Golden.text("mail/" + event + ".txt", head + "\n" + letter.text());
    Golden.text("mail/" + event + ".html", letter.html() + "\n");
  }

  @Test
  void mails_about_one_incident_are_one_thread() {
    Letter escalated = letter(Notices.of("escalated"));
    Letter resolved = letter(Notices.of("resolved"));
    assertThat(escalated.headers().get("References"))
        .isEqualTo(resolved.headers().get("References"))
        .matches("<incident\\.[0-9a-f]{16}\\.byteport@example\\.com>");
    assertThat(escalated.headers().get("In-Reply-To"))
        .isEqualTo(escalated.headers().get("References"));
    assertThat(escalated.headers().get("Message-ID"))
        .isNotEqualTo(resolved.headers().get("Message-ID"));
  }

  @Test
  void the_same_message_is_the_same_mail() {
    assertThat(letter(Notices.of("escalated"))).isEqualTo(letter(Notices.of("escalated")));
  }

  @Test
  void what_is_critical_says_so_before_it_is_opened() {
    Letter letter = letter(Notices.of("escalated"));
    assertThat(letter.subject()).startsWith("[critical] Escalated: oom_at_startup on ");
    assertThat(letter.headers()).containsEntry("Importance", "high");
  }

  @Test
  void attachments_are_files_with_names_of_their_own() {
    assertThat(letter(Notices.of("escalated")).attachments())
        .containsOnlyKeys("postmortem.txt", "decision-tree.txt", "plan.txt", "logs-text.txt")
        .hasEntrySatisfying("logs-text.txt", text -> assertThat(text).startsWith("api starting\n"));
    assertThat(Letter.file("../../etc/passwd")).isEqualTo("etc-passwd.txt");
    assertThat(Letter.file("\u202e")).isEqualTo("attachment.txt");
  }

  @ParameterizedTest
  @MethodSource("io.byteport.adapter.notify.Hostile#texts")
  void text_of_others_is_text_in_html_and_no_header(String text) {
    Letter letter = letter(Notices.hostile("escalated", text));
    assertThat(letter.subject()).doesNotContain("\n", "\r");
    letter.headers().values().forEach(value -> assertThat(value).matches("[\\x20-\\x7e]*"));
    String ours =
        letter.html().replaceAll("<a href=\"https://(byteport|wiki)\\.example\\.com/[^\"]*\"", "");
    assertThat(ours)
        .doesNotContain("<a ", "<img", "<script", "<!--", "<http", "href=\"http://evil", "<at>");
    assertThat(letter.html()).doesNotContain("\u202e", "\u0007");
  }

  @Test
  void what_is_too_long_is_cut_with_its_rest_counted() {
    Letter letter = letter(Notices.endless("escalated"));
    assertThat(letter.subject()).hasSizeLessThanOrEqualTo(200);
    assertThat(letter.html()).hasSizeLessThan(2_000_000);
    assertThat(letter.text()).contains("more characters");
    letter.attachments().values().forEach(text -> assertThat(text).hasSizeLessThan(500_001));
  }

  @Test
  void the_operators_text_stands_in_place_of_our_words() {
    Letter letter = letter(Notices.saying("escalated", "Call Jo.\n\nThen wait & see."));
    assertThat(letter.subject()).isEqualTo("[critical] Call Jo.");
    assertThat(letter.text()).startsWith("Call Jo.\n\nThen wait & see.\n");
    assertThat(letter.html()).contains("Then wait &amp; see.").doesNotContain("Next steps");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"oncall", "a@b@c", "a@b\r\nBcc: c@d", "<a@b>, c@d", "", "a b@c", "Jo <jo@x> y"})
  void what_is_no_address_is_not_written_to(String address) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Addresses("ops@example.com", List.of(address)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Addresses(address, List.of("ops@example.com")));
  }

  @Test
  void who_is_called_by_address_gets_a_copy_once() {
    Addresses addresses = new Addresses("Ops <ops@example.com>", List.of("Jo <jo@example.com>"));
    assertThat(addresses.domain()).isEqualTo("example.com");
    assertThat(addresses.copyTo(Optional.of("dba@example.com"))).contains("dba@example.com");
    assertThat(addresses.copyTo(Optional.of("jo@example.com"))).isEmpty();
    assertThat(addresses.copyTo(Optional.of("@dba-oncall"))).isEmpty();
  }
}
