package io.byteport.engine.journal;

import static io.byteport.engine.journal.Entries.NOON;
import static io.byteport.engine.journal.Entries.intent;
import static io.byteport.engine.journal.Entries.opened;
import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.guardrail.Claim;
import io.byteport.engine.guardrail.Standing;
import io.byteport.engine.run.RunId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostgresStormTest extends StormContract {
  private final StoreAddress address = Postgres.freshDatabase();

  @Override
  SqlRunStore fresh() {
    return Postgres.trusting(address, "first");
  }

  @Test
  void runs_of_two_replicas_are_counted_together_and_told_in_one_digest() {
    List<Claim> place = List.of(new Claim.Storm("cluster/c", 1, 5, Duration.ofMinutes(10)));
    RunId mine = new RunId("run-1");
    RunId theirs = new RunId("theirs");
    try (SqlRunStore second = Postgres.trusting(address, "second")) {
      assertThat(second.open(opened(theirs.value(), "pod/theirs"))).isEmpty();
      assertThat(second.claim(theirs)).isTrue();
      assertThat(store.reserve(mine, intent("i1", NOON), place)).allMatch(Standing::granted);

      assertThat(second.reserve(theirs, intent("i2", NOON), place).getFirst().granted()).isFalse();
      StormDigest digest = store.gather(mine, "cluster/c", NOON, Duration.ofMinutes(10));
      assertThat(second.gather(theirs, "cluster/c", NOON, Duration.ofMinutes(10)))
          .isEqualTo(digest);
      assertThat(second.takeDigest(digest, NOON.plusSeconds(120))).containsExactly(mine, theirs);
      assertThat(store.takeDigest(digest, NOON.plusSeconds(120))).isEmpty();
    }
  }
}
