package io.byteport.engine.journal.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.journal.Postgres;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.journal.StoreAddress;
import io.byteport.engine.run.RunId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Replicas on a real PostgreSQL, which they share. */
class PostgresReplicaTest extends ReplicaContract {
  private final StoreAddress database = Postgres.freshDatabase();

  @Override
  SqlRunStore store(String replica) {
    StoreAddress address =
        new StoreAddress(
            database.jdbcUrl(), database.user(), database.password(), 10, Duration.ofMinutes(5));
    SqlRunStore store = SqlRunStore.shared(address, Redactor.SHAPES_ONLY, replica);
    opened.add(store);
    return store;
  }

  @Test
  void two_replicas_share_the_runs_and_make_each_change_once() {
    SqlRunStore one = store("one");
    SqlRunStore two = store("two");
    Replica first = replica(one, "one", Duration.ofMillis(300));
    Replica second = replica(two, "two", Duration.ofMillis(300));

    List<RunId> runs = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      runs.add((i % 2 == 0 ? first : second).accept(incident("n" + i)));
    }

    await("all end", () -> one.unfinished().isEmpty());
    long resolved = runs.stream().filter(run -> "resolved".equals(result(one, run))).count();
    // all claim the same limit of one an hour
    assertThat(resolved).isEqualTo(1);
    assertThat(world.restarts).hasValue(1);
  }
}
