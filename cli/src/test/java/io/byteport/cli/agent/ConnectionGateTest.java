package io.byteport.cli.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.action.ClasspathCatalogue;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.run.CallGate;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConnectionGateTest {
  private static final String READ = "sql.sessions";

  private final Metrics metrics = new Metrics(run -> "none");
  private final ConnectionGate gate =
      new ConnectionGate(
          ClasspathCatalogue.load(ConnectionGateTest.class.getClassLoader()).value().orElseThrow(),
          metrics,
          2);

  private static StructValue database(String name) {
    return Value.of(Map.of("database", Value.of(Map.of("name", Value.of(name)))));
  }

  @Test
  void a_third_read_of_one_database_waits_until_one_of_two_has_ended() throws Exception {
    CallGate.Call first = gate.enter(READ, database("appdb"), false);
    CallGate.Call second = gate.enter(READ, database("appdb"), false);
    CompletableFuture<CallGate.Call> third = new CompletableFuture<>();
    Thread waiting =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    third.complete(gate.enter(READ, database("appdb"), false));
                  } catch (InterruptedException e) {
                    third.completeExceptionally(e);
                  }
                });
    Instant end = Instant.now().plus(Duration.ofSeconds(60));
    while (waiting.getState() != Thread.State.WAITING && Instant.now().isBefore(end)) {
      Thread.onSpinWait();
    }
    assertThat(third).isNotDone();
    first.ended(null);

    assertThat(third.get(60, TimeUnit.SECONDS)).isNotNull();
    second.ended(null);
    assertThat(metrics.scrape())
        .contains("byteport_action_wait_seconds_count{kind=\"Database\"} 1");
  }

  @Test
  void another_database_is_not_waited_for() throws Exception {
    gate.enter(READ, database("appdb"), false);
    gate.enter(READ, database("appdb"), false);

    gate.enter(READ, database("reports"), false).ended(null);
    assertThat(metrics.scrape())
        .contains("byteport_action_seconds_count{action=\"sql.sessions\",outcome=\"done\"} 1");
  }

  @Test
  void a_change_waits_for_nobody_since_its_intent_is_on_disk() throws Exception {
    gate.enter(READ, database("appdb"), false);
    gate.enter(READ, database("appdb"), false);

    gate.enter(READ, database("appdb"), true).ended(null);
    assertThat(metrics.scrape()).doesNotContain("byteport_action_wait_seconds_count");
  }
}
