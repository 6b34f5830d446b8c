package io.byteport.engine.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.journal.Postgres;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.journal.StoreAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostgresCourierTest extends CourierContract {
  private final StoreAddress address = Postgres.freshDatabase();

  @Override
  SqlRunStore process(String name) {
    return Postgres.trusting(address, name);
  }

  @Override
  void dies(SqlRunStore store, String name) {
    Postgres.endLease(address, name);
  }

  @Test
  void two_replicas_share_what_is_to_be_sent_and_send_it_once() {
    Recorder mine = new Recorder();
    Recorder theirs = new Recorder();
    Post one = new Post(store("one"), timers, Map.of("mail", mine));
    Post other = new Post(store("other"), timers, Map.of("mail", theirs));
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      one.say("pod/" + i % 20, "message " + i);
      expected.add("message " + i);
    }
    one.courier.start();
    other.courier.start();
    timers.settle();

    List<String> sent = new ArrayList<>(mine.titles());
    sent.addAll(theirs.titles());
    assertThat(sent).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(mine.taken).isNotEmpty();
    assertThat(theirs.taken).isNotEmpty();
  }

  @Test
  void what_one_replica_is_sending_no_other_sends() {
    Recorder mine = new Recorder();
    Recorder theirs = new Recorder();
    Post one = new Post(store("one"), timers, Map.of("mail", mine));
    Post other = new Post(store("other"), timers, Map.of("mail", theirs));
    one.say("pod/a", "first");
    one.say("pod/a", "second");
    List<Claimed> claimed = one.store.outbox().claim("mail", 10, NOON);
    assertThat(claimed).hasSize(1);

    other.courier.start();
    timers.advanceTo(NOON.plus(Duration.ofMinutes(10)));
    assertThat(theirs.taken).isEmpty();
    assertThat(one.store.outbox().sent(claimed.getFirst(), timers.clock().instant())).isTrue();
    timers.advanceTo(NOON.plus(Duration.ofMinutes(11)));

    assertThat(theirs.titles()).containsExactly("second");
  }

  @Test
  void who_was_taken_for_dead_marks_nothing() {
    Post one = new Post(store("one"), timers, Map.of("mail", mail));
    Post other = new Post(store("other"), timers, Map.of("mail", mail));
    one.say("pod/a", "first");
    Claimed lost = one.store.outbox().claim("mail", 10, NOON).getFirst();
    Postgres.endLease(address, "one");
    other.courier.start();
    timers.settle();
    assertThat(mail.titles()).containsExactly("first");

    assertThat(one.store.outbox().sent(lost, NOON)).isFalse();
    assertThat(one.store.outbox().later(lost, NOON, "late", NOON)).isFalse();
    assertThat(one.store.outbox().dead(lost, "late", NOON)).isFalse();
    assertThat(one.store.outbox().load("mail").dead()).isZero();
  }
}
