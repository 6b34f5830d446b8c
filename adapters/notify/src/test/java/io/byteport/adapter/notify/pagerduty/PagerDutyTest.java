package io.byteport.adapter.notify.pagerduty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byteport.adapter.notify.Entries;
import io.byteport.adapter.notify.Golden;
import io.byteport.adapter.notify.Notices;
import io.byteport.adapter.notify.Receiver;
import io.byteport.adapter.notify.Receiver.Reply;
import io.byteport.adapter.notify.Telling;
import io.byteport.adapter.notify.http.Json;
import io.byteport.engine.channel.ChannelException;
import io.byteport.engine.channel.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;

class PagerDutyTest {
  static final List<String> EVENTS = Notices.EVENTS;
  private static final String KEY = "R0123456789ABCDEF0123456789ABCDE";

  private final Receiver pagerDuty =
      new Receiver().answers(asked -> Reply.of(202, "{\"status\":\"success\"}"));
  private final PagerDuty channel =
      new PagerDuty.Type()
          .open(
              Entries.of("page", "pagerduty-events")
                  .setting("address", pagerDuty.address())
                  .secret("routingKey", KEY)
                  .entry(),
              InstantSource.fixed(Notices.AT));

  @AfterEach
  void close() {
    channel.close();
    pagerDuty.close();
  }

  private JsonNode sent(Message message) throws Exception {
    channel.send(message);
    return Json.read(pagerDuty.last().body());
  }

  private ChannelException refused() {
    return catchThrowableOfType(
        ChannelException.class, () -> channel.send(Notices.of("escalated")));
  }

  @ParameterizedTest
  @FieldSource("EVENTS")
  void each_event_looks_as_it_should(String event) {
    Golden.json("pagerduty", event, PagerDutyEvent.of(new Telling(Notices.of(event))));
  }

  @Test
  void an_escalation_triggers_with_the_routing_key() throws Exception {
    JsonNode event = sent(Notices.of("escalated"));
    assertThat(pagerDuty.last().method()).isEqualTo("POST");
    assertThat(pagerDuty.last().target()).isEqualTo("/v2/enqueue");
    assertThat(event.path("event_action").asString()).isEqualTo("trigger");
    assertThat(event.path("routing_key").asString()).isEqualTo(KEY);
  }

  @Test
  void a_failed_remediation_triggers_like_an_escalation() throws Exception {
    assertThat(sent(Notices.of("failed")).path("event_action").asString()).isEqualTo("trigger");
  }

  @Test
  void a_remediation_that_succeeded_resolves_what_was_triggered() throws Exception {
    String key = sent(Notices.of("escalated")).path("dedup_key").asString();
    JsonNode event = sent(Notices.of("resolved"));
    assertThat(event.path("event_action").asString()).isEqualTo("resolve");
    assertThat(event.path("dedup_key").asString()).isEqualTo(key);
  }

  @Test
  void an_action_that_begins_acknowledges() throws Exception {
    assertThat(sent(Notices.of("acting")).path("event_action").asString()).isEqualTo("acknowledge");
  }

  @Test
  void the_key_is_source_signal_and_target_and_a_second_escalation_updates_the_first()
      throws Exception {
    String key = sent(Notices.of("escalated")).path("dedup_key").asString();
    assertThat(key)
        .isEqualTo("byteport/alertmanager/crashloopbackoff/pod/production/api-sd98vc9vfb-hglv7");
    assertThat(sent(Notices.of("escalated")).path("dedup_key").asString()).isEqualTo(key);
  }

  @Test
  void long_keys_of_two_targets_stay_two_keys() throws Exception {
    String prefix = "pod/production/" + "a".repeat(300);
    String one = sent(Notices.about("escalated", prefix + "1")).path("dedup_key").asString();
    String two = sent(Notices.about("escalated", prefix + "2")).path("dedup_key").asString();
    assertThat(one).hasSize(255).isNotEqualTo(two);
    assertThat(two).hasSize(255);
  }

