package io.byteport.engine.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.channel.ChannelException;
import io.byteport.engine.journal.KnownSecrets;
import io.byteport.engine.journal.Pruning;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.run.RunId;
import io.byteport.engine.run.RunReport.Notification;
import io.byteport.engine.run.VirtualTimers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is put reaches its channels, whatever database it lies in. */
abstract class CourierContract {
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  /** The end of the process, as far as the courier can tell. */
  private static final class Kill extends Error {
    private static final long serialVersionUID = 1L;
  }

  final VirtualTimers timers = new VirtualTimers(NOON);
  final Recorder mail = new Recorder();
  final Recorder chat = new Recorder();
  final Map<String, Recorder> channels = Map.of("mail", mail, "chat", chat);
  private final List<SqlRunStore> open = new ArrayList<>();

  /** A store as a process has it that has just started. */
  abstract SqlRunStore process(String name);

  /** A process is not heard of any more. */
  abstract void dies(SqlRunStore store, String name);

  SqlRunStore store(String name) {
    SqlRunStore store = process(name);
    open.add(store);
    return store;
  }

  Post post(String name) {
    return new Post(store(name), timers, channels);
  }

  private Post started() {
    Post post = post("first");
    post.courier.start();
    return post;
  }

  @AfterEach
  void close() {
    open.forEach(SqlRunStore::close);
  }

  @Test
  void each_channel_gets_each_message_in_the_order_of_the_incident() {
    Post post = started();
    for (int i = 0; i < 10; i++) {
      post.say("pod/a", "a" + i);
      post.say("pod/b", "b" + i);
    }
    timers.settle();

    for (Recorder channel : channels.values()) {
      assertThat(channel.titles("pod/a"))
          .containsExactly("a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9");
      assertThat(channel.titles("pod/b")).hasSize(10).startsWith("b0").endsWith("b9");
    }
    ChannelLoad load = post.store.outbox().load("mail");
    assertThat(load).isEqualTo(new ChannelLoad("mail", 0, 0, NOON, null));
  }

  @Test
  void what_was_put_before_a_crash_is_sent_by_the_next_process() {
    Post first = post("first");
    first.say("pod/a", "before the crash");
    timers.settle();
    assertThat(mail.asked).isEmpty();
    dies((SqlRunStore) first.store, "first");

    post("second").courier.start();
    timers.settle();

    assertThat(mail.titles()).containsExactly("before the crash");
    assertThat(chat.titles()).containsExactly("before the crash");
  }

  @Test
  void what_was_being_sent_at_a_crash_is_sent_once_more_and_nothing_overtakes_it() {
    Post first = started();
    chat.isDown();
    mail.mood =
        message -> {
          mail.taken.add(message);
          throw new Kill();
        };
    first.say("pod/a", "one");
    first.say("pod/a", "two");
    untilKilled();
    assertThat(mail.titles()).containsExactly("one");
    dies((SqlRunStore) first.store, "first");
    mail.isUp();

    post("second").courier.start();
    timers.settle();

    assertThat(mail.titles()).containsExactly("one", "one", "two");
  }

  private void untilKilled() {
    try {
      timers.settle();
    } catch (Kill killed) {
      // as meant
    }
  }

  @Test
  void a_channel_that_was_down_for_ten_minutes_gets_everything_in_order_and_holds_up_no_other() {
    Post post = started();
    mail.isDown();
    List<String> expected = new ArrayList<>();
    for (int minute = 0; minute < 10; minute++) {
      for (int incident = 0; incident < 5; incident++) {
        post.say("pod/" + incident, "minute " + minute);
      }
      expected.add("minute " + minute);
      timers.advanceTo(timers.clock().instant().plus(Duration.ofMinutes(1)));
    }
    assertThat(chat.taken).hasSize(50);
    assertThat(mail.taken).isEmpty();
    assertThat(post.store.outbox().load("mail").waiting()).isEqualTo(50);
    assertThat(post.store.outbox().load("mail").error()).isEqualTo("no route to host");

    mail.isUp();
    timers.advanceTo(timers.clock().instant().plus(Duration.ofMinutes(5)));

    for (int incident = 0; incident < 5; incident++) {
      assertThat(mail.titles("pod/" + incident)).isEqualTo(expected);
      assertThat(chat.titles("pod/" + incident)).isEqualTo(expected);
    }
    assertThat(post.store.outbox().load("mail").waiting()).isZero();
    assertThat(mail.asked).as("it was not asked all the time").hasSizeLessThan(150);
  }

