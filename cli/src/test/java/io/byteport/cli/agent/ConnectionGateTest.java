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

  private CompletableFuture<CallGate.Place> waiting(Thread[] thread) {
    CompletableFuture<CallGate.Place> place = new CompletableFuture<>();
    thread[0] =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    place.complete(gate.enter(READ, database("appdb")));
                  } catch (InterruptedException e) {
                    place.completeExceptionally(e);
                  }
                });
    Instant end = Instant.now().plus(Duration.ofSeconds(60));
    while (thread[0].getState() != Thread.State.WAITING && Instant.now().isBefore(end)) {
      Thread.onSpinWait();
    }
    return place;
  }

  @Test
  void a_third_call_to_one_database_waits_until_one_of_two_has_left() throws Exception {
    CallGate.Place first = gate.enter(READ, database("appdb"));
    CallGate.Place second = gate.enter(READ, database("appdb"));
    CompletableFuture<CallGate.Place> third = waiting(new Thread[1]);
    assertThat(third).isNotDone();
    first.close();

    assertThat(third.get(60, TimeUnit.SECONDS)).isNotNull();
    second.close();
    assertThat(metrics.scrape())
        .contains("byteport_action_wait_seconds_count{kind=\"Database\"} 1");
  }

  @Test
  void another_database_is_not_waited_for() throws Exception {
    assertThat(gate.enter(READ, database("appdb"))).isNotNull();
    assertThat(gate.enter(READ, database("appdb"))).isNotNull();

    try (CallGate.Place place = gate.enter(READ, database("reports"))) {
      place.begin().ended(null);
    }
    assertThat(metrics.scrape())
        .contains("byteport_action_seconds_count{action=\"sql.sessions\",outcome=\"done\"} 1")
        .doesNotContain("byteport_action_wait_seconds_count");
  }

  @Test
  void a_place_that_is_left_twice_makes_room_for_one() throws Exception {
    CallGate.Place first = gate.enter(READ, database("appdb"));
    assertThat(gate.enter(READ, database("appdb"))).isNotNull();
    first.close();
    first.close();
    assertThat(gate.enter(READ, database("appdb"))).isNotNull();

    Thread[] thread = new Thread[1];
    CompletableFuture<CallGate.Place> further = waiting(thread);
    assertThat(further).isNotDone();
    thread[0].interrupt();
    assertThat(thread[0].join(Duration.ofSeconds(60))).isTrue();
  }

  @Test
  void what_waits_and_is_never_called_is_not_measured_as_a_call() throws Exception {
    gate.enter(READ, database("appdb")).close();

    assertThat(metrics.scrape()).doesNotContain("byteport_action_seconds_count");
  }
}
