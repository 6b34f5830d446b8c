package io.byteport.engine.journal;

import static io.byteport.engine.journal.Entries.NOON;
import static io.byteport.engine.journal.Entries.intent;
import static io.byteport.engine.journal.Entries.opened;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.RunId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The same store on a real PostgreSQL, and what only several processes can do to each other. */
class PostgresStoreTest extends RunStoreContract {
  private static final RunId RUN = new RunId("shared");
  private static final Duration LEASE = Duration.ofHours(1);

  private final StoreAddress address = Postgres.freshDatabase();

  @Override
  SqlRunStore fresh() {
    return Postgres.trusting(address, "first");
  }

  private SqlRunStore replica(String name, Duration lease) {
    StoreAddress own =
        new StoreAddress(address.jdbcUrl(), address.user(), address.password(), 4, lease);
    return Postgres.trusting(own, name);
  }

  private static List<JournalEntry> noise() {
    return List.of(new Event.TimeReached(NOON, NOON));
  }

  @Test
  void a_run_of_a_living_process_is_not_taken_over() {
    store.open(opened(RUN.value(), "pod/shared"));
    store.claim(RUN);
    try (SqlRunStore second = replica("second", LEASE)) {
      assertThat(second.claim(RUN)).isFalse();
      assertThatThrownBy(() -> second.append(RUN, noise())).isInstanceOf(FencedException.class);
    }
    store.append(RUN, noise());
  }

  @Test
  void
      a_run_of_a_process_that_is_not_heard_of_is_taken_over_and_what_that_writes_later_is_refused() {
    try (SqlRunStore paused = replica("paused", LEASE);
        SqlRunStore second = replica("second", LEASE)) {
      paused.open(opened(RUN.value(), "pod/shared"));
      paused.claim(RUN);
      Postgres.endLease(address, "paused");

      assertThat(second.claim(RUN)).isTrue();
      second.append(RUN, noise());

      int before = second.entries(RUN).size();
      assertThatThrownBy(() -> paused.append(RUN, noise())).isInstanceOf(FencedException.class);
      assertThatThrownBy(() -> paused.reserve(RUN, intent("late", NOON), List.of()))
          .isInstanceOf(FencedException.class);
      assertThatThrownBy(() -> paused.check(RUN, List.of(), NOON, true))
          .isInstanceOf(FencedException.class);
      assertThatThrownBy(() -> paused.close(RUN, List.of())).isInstanceOf(FencedException.class);
      assertThat(second.entries(RUN)).hasSize(before);
      assertThat(second.unfinished()).contains(RUN);
    }
  }

  @Test
  void a_process_that_says_that_it_lives_before_others_have_looked_keeps_its_runs() {
    try (SqlRunStore busy = replica("busy", LEASE);
        SqlRunStore second = replica("second", LEASE)) {
      busy.open(opened(RUN.value(), "pod/shared"));
      busy.claim(RUN);
      Postgres.endLease(address, "busy");
      busy.renewLease();

      assertThat(second.claim(RUN)).isFalse();
      assertThat(busy.holdsLease()).isTrue();
    }
  }

  @Test
  void a_run_that_was_given_back_is_claimed_by_whoever_comes_first() {
    store.open(opened(RUN.value(), "pod/shared"));
    store.claim(RUN);
    store.release(RUN);
    try (SqlRunStore second = replica("second", LEASE)) {
      assertThat(second.claim(RUN)).isTrue();
      assertThat(store.claim(RUN)).isFalse();
    }
  }

  @Test
  void what_a_process_that_ends_had_claimed_is_free_at_once() {
    try (SqlRunStore second = replica("second", LEASE.multipliedBy(100))) {
      second.open(opened(RUN.value(), "pod/shared"));
      assertThat(second.claim(RUN)).isTrue();
      assertThat(store.claim(RUN)).isFalse();
    }
    assertThat(store.claim(RUN)).isTrue();
  }

  @Test
  void a_lease_that_is_kept_is_renewed_while_the_process_is_busy() throws InterruptedException {
    try (SqlRunStore busy = replica("busy", Duration.ofSeconds(2));
        LeaseKeeper keeper = new LeaseKeeper(busy)) {
      Postgres.endLease(address, "busy");
      keeper.start();

      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (!isHeardOf("busy")) {
        assertThat(System.nanoTime()).isLessThan(end);
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
  }

  private boolean isHeardOf(String replica) {
    return store
        .transactions()
        .read(
            "look at a lease",
            connection -> {
              try (PreparedStatement select =
                  connection.prepareStatement(
                      "select 1 from replica where id = ? and lease_until > current_timestamp")) {
                select.setString(1, replica);
                try (ResultSet row = select.executeQuery()) {
                  return row.next();
                }
              }
            });
  }

  @Test
  void what_one_process_leaves_in_an_inbox_another_takes_once() {
    store.open(opened(RUN.value(), "pod/shared"));
    store.claim(RUN);
    try (SqlRunStore second = replica("second", LEASE)) {
      assertThat(second.post(RUN, new Event.TimeReached(NOON, NOON))).isTrue();
      assertThat(second.post(new RunId("nobody"), new Event.TimeReached(NOON, NOON))).isFalse();
    }
    Letter letter = store.inbox(RUN).getFirst();
    store.append(RUN, List.of(letter.event()), letter);
    assertThat(store.inbox(RUN)).isEmpty();
    assertThat(store.entries(RUN)).hasSize(2);
  }
}
