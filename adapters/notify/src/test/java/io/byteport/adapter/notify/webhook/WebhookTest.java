package io.byteport.adapter.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byteport.adapter.notify.Entries;
import io.byteport.adapter.notify.Golden;
import io.byteport.adapter.notify.Hostile;
import io.byteport.adapter.notify.Notices;
import io.byteport.adapter.notify.Receiver;
import io.byteport.adapter.notify.Receiver.Reply;
import io.byteport.adapter.notify.Telling;
import io.byteport.adapter.notify.http.Json;
import io.byteport.engine.channel.ChannelException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class WebhookTest {
  static final List<String> EVENTS = Notices.EVENTS;
  private static final InstantSource CLOCK = InstantSource.fixed(Notices.AT);

  private final Receiver hook = new Receiver();

  @AfterEach
  void close() {
    hook.close();
  }

  private Webhook open(Entries entry) {
    return new Webhook.Type().open(entry.setting("address", hook.address() + "/in").entry(), CLOCK);
  }

  private static Entries entry() {
    return Entries.of("chat", "webhook");
  }

  @ParameterizedTest
  @FieldSource("EVENTS")
  void each_event_looks_as_it_should(String event) {
    Golden.json("webhook", event, Envelope.of(new Telling(Notices.of(event)), "our-webhook"));
  }

  @Test
  void it_is_posted_with_a_key_that_a_second_sending_has_too() throws Exception {
    try (Webhook channel = open(entry())) {
      channel.send(Notices.of("escalated"));
      channel.send(Notices.of("escalated"));
      channel.send(Notices.of("resolved"));
    }
    List<String> keys =
        hook.asked().stream().map(asked -> asked.header("Idempotency-Key")).toList();
    assertThat(keys.get(0)).hasSize(16).isEqualTo(keys.get(1)).isNotEqualTo(keys.get(2));
    assertThat(Json.read(hook.last().body()).path("schema").asString())
        .isEqualTo("byteport.io/notice/v1");
    assertThat(hook.last().header("X-BytePort-Signature")).isEmpty();
  }

  @Test
  void whoever_knows_the_secret_can_prove_body_and_time() throws Exception {
    try (Webhook channel = open(entry().secret("secret", "sesame").secret("token", "t0ken"))) {
      channel.send(Notices.of("escalated"));
    }
    String at = hook.last().header("X-BytePort-Timestamp");
    assertThat(at).isEqualTo(Long.toString(Notices.AT.getEpochSecond()));
    assertThat(hook.last().header("X-BytePort-Signature"))
        .isEqualTo(Seal.of("sesame", Notices.AT, hook.last().body()))
        .isNotEqualTo(Seal.of("sesame", Notices.AT.plusSeconds(1), hook.last().body()))
        .isNotEqualTo(Seal.of("other", Notices.AT, hook.last().body()));
    assertThat(hook.last().header("Authorization")).isEqualTo("Bearer t0ken");
  }

  @Test
  void a_seal_is_what_others_compute() {
    assertThat(Seal.of("sesame", Instant.ofEpochSecond(1767614689), "{}"))
        .isEqualTo("sha256=7a6528375cf781d5bdaa3ca26f4d6ceef1951b5981459a437c5ccf63147019e4");
  }

  @Test
  void a_receiver_that_refuses_is_quoted() {
    hook.next(Reply.of(422, "unknown schema"));
    try (Webhook channel = open(entry())) {
      ChannelException refused =
          catchThrowableOfType(ChannelException.class, () -> channel.send(Notices.of("escalated")));
      assertThat(refused.isPermanent()).isTrue();
      assertThat(refused).hasMessage("unknown schema [422] (POST to 127.0.0.1)");
    }
  }

  @Test
  void text_of_others_arrives_as_it_is() throws Exception {
    try (Webhook channel = open(entry())) {
      for (String text : Hostile.texts()) {
        if (!text.contains("\ud83d")) {
          channel.send(Notices.hostile("escalated", text));
          assertThat(Json.read(hook.last().body()).path("title").asString()).isEqualTo(text);
        }
      }
    }
  }

  @Test
  void an_address_is_checked_when_the_channel_is_opened() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Webhook.Type()
                    .open(entry().setting("address", "http://hooks.example.com").entry(), CLOCK))
        .withMessageContaining("`address` of the channel `our-webhook`");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Webhook.Type().open(entry().entry(), CLOCK))
        .withMessageContaining("lacks the setting `address`");
  }
}
