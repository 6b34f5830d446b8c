package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A storm of alerts over HTTP into a whole agent: incidents said again and again, and between them
 * what no runbook knows, what cannot be read, what proves nothing or something wrong, and what is
 * too large.
 */
class AgentBurstTest {
  private static final int CONNECTIONS = 16;

  /** Of so many requests one is noise, of five kinds in turn. */
  private static final int NOISE = 10;

  /** More than it needs, far less than all signals would. */
  private static final String HEAP = "-Xmx160m -XX:+ExitOnOutOfMemoryError";

  @TempDir private Path folder;

  @Test
  void of_two_thousand_signals_none_is_lost_and_each_incident_has_one_run() throws Exception {
    burst(2_000, 40);
  }

  @Test
  @Tag("slow")
  void of_fifty_thousand_signals_none_is_lost_and_each_incident_has_one_run() throws Exception {
    burst(50_000, 1_000);
  }

  private void burst(int signals, int incidents) throws Exception {
    int unknowns = incidents / 10;
    int requests = signals * NOISE / (NOISE - 1);
    try (SlowServices services = new SlowServices();
        AgentProcess agent = services.agent(folder).with("JDK_JAVA_OPTIONS", HEAP).start()) {
      agent.awaitReady();
      Burst.Answers answers =
          new Burst(agent.port, CONNECTIONS)
              .send(requests, i -> i % NOISE == 0 ? noise(i, unknowns) : incident(i, incidents));
      agent.await("every incident has ended", () -> ended(agent, "service_slow") == incidents);
      agent.await("everything is told", () -> value(agent, "byteport_outbox_waiting") == 0);

      // Every signal was taken, every other request refused for its own reason.
      int noise = (requests + NOISE - 1) / NOISE;
      assertThat(answers.of(202)).isEqualTo(requests - noise + kind(noise, 0));
      assertThat(answers.of(400)).isEqualTo(kind(noise, 1));
      assertThat(answers.of(403)).isEqualTo(kind(noise, 2));
      assertThat(answers.of(401)).isEqualTo(kind(noise, 3));
      assertThat(answers.of(413)).isEqualTo(kind(noise, 4));
      assertThat(answers.statuses()).containsOnlyKeys(202, 400, 401, 403, 413);
      assertThat(value(agent, "byteport_signals_heard_total")).isEqualTo(answers.of(202));
      assertThat(value(agent, "byteport_alerts_firing")).isEqualTo(incidents + unknowns);
      assertThat(refused(agent, "malformed")).isEqualTo(answers.of(400));
      assertThat(refused(agent, "forged")).isEqualTo(answers.of(403));
      assertThat(refused(agent, "unsigned")).isEqualTo(answers.of(401));

      // One run for each incident, which looked once, and was told once.
      assertThat(services.looks()).hasSize(incidents);
      assertThat(services.looks().values()).allSatisfy(looks -> assertThat(looks).hasSize(1));
      assertThat(opened(agent, "service_slow")).isEqualTo(incidents);
      assertThat(opened(agent, "none")).isEqualTo(unknowns);
      for (int i = 0; i < incidents; i++) {
        String service = "\"" + service(i) + " is slow";
        assertThat(agent.told.stream().filter(text -> text.contains(service)))
            .as(service)
            .hasSizeLessThanOrEqualTo(1);
      }
      assertThat(value(agent, "byteport_outbox_dead")).isZero();

      // What is still in use is far from what was sent.
      assertThat(agent.heapInUse()).isLessThan(96L << 20);
      System.out.println(answers + ", heap in use " + (agent.heapInUse() >> 20) + " MiB");
    }
  }

  /** How many of so much noise are of a kind. */
  private static int kind(int noise, int kind) {
    return (noise - kind + 4) / 5;
  }

  private static String service(int incident) {
    return "service-%04d".formatted(incident);
  }

  private static byte[] incident(int i, int incidents) {
    int number = i - i / NOISE - 1; // noise does not count
    return Burst.alert("service_slow", service(number * 7 % incidents));
  }

  private static byte[] noise(int i, int unknowns) {
    int number = i / NOISE;
    String body = "{\"version\":\"4\",\"alerts\":[]}";
    return switch (number % 5) {
      case 0 -> Burst.alert("NobodyKnows", "unknown-" + number / 5 % unknowns);
      case 1 -> Burst.signed("{\"version\":\"4\",\"alerts\":[{\"stat");
      case 2 -> Burst.forged(body);
      case 3 -> Burst.unsigned(body);
      default -> Burst.oversized();
    };
  }

  private static int ended(AgentProcess agent, String runbook) {
    return sum(agent, "byteport_runs_ended_total", "runbook=\"" + runbook + "\"");
  }

  private static int opened(AgentProcess agent, String runbook) {
    return sum(agent, "byteport_runs_opened_total", "runbook=\"" + runbook + "\"");
  }

  private static int refused(AgentProcess agent, String reason) {
    return sum(agent, "byteport_deliveries_refused_total", "reason=\"" + reason + "\"");
  }

  private static int value(AgentProcess agent, String name) {
    return sum(agent, name, "");
  }

  /** Of all rows of a metric that have a label. */
  private static int sum(AgentProcess agent, String name, String label) {
    return agent.metric(name, label).intValue();
  }
}
