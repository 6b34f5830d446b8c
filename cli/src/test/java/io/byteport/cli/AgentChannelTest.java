package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole agent whose chat is down: that holds up no repair, is seen, and loses nothing. */
@Tag("slow")
class AgentChannelTest {
  private static final int INCIDENTS = 3;

  @TempDir private Path folder;

  private static JsonNode api(AgentProcess agent, String path) {
    try {
      return JsonMapper.shared().readTree(agent.get("/api/v1/" + path).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode ops(AgentProcess agent) {
    return api(agent, "channels").at("/channels/0");
  }

  private static String service(int number) {
    return "service-" + number;
  }

  private static void repaired(AgentProcess agent, int from, int until) throws Exception {
    new Burst(agent.port, 1)
        .send(until - from, i -> Burst.alert("service_slow", service(from + i)));
    agent.await(
        "it is repaired",
        () -> agent.metric("byteport_runs_ended_total", "result=\"resolved\"") == until);
  }

  @Test
  void what_could_not_be_told_is_shown_and_then_told_once_and_in_order() throws Exception {
    try (SlowServices services = new SlowServices();
        AgentProcess agent = services.repairing(folder, "  folder: FOLDER/state").start()) {
      agent.awaitReady();
      agent.chatAnswers(503);
      repaired(agent, 0, INCIDENTS);

      agent.await("it waits", () -> ops(agent).path("waiting").asInt() == 2 * INCIDENTS);
      agent.await("it is degraded", () -> ops(agent).path("degraded").asString("").contains("503"));
      assertThat(agent.metric("byteport_outbox_waiting", "")).isEqualTo(2 * INCIDENTS);
      assertThat(agent.get("/").body()).contains("ops", "503");
      assertThat(agent.status("/readyz")).isEqualTo(200);
      assertThat(agent.told).isEmpty();

      agent.chatAnswers(200);
      agent.await("it is told", () -> agent.told.size() == 2 * INCIDENTS);
      for (int i = 0; i < INCIDENTS; i++) {
        String service = service(i);
        List<String> about = agent.told.stream().filter(text -> text.contains(service)).toList();
        assertThat(about).hasSize(2);
        assertThat(about.getFirst()).contains("Acting");
        assertThat(about.getLast()).contains("Resolved");
      }
      agent.await("nothing waits", () -> ops(agent).path("waiting").asInt() == 0);
      agent.await("it is well", () -> ops(agent).path("degraded").isNull());
      assertThat(ops(agent).path("dead").asInt()).isZero();
    }
  }

  @Test
  void what_a_chat_refuses_for_good_is_a_dead_letter_that_is_seen() throws Exception {
    try (SlowServices services = new SlowServices();
        AgentProcess agent = services.repairing(folder, "  folder: FOLDER/state").start()) {
      agent.awaitReady();
      agent.chatAnswers(404);
      repaired(agent, 0, 1);
      agent.await("it is given up", () -> ops(agent).path("dead").asInt() == 2);

      assertThat(api(agent, "dead-letters").toString()).contains(service(0), "404");
      assertThat(agent.metric("byteport_outbox_dead", "")).isEqualTo(2);
      assertThat(agent.metric("byteport_notifications_total", "outcome=\"given_up\"")).isEqualTo(2);

      agent.chatAnswers(200);
      repaired(agent, 1, 2);
      agent.await("the next is told", () -> agent.tells(service(1)));
      assertThat(agent.tells(service(0))).isFalse();
    }
  }
}
