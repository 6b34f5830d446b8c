package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents as processes of their own that share a PostgreSQL, and what is left when one dies. */
@Tag("slow")
class AgentReplicasTest {
  private static final int EACH_WAVE = 2;
  private static final int WAVES = 2;

  @TempDir private Path folder;

  private AgentProcess agent(SlowServices services, String name, String state) throws Exception {
    String place = state.substring(state.indexOf('@') + 1);
    return services
        .repairing(
            Files.createDirectory(folder.resolve(name)),
            "  address: "
                + place
                + "\n  credentials: { username: postgres, password: { env: PG } }")
        .with("PG", Database.PASSWORD)
        .start();
  }

  private static String service(int wave, int number) {
    return "service-" + wave + "-" + number;
  }

  /** Sends what a pair of Alertmanagers would: to each agent the same. */
  private static void tell(int wave, AgentProcess... agents) throws Exception {
    for (AgentProcess agent : agents) {
      Burst.Answers answers =
          new Burst(agent.port, 2)
              .send(EACH_WAVE, i -> Burst.alert("service_slow", service(wave, i)));
      assertThat(answers.of(202)).isEqualTo(EACH_WAVE);
    }
  }

  @Test
  void one_that_is_killed_leaves_its_incidents_to_the_other_and_nothing_is_changed_twice()
      throws Exception {
    try (Database database = Database.start();
        SlowServices services = new SlowServices()) {
      String state = database.fresh();
      try (AgentProcess first = agent(services, "first", state)) {
        first.awaitReady();
        try (AgentProcess second = agent(services, "second", state)) {
          second.awaitReady();
          services.restartTakes(Duration.ofSeconds(2));
          tell(0, first, second);
          first.await("something is being changed", () -> !services.restarts().isEmpty());
          first.kill();
          services.restartTakes(Duration.ZERO);
          tell(0, second);
          tell(1, second);

          second.await(
              "everything has ended",
              () ->
                  count(database, state, "select count(*) from run where finished_at is null") == 0
                      && count(database, state, "select count(*) from run") == EACH_WAVE * WAVES);
          for (int wave = 0; wave < WAVES; wave++) {
            for (int i = 0; i < EACH_WAVE; i++) {
              String service = service(wave, i);
              second.await(
                  service + " is told", () -> first.tells(service) || second.tells(service));
            }
          }
          second.await("all is told", () -> second.metric("byteport_outbox_waiting", "") == 0);
          List<String> told = new ArrayList<>(first.told);
          told.addAll(second.told);
          // That it begins and how it ended; a message may be repeated by who finds it half sent.
          assertThat(Set.copyOf(told)).hasSize(2 * EACH_WAVE * WAVES);
          assertThat(services.restarts().values()).allMatch(times -> times == 1);
          assertThat(services.looks()).hasSize(EACH_WAVE * WAVES);
          assertThat(second.metric("byteport_outbox_dead", "")).isZero();
          assertThat(second.stop()).isZero();
        }
      }
    }
  }

  private static long count(Database database, String state, String query) {
    try {
      return database.count(state, query);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void told_to_stop_twice_it_ends_at_once_and_says_what_is_left() throws Exception {
    try (SlowServices services = new SlowServices();
        AgentProcess agent =
            services
                .repairing(Files.createDirectory(folder.resolve("one")), "  folder: FOLDER/state")
                .start()) {
      agent.awaitReady();
      services.restartTakes(Duration.ofSeconds(60));
      new Burst(agent.port, 1).send(1, i -> Burst.alert("service_slow", service(0, i)));
      agent.await("something is being changed", () -> !services.restarts().isEmpty());
      agent.signal("TERM");
      agent.await("it waits for it", () -> agent.log().contains("takes nothing more"));
      agent.signal("TERM");

      assertThat(agent.exit()).isEqualTo(143);
      assertThat(agent.log())
          .contains("told to stop a second time: ends at once; 1 run goes on at the next start");
      assertThat(services.restarts()).containsOnlyKeys(service(0, 0)).containsValue(1);

      services.restartTakes(Duration.ZERO);
      agent.start().awaitReady();
      agent.await("it is told", () -> agent.tells(service(0, 0)));
      assertThat(services.restarts()).containsValue(1);
    }
  }
}
