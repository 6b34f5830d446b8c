package io.byteport.adapter.notify.datadog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
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
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class DatadogTest {
  static final List<String> EVENTS = Notices.EVENTS;
  private static final InstantSource CLOCK = InstantSource.fixed(Notices.AT);

  private final Receiver datadog =
      new Receiver().answers(asked -> Reply.of(202, "{\"status\":\"ok\"}"));
  private final Datadog channel =
      new Datadog.Type()
          .open(
              Entries.of("chat", "datadog")
                  .setting("address", datadog.address())
                  .settings("tags", "team:Payments", "env:prod eu")
                  .secret("apiKey", "sesame-key")
                  .entry(),
              CLOCK);

  @AfterEach
  void close() {
    channel.close();
    datadog.close();
  }

  private JsonNode sent(Message message) throws Exception {
    channel.send(message);
    return Json.read(datadog.last().body());
  }

  @ParameterizedTest
  @FieldSource("EVENTS")
  void each_event_looks_as_it_should(String event) {
    Golden.json("datadog", event, DatadogEvent.of(new Telling(Notices.of(event)), List.of()));
  }

  @Test
  void a_success_is_posted_with_signal_runbook_and_the_link_to_the_run() throws Exception {
    JsonNode event = sent(Notices.of("resolved"));
    assertThat(datadog.last().target()).isEqualTo("/api/v1/events");
    assertThat(datadog.last().header("DD-API-KEY")).isEqualTo("sesame-key");
    assertThat(event.path("alert_type").asString()).isEqualTo("success");
    assertThat(event.path("tags").toString())
        .contains(
            "\"signal_type:crashloopbackoff\"",
            "\"runbook:crashloopbackoff_v2\"",
            "\"team:payments\"",
            "\"env:prod_eu\"");
    assertThat(event.path("text").asString())
        .contains("Run: https://byteport.example.com/runs/20260105-120449-bsq84");
  }

  @Test
  void a_wrong_key_is_never_tried_again_and_a_busy_site_later() {
    datadog.next(Reply.of(403, "{\"errors\":[\"Forbidden: sesame-key\"]}"));
    ChannelException forbidden =
        catchThrowableOfType(ChannelException.class, () -> channel.send(Notices.of("resolved")));
    assertThat(forbidden.isPermanent()).isTrue();
    assertThat(forbidden).hasMessage("Forbidden: *** [403] (POST to 127.0.0.1)");
    datadog.next(Reply.of(503, ""));
    ChannelException busy =
        catchThrowableOfType(ChannelException.class, () -> channel.send(Notices.of("resolved")));
    assertThat(busy.isPermanent()).isFalse();
  }

  @Test
  void only_sites_of_datadog_are_sent_to() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Datadog.Type()
                    .open(
                        Entries.of("chat", "datadog")
                            .setting("site", "evil.example")
                            .secret("apiKey", "x")
                            .entry(),
                        CLOCK))
        .withMessageContaining("expected a site of Datadog");
  }

  @ParameterizedTest
  @MethodSource("io.byteport.adapter.notify.Hostile#texts")
  void text_of_others_calls_nobody_and_is_no_markdown(String text) throws Exception {
    JsonNode event = sent(Notices.hostile("escalated", text));
    String said = event.path("title").asString() + event.path("text").asString();
    assertThat(said).doesNotContainPattern("@[A-Za-z]");
    assertThat(event.path("text").asString()).doesNotStartWith("%%%");
  }

  @Test
  void a_mention_of_the_configuration_calls() throws Exception {
    assertThat(sent(Notices.calling("slack-ops")).path("text").asString())
        .startsWith("@slack-ops\n\n");
  }

  @Test
  void what_is_too_long_is_cut_at_datadogs_limits() throws Exception {
    JsonNode event = sent(Notices.endless("escalated"));
    assertThat(event.path("title").asString()).hasSizeLessThanOrEqualTo(100);
    assertThat(event.path("text").asString())
        .hasSizeLessThanOrEqualTo(4000)
        .contains("more characters\n\nRun: https://byteport.example.com/runs/");
    assertThat(event.path("aggregation_key").asString()).hasSizeLessThanOrEqualTo(100);
  }

  @Test
  void the_operators_text_stands_in_place_of_our_words() throws Exception {
    assertThat(sent(Notices.saying("escalated", "Call Jo.")).path("text").asString())
        .startsWith("Call Jo.\n\nRun: ");
  }
}
