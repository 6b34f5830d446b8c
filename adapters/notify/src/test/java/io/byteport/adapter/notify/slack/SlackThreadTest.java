package io.byteport.adapter.notify.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byteport.adapter.notify.Entries;
import io.byteport.adapter.notify.Notices;
import io.byteport.adapter.notify.Receiver.Reply;
import io.byteport.engine.channel.ChannelException;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlackThreadTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Notices.AT);

  private final Workspace slack = new Workspace();
  private final SlackThread channel =
      new SlackThread.Type().open(entry("C024BE91L").entry(), CLOCK);

  SlackThreadTest() {
    slack.room("C024BE91L", "ops");
  }

  private Entries entry(String room) {
    return Entries.of("chat", "slack-thread")
        .setting("address", slack.receiver().address())
        .setting("channel", room)
        .secret("token", "xoxb-sesame");
  }

  @AfterEach
  void close() {
    channel.close();
    slack.close();
  }

  private ChannelException refused() {
    return catchThrowableOfType(
        ChannelException.class, () -> channel.send(Notices.of("escalated")));
  }

  @Test
  void the_first_message_stands_in_the_channel_and_the_next_below_it() throws Exception {
    channel.send(Notices.of("opened"));
    channel.send(Notices.of("acting"));
    channel.send(Notices.of("resolved"));
    String first = slack.posted().getFirst().ts();
    assertThat(slack.posted())
        .extracting(Workspace.Posted::thread)
        .containsExactly("", first, first);
    assertThat(slack.receiver().last().header("Authorization")).isEqualTo("Bearer xoxb-sesame");
  }

  @Test
  void what_calls_for_hands_is_shown_in_the_channel_too() throws Exception {
    channel.send(Notices.of("opened"));
    channel.send(Notices.of("escalated"));
    channel.send(Notices.of("resolved"));
    assertThat(slack.posted().get(1).payload().path("reply_broadcast").asBoolean()).isTrue();
    assertThat(slack.posted().get(2).payload().has("reply_broadcast")).isFalse();
    assertThat(slack.posted().get(2).thread()).isEqualTo(slack.posted().getFirst().ts());
  }

  @Test
  void another_incident_begins_another_thread() throws Exception {
    channel.send(Notices.of("opened"));
    channel.send(Notices.about("opened", "pod/production/web-0"));
    assertThat(slack.posted()).extracting(Workspace.Posted::thread).containsExactly("", "");
  }

  @Test
  void what_is_sent_again_after_a_crash_is_not_said_twice() throws Exception {
    channel.send(Notices.of("opened"));
    channel.send(Notices.of("opened"));
    channel.send(Notices.of("acting"));
    channel.send(Notices.of("acting"));
    assertThat(slack.posted()).hasSize(2);
  }

  @Test
  void only_a_day_of_history_is_looked_at() throws Exception {
    channel.send(Notices.of("opened"));
    long dayBefore = Notices.AT.minus(Duration.ofHours(24)).getEpochSecond();
    assertThat(slack.receiver().asked().getFirst().target())
        .contains("oldest=" + dayBefore, "include_all_metadata=true", "channel=C024BE91L");
  }

  @Test
  void a_bot_that_may_not_read_writes_all_the_same() throws Exception {
    slack.forbids("conversations.history");
    channel.send(Notices.of("opened"));
    channel.send(Notices.of("escalated"));
    assertThat(slack.posted()).extracting(Workspace.Posted::thread).containsExactly("", "");
  }

  @Test
  void a_refusal_is_never_tried_again_in_slacks_words() {
    slack.forbids("chat.postMessage");
    ChannelException refused = refused();
    assertThat(refused.isPermanent()).isTrue();
    assertThat(refused)
        .hasMessage("chat.postMessage: missing_scope, needs channels:history (POST to 127.0.0.1)");
  }

  @Test
  void a_limit_is_waited_for() {
    slack
        .receiver()
        .next(Reply.of(429, "{\"ok\":false,\"error\":\"ratelimited\"}").with("Retry-After", "30"));
    assertThat(refused().retryAfter()).isEqualTo(Duration.ofSeconds(30));
    slack.receiver().next(Reply.of(200, "{\"ok\":false,\"error\":\"internal_error\"}"));
    assertThat(refused().isPermanent()).isFalse();
  }

  @Test
  void a_channel_is_named_by_its_id() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SlackThread.Type().open(entry("#ops").entry(), CLOCK))
        .withMessageContaining("`C024BE91L`, found `#ops`");
  }
}
