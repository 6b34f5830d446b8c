package io.byteport.adapter.notify.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byteport.adapter.notify.Entries;
import io.byteport.adapter.notify.Notices;
import io.byteport.adapter.notify.Receiver;
import io.byteport.adapter.notify.Receiver.Reply;
import io.byteport.adapter.notify.http.Json;
import io.byteport.engine.channel.ChannelException;
import io.byteport.engine.spi.FailureKind;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlackWebhookTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Notices.AT);
  private final Receiver slack = new Receiver();

  @AfterEach
  void close() {
    slack.close();
  }

  private Entries entry() {
    return Entries.of("chat", "slack-webhook")
        .secret("address", slack.address() + "/services/T0/B0/sesame\n");
  }

  private static ChannelException refused(SlackWebhook channel) {
    return catchThrowableOfType(
        ChannelException.class, () -> channel.send(Notices.of("escalated")));
  }

  private static SlackWebhook open(Entries entry) {
    return new SlackWebhook.Type().open(entry.entry(), CLOCK);
  }

  @Test
  void it_is_posted_to_the_secret_address() throws Exception {
    try (SlackWebhook channel = open(entry())) {
      channel.send(Notices.of("escalated"));
    }
    assertThat(slack.last().target()).isEqualTo("/services/T0/B0/sesame");
    assertThat(slack.last().header("Content-Type")).startsWith("application/json");
    assertThat(Json.read(slack.last().body()).path("blocks").size()).isGreaterThan(5);
  }

  @Test
  void another_channel_can_be_named() throws Exception {
    try (SlackWebhook channel = open(entry().setting("channel", "#dba"))) {
      channel.send(Notices.of("resolved"));
    }
    assertThat(Json.read(slack.last().body()).path("channel").asString()).isEqualTo("#dba");
  }

  @Test
  void a_429_says_when_to_come_back_however_often_it_is_tried() {
    slack.answers(asked -> Reply.of(429, "rate_limited").with("Retry-After", "30"));
    try (SlackWebhook channel = open(entry())) {
      for (int attempt = 0; attempt < 4; attempt++) {
        ChannelException refused = refused(channel);
        assertThat(refused.isPermanent()).isFalse();
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(30));
      }
    }
    assertThat(slack.asked()).hasSize(4);
  }

  @Test
  void what_failed_with_a_5xx_is_taken_when_it_is_sent_again() throws Exception {
    slack.next(Reply.of(500, "rollup_error"));
    try (SlackWebhook channel = open(entry())) {
      assertThat(refused(channel).isPermanent()).isFalse();
      channel.send(Notices.of("escalated"));
    }
    assertThat(slack.asked()).hasSize(2);
    assertThat(slack.asked().get(1).body()).isEqualTo(slack.asked().get(0).body());
  }

  @Test
  void a_webhook_that_is_gone_is_never_tried_again_and_its_address_not_told() {
    slack.next(Reply.of(404, "no_service at /services/T0/B0/sesame"));
    try (SlackWebhook channel = open(entry())) {
      ChannelException refused = refused(channel);
      assertThat(refused.isPermanent()).isTrue();
      assertThat(refused).hasMessage("no_service at *** [404] (POST to 127.0.0.1)");
    }
  }

  @Test
  void a_channel_that_fails_hinders_no_other() throws Exception {
    slack.next(Reply.BROKEN);
    try (SlackWebhook one = open(entry());
        SlackWebhook other = open(entry())) {
      assertThat(refused(one).isPermanent()).isFalse();
      other.send(Notices.of("escalated"));
    }
    assertThat(slack.asked()).hasSize(2);
  }

  @Test
  void an_address_that_is_not_https_is_never_sent_to_nor_told() {
    try (SlackWebhook channel =
        open(
            Entries.of("chat", "slack-webhook")
                .secret("address", "http://hooks.example.com/services/sesame"))) {
      ChannelException refused = refused(channel);
      assertThat(refused.isPermanent()).isTrue();
      assertThat(refused.getMessage()).contains("the variable address").doesNotContain("sesame");
    }
  }

  @Test
  void without_its_address_it_does_not_open() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> open(Entries.of("chat", "slack-webhook")))
        .withMessage("the channel `our-slack-webhook` lacks the credential `address`");
  }

  @Test
  void a_secret_that_cannot_be_read_now_is_read_later() {
    Entries entry = Entries.of("chat", "slack-webhook").missing("address", FailureKind.UNREACHABLE);
    assertThat(refused(open(entry)).isPermanent()).isFalse();
    Entries none = Entries.of("chat", "slack-webhook").missing("address", FailureKind.NOT_FOUND);
    ChannelException refused = refused(open(none));
    assertThat(refused.isPermanent()).isTrue();
    assertThat(refused.getMessage()).contains("the variable address is not set");
  }
}
