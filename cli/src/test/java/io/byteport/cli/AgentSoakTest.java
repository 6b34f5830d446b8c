package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What three days bring, in an hour's worth of alerts at a time and without the pauses. */
@Tag("slow")
class AgentSoakTest {
  private static final int HOURS = 72;
  private static final int SETTLED = 12;
  private static final int EACH_HOUR = 20;

  /** Of so many alerts of an hour one is of a kind that no runbook knows. */
  private static final int UNKNOWN = 5;

  private static final int KNOWN = EACH_HOUR - EACH_HOUR / UNKNOWN;

  @TempDir private Path folder;

  /**
   * What a process holds.
   *
   * @param heap in bytes, after a collection
   */
  private record Held(long heap, int threads, int files) {
    static Held by(AgentProcess agent) throws Exception {
      return new Held(
          agent.heapInUse(),
          agent.metric("jvm_threads_live_threads", "").intValue(),
          agent.metric("process_files_open_files", "").intValue());
    }
  }

  @Test
  void three_days_of_incidents_leave_no_heap_no_thread_and_no_file_behind() throws Exception {
    try (SlowServices services = new SlowServices();
        AgentProcess agent = services.agent(folder).start()) {
      agent.awaitReady();
      Held early = Held.by(agent);
      for (int hour = 1; hour <= HOURS; hour++) {
        play(agent, hour);
        if (hour == SETTLED) {
          early = Held.by(agent);
        }
      }
      Held late = Held.by(agent);

      assertThat(services.looks()).hasSize(HOURS * KNOWN);
      assertThat(late.heap()).as(early + " and " + late).isLessThan(early.heap() + (12L << 20));
      assertThat(late.threads()).as(early + " and " + late).isLessThan(early.threads() + 10);
      assertThat(late.files()).as(early + " and " + late).isLessThan(early.files() + 15);
    }
  }

  /** Alerts that fire, are seen to, and are over. */
  private static void play(AgentProcess agent, int hour) throws Exception {
    Burst burst = new Burst(agent.port, 4);
    burst.send(EACH_HOUR, i -> alert(hour, i, false));
    agent.await(
        "hour " + hour + " is seen to",
        () ->
            agent.metric("byteport_runs_ended_total", "") == hour * KNOWN
                && agent.metric("byteport_runs_opened_total", "") == hour * EACH_HOUR);
    burst.send(EACH_HOUR, i -> alert(hour, i, true));
    assertThat(agent.metric("byteport_alerts_firing", "")).isZero();
  }

  private static byte[] alert(int hour, int number, boolean over) {
    String name = number % UNKNOWN == 0 ? "NobodyKnows" : "service_slow";
    return Burst.alert(name, "service-" + hour + "-" + number, over);
  }
}