  @ParameterizedTest
  @CsvSource({
    "critical,critical",
    "high,error",
    "warning,warning",
    "medium,warning",
    "info,info",
    "P3,info"
  })
  void severities_are_pagerdutys(String ours, String theirs) throws Exception {
    assertThat(sent(Notices.graded("escalated", ours)).path("payload").path("severity").asString())
        .isEqualTo(theirs);
  }

  @Test
  void custom_details_say_what_was_tried_and_where_to_read_on() throws Exception {
    JsonNode details = sent(Notices.of("escalated")).path("payload").path("custom_details");
    assertThat(details.path("signal type").asString()).isEqualTo("crashloopbackoff");
    assertThat(details.path("source adapter").asString()).isEqualTo("alertmanager");
    assertThat(details.path("runbook attempted").asString()).isEqualTo("crashloopbackoff_v2");
    assertThat(details.path("reason").asString()).contains("already raised within a day");
    assertThat(details.path("run log").asString())
        .isEqualTo("https://byteport.example.com/runs/20260105-120449-bsq84");
    assertThat(details.path("by hand").size()).isEqualTo(3);
  }

  @Test
  void the_operators_text_is_the_summary() throws Exception {
    JsonNode event = sent(Notices.saying("escalated", "Call Jo.\nThen wait."));
    assertThat(event.path("payload").path("summary").asString()).isEqualTo("Call Jo.");
    assertThat(event.path("payload").path("custom_details").path("text").asString())
        .isEqualTo("Call Jo.\nThen wait.");
  }

  @Test
  void what_is_too_long_is_cut_at_pagerdutys_limits() throws Exception {
    JsonNode event = sent(Notices.endless("escalated"));
    assertThat(event.path("payload").path("summary").asString()).hasSizeLessThanOrEqualTo(1024);
    assertThat(pagerDuty.last().body().getBytes(StandardCharsets.UTF_8).length)
        .isLessThan(512 * 1024);
    assertThat(event.toString()).contains("more facts", "more lines: https://byteport.example.com");
  }

  @Test
  void a_429_is_tried_later_and_an_invalid_event_never() {
    pagerDuty.next(Reply.of(429, "{\"status\":\"throttle exceeded\"}").with("Retry-After", "60"));
    ChannelException throttled = refused();
    assertThat(throttled.isPermanent()).isFalse();
    assertThat(throttled.retryAfter()).isEqualTo(Duration.ofMinutes(1));
    pagerDuty.next(
        Reply.of(
            400,
            "{\"status\":\"invalid event\",\"message\":\"Event object is invalid\","
                + "\"errors\":[\"Invalid routing key "
                + KEY
                + "\"]}"));
    ChannelException invalid = refused();
    assertThat(invalid.isPermanent()).isTrue();
    assertThat(invalid)
        .hasMessage(
            "invalid event: Event object is invalid: Invalid routing key *** [400]"
                + " (POST to 127.0.0.1)");
  }

  @Test
  void tries_that_all_fail_say_so_each_time() {
    pagerDuty.answers(asked -> Reply.of(500, ""));
    for (int attempt = 0; attempt < 3; attempt++) {
      assertThat(refused().isPermanent()).isFalse();
    }
    assertThat(pagerDuty.asked()).hasSize(3);
  }

  @Test
  void what_failed_with_a_5xx_is_taken_when_it_is_sent_again() throws Exception {
    pagerDuty.next(Reply.of(502, "bad gateway"));
    assertThat(refused().isPermanent()).isFalse();
    assertThat(sent(Notices.of("escalated")).path("event_action").asString()).isEqualTo("trigger");
  }

  @Test
  void a_network_error_is_tried_later() {
    pagerDuty.next(Reply.BROKEN);
    assertThat(refused().isPermanent()).isFalse();
  }
}
