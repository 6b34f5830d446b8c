package io.byteport.adapter.notify.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byteport.adapter.notify.Entries;
import io.byteport.adapter.notify.Hostile;
import io.byteport.adapter.notify.Notices;
import io.byteport.adapter.notify.Telling;
import io.byteport.engine.channel.ChannelException;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlackRoomTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Notices.AT);
  private static final String NAME = RoomName.of("inc-", new Telling(Notices.of("escalated")));

  private final Workspace slack = new Workspace();
  private final SlackRoom channel = new SlackRoom.Type().open(entry("inc-").entry(), CLOCK);

  private Entries entry(String prefix) {
    return Entries.of("room", "slack-bot")
        .setting("address", slack.receiver().address())
        .setting("prefix", prefix)
        .settings("invite", "U024BE7LH", "U024BE7LI")
        .secret("token", "xoxb-sesame");
  }

  @AfterEach
  void close() {
    channel.close();
    slack.close();
  }

  @Test
  void an_incident_gets_a_room_with_people_in_it() throws Exception {
    channel.send(Notices.of("escalated"));
    Workspace.Room room = slack.rooms().getFirst();
    assertThat(room.name).isEqualTo("inc-crashloopbackoff-api-sd98vc9vfb-hglv7-cd110a");
    assertThat(room.invited).containsExactly("U024BE7LH", "U024BE7LI");
    assertThat(slack.posted()).extracting(Workspace.Posted::channel).containsExactly(room.id);
  }

  @Test
  void what_is_said_later_is_said_in_the_same_room() throws Exception {
    channel.send(Notices.of("escalated"));
    channel.send(Notices.of("resolved"));
    assertThat(slack.rooms()).hasSize(1);
    assertThat(slack.posted()).hasSize(2);
    assertThat(slack.rooms().getFirst().invited).hasSize(2);
  }

  @Test
  void what_is_sent_again_after_a_crash_is_not_said_twice() throws Exception {
    channel.send(Notices.of("escalated"));
    channel.send(Notices.of("escalated"));
    assertThat(slack.posted()).hasSize(1);
  }

  @Test
  void a_crash_between_making_a_room_and_inviting_leaves_nobody_out() throws Exception {
    slack.room("C00000099", NAME);
    channel.send(Notices.of("escalated"));
    assertThat(slack.rooms().getFirst().invited).hasSize(2);
    assertThat(slack.posted()).hasSize(1);
  }

  @Test
  void a_room_that_was_archived_is_followed_by_the_next() throws Exception {
    slack.room("C00000099", NAME).archived = true;
    channel.send(Notices.of("escalated"));
    channel.send(Notices.of("resolved"));
    assertThat(slack.rooms()).extracting(room -> room.name).containsExactly(NAME, NAME + "-2");
    assertThat(slack.posted()).hasSize(2);
  }

  @Test
  void a_name_that_nobody_can_see_is_said_to_be_taken() {
    slack.room("C00000099", NAME);
    slack.forbids("conversations.list");
    ChannelException refused =
        catchThrowableOfType(ChannelException.class, () -> channel.send(Notices.of("escalated")));
    assertThat(refused.isPermanent()).isTrue();
    assertThat(refused.getMessage()).contains("conversations.list: missing_scope");
  }

  @Test
  void a_room_is_named_as_slack_allows_whatever_a_pod_is_called() {
    for (String text : Hostile.texts()) {
      assertThat(RoomName.of("inc-", new Telling(Notices.hostile("escalated", text))))
          .matches("inc-[a-z0-9_-]{1,76}");
    }
    String endless = "pod/production/" + "a".repeat(300);
    assertThat(RoomName.of("inc-", new Telling(Notices.about("escalated", endless))))
        .hasSizeLessThanOrEqualTo(76);
  }

  @Test
  void a_prefix_is_checked_when_the_channel_is_opened() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SlackRoom.Type().open(entry("INC ").entry(), CLOCK));
  }
}