  @Test
  void attempts_grow_further_apart_up_to_five_minutes() {
    Post post = started();
    List<Duration> attempts = new ArrayList<>();
    mail.mood =
        message -> {
          attempts.add(Duration.between(NOON, timers.clock().instant()));
          return ChannelException.later("busy", null, null);
        };
    post.say("pod/a", "one");
    timers.advanceTo(NOON.plus(Duration.ofMinutes(20)));

    assertThat(attempts)
        .startsWith(
            Duration.ZERO,
            Duration.ofMillis(500),
            Duration.ofMillis(1500),
            Duration.ofMillis(3500),
            Duration.ofMillis(7500));
    assertThat(attempts.getLast().minus(attempts.get(attempts.size() - 2)))
        .isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void a_channel_that_wants_to_be_left_alone_is_left_alone_with_everything() {
    Post post = started();
    mail.mood = message -> ChannelException.later("429", Duration.ofSeconds(90), null);
    post.say("pod/a", "one");
    timers.settle();
    mail.isUp();
    post.say("pod/b", "two");
    timers.advanceTo(NOON.plusSeconds(89));
    assertThat(mail.asked).containsExactly("one");

    timers.advanceTo(NOON.plusSeconds(91));

    assertThat(mail.titles()).containsExactlyInAnyOrder("one", "two");
  }

  @Test
  void what_will_never_be_taken_is_given_up_at_once_and_blocks_nothing() {
    Post post = started();
    mail.mood =
        message ->
            message.notice().title().equals("bad")
                ? ChannelException.never("no such room: token=abcdef123456 password=hunter22", null)
                : null;
    post.say("pod/a", "bad");
    post.say("pod/a", "good");
    timers.settle();

    assertThat(mail.titles()).containsExactly("good");
    Sending dead = post.store.outbox().dead(10).getFirst();
    assertThat(dead.title()).isEqualTo("bad");
    assertThat(dead.channel()).isEqualTo("mail");
    assertThat(dead.state()).isEqualTo(Sending.State.DEAD);
    assertThat(dead.attempts()).isEqualTo(1);
    assertThat(dead.error()).contains("no such room").doesNotContain("hunter22");
    assertThat(post.store.outbox().load("mail").dead()).isEqualTo(1);
  }

  @Test
  void what_was_given_up_is_tried_again_when_somebody_asks_for_it() {
    Post post = started();
    mail.mood = message -> ChannelException.never("no such room", null);
    post.say("pod/a", "bad");
    timers.settle();
    mail.isUp();
    long id = post.store.outbox().dead(10).getFirst().id();

    assertThat(post.store.outbox().retry(id, timers.clock().instant())).isTrue();
    assertThat(post.store.outbox().retry(id, timers.clock().instant())).isFalse();
    timers.settle();

    assertThat(mail.titles()).containsExactly("bad");
    assertThat(post.store.outbox().dead(10)).isEmpty();
  }

  @Test
  void after_a_day_of_trying_a_message_is_given_up_with_the_last_error() {
    Post post = started();
    mail.isDown();
    post.say("pod/a", "one");
    timers.advanceTo(NOON.plus(Duration.ofHours(23)));
    assertThat(post.store.outbox().dead(10)).isEmpty();
    timers.advanceTo(NOON.plus(Duration.ofHours(25)));

    Sending dead = post.store.outbox().dead(10).getFirst();
    assertThat(dead.error()).isEqualTo("no route to host");
    assertThat(dead.endedAt()).isAfterOrEqualTo(NOON.plus(Duration.ofHours(24)));
  }

  @Test
  void a_run_shows_what_became_of_what_it_had_to_say() {
    Post post = started();
    chat.isDown();
    post.say("pod/a", "one");
    post.say("pod/a", Post.notice("two", "", Duration.ZERO, Map.of("pigeon", List.of())));
    timers.settle();

    assertThat(post.store.outbox().of(new RunId("pod/a")))
        .extracting(one -> one.channel() + " " + one.title() + " " + one.state())
        .containsExactlyInAnyOrder("mail one SENT", "chat one WAITING", "pigeon two UNHEARD");
    assertThat(post.store.outbox().of(new RunId("nobody"))).isEmpty();
  }

  @Test
  void the_same_is_said_once_within_its_time() {
    Post post = started();
    Notification first = Post.notice("first", "disk/a", Post.DAY, Map.of());
    Notification apart =
        Post.notice("first, for mail", "disk/a", Post.DAY, Map.of("mail", List.of()));
    post.report("run-1", "pod/a", first, apart);
    post.report("run-2", "pod/a", Post.notice("again", "disk/a", Post.DAY, Map.of()));
    timers.advanceTo(NOON.plus(Post.DAY).minusMillis(1));
    post.report("run-3", "pod/a", Post.notice("and again", "disk/a", Post.DAY, Map.of()));
    timers.settle();
    assertThat(chat.titles()).containsExactly("first");
    assertThat(mail.titles()).containsExactly("first", "first, for mail");
    assertThat(post.store.outbox().of(new RunId("run-2")))
        .extracting(Sending::state)
        .containsOnly(Sending.State.REPEATED)
        .hasSize(2);

    timers.advanceTo(NOON.plus(Post.DAY));
    post.report("run-4", "pod/a", Post.notice("once more", "disk/a", Post.DAY, Map.of()));
    timers.settle();
    assertThat(chat.titles()).containsExactly("first", "once more");
    assertThat(post.store.undelivered()).isEmpty();
  }

  @Test
  void what_nobody_heard_was_not_said() {
    Post post = started();
    mail.mood = message -> ChannelException.never("wrong token", null);
    post.report("run-1", "pod/a", mailed("first", "disk/a"));
    timers.settle();
    mail.isUp();
    post.report("run-2", "pod/a", mailed("second", "disk/a"));
    timers.settle();
    assertThat(mail.titles()).containsExactly("second");

    post.report("run-3", "pod/a", mailed("third", "disk/a"));
    timers.settle();
    assertThat(mail.titles()).containsExactly("second");
  }

  private static Notification mailed(String title, String key) {
    return Post.notice(title, key, Post.DAY, Map.of("mail", List.of()));
  }

  @Test
  void a_report_that_is_put_twice_is_sent_once() {
    Post post = started();
    assertThat(post.report("run-1", "pod/a", Post.notice("end", "", Duration.ZERO, Map.of())))
        .isTrue();
    timers.settle();
    assertThat(post.report("run-1", "pod/a", Post.notice("end", "", Duration.ZERO, Map.of())))
        .isTrue();
    timers.settle();

    assertThat(mail.titles()).containsExactly("end");
  }

  @Test
  void what_waits_for_a_channel_that_is_gone_waits_a_day_and_is_given_up() {
    Post post = started();
    mail.isDown();
    post.say("pod/a", "one");
    timers.settle();
    post.courier.use(Map.of("chat", chat));
    timers.advanceTo(NOON.plus(Duration.ofHours(23)));
    assertThat(post.store.outbox().load("mail").waiting()).isEqualTo(1);
    timers.advanceTo(NOON.plus(Duration.ofHours(25)));

    assertThat(post.store.outbox().dead(10).getFirst().error())
        .isEqualTo("no channel of this name is configured any more");
  }

  @Test
  void a_channel_that_is_configured_anew_gets_what_waited_for_it() {
    Post post = started();
    mail.isDown();
    post.say("pod/a", "one");
    timers.settle();
    Recorder other = new Recorder();
    post.courier.use(Map.of("mail", other, "chat", chat));
    timers.advanceTo(NOON.plusSeconds(1));

    assertThat(other.titles()).containsExactly("one");
  }

  @Test
  void a_secret_that_became_known_after_a_message_was_put_does_not_leave() {
    KnownSecrets known = new KnownSecrets();
    Redactor redactor = Redactor.SHAPES_ONLY.learning(known);
    SqlRunStore store = store("first");
    Post post =
        new Post(store, store.outbox(), timers, redactor, CourierSettings.DEFAULT, channels);
    post.say("pod/a", "the word is blue-giraffe-in-June");
    known.add("blue-giraffe-in-June");
    post.courier.start();
    timers.settle();

    assertThat(mail.titles()).containsExactly("the word is [redacted]");
  }

  @Test
  void what_a_closed_courier_has_not_sent_the_next_one_sends() {
    Post post = started();
    post.say("pod/a", "one");
    post.courier.close();
    timers.settle();
    assertThat(mail.taken).isEmpty();

    Post next = new Post(post.store, timers, channels);
    next.courier.start();
    timers.settle();
    assertThat(mail.titles()).containsExactly("one");
  }

  @Test
  void the_source_of_each_alert_that_a_run_is_about_is_told_once() throws Exception {
    SqlRunStore store = store("first");
    Recorder prod = new Recorder();
    Post post = new Post(store, timers, Map.of(Routes.channel("prod"), prod));
    post.say("pod/a", "it goes on");
    alert(store, "one", "pod/a", false);
    alert(store, "two", "pod/a", false);
    alert(store, "its end", "pod/a", true);
    alert(store, "of another", "pod/b", false);
    Dispatch dispatch = new Dispatch(store.outbox(), new FedBack());
    Occasion end = new Occasion(Post.opened("pod/a", "pod/a", NOON), Post.report(), NOON);
    assertThat(dispatch.report(end, List.of())).isTrue();
    assertThat(dispatch.report(end, List.of())).isTrue();
    prod.taken.clear();
    post.courier.start();
    timers.settle();

    assertThat(prod.taken)
        .extracting(message -> message.subject().fingerprint())
        .containsExactly("finger-pod/a", "one", "two");
  }

  private static final class FedBack implements Addressing {
    @Override
    public Addressed address(Occasion occasion, Notification notice) {
      return Addressed.TO_NOBODY;
    }

    @Override
    public List<Envelope> feedback(Occasion end, Supplier<List<Raised>> alerts) {
      Notification notice = Post.notice("over", "", Duration.ZERO, Map.of());
      return alerts.get().stream()
          .map(
              alert ->
                  new Envelope(
                      Routes.channel(alert.source()),
                      Routes.about(alert, Told.message(end, notice))))
          .toList();
    }
  }

  private static void alert(SqlRunStore store, String fingerprint, String run, boolean passes)
      throws SQLException {
    try (Connection connection = store.connections().getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into alert (id, episode, source, fingerprint, title, began_at, heard_at,"
                    + " heard, version, body, stage, escalates, passes, run) values (?, 1, 'prod',"
                    + " ?, 't', current_timestamp, current_timestamp, 1, 1, '{}', 'done', false, ?,"
                    + " ?)")) {
      insert.setString(1, fingerprint);
      insert.setString(2, fingerprint);
      insert.setBoolean(3, passes);
      insert.setString(4, run);
      assertThat(insert.executeUpdate()).isEqualTo(1);
    }
  }

  @Test
  void a_run_is_kept_while_a_message_about_it_waits() {
    Post post = started();
    mail.isDown();
    post.report("run-1", "pod/a", Post.notice("end", "", Duration.ZERO, Map.of()));
    timers.settle();
    Pruning pruning = new Pruning((SqlRunStore) post.store);
    Instant later = NOON.plus(Duration.ofDays(400));
    assertThat(pruning.candidates(later, later, 10)).isEmpty();
    mail.isUp();
    timers.advanceTo(NOON.plusSeconds(60));

    assertThat(pruning.forget(pruning.candidates(later, later, 10))).isEqualTo(1);
    assertThat(post.store.outbox().of(new RunId("run-1"))).isEmpty();
  }
}
