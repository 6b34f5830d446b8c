package io.byteport.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.adapter.kubernetes.model.Event;
import io.byteport.adapter.kubernetes.read.ListEvents;
import io.byteport.adapter.kubernetes.read.ReadLogs;
import io.byteport.sim.kubernetes.scenario.HttpFault;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Much of something fits into little memory. */
class VolumeTest {
  private static final long BYTES = 100L << 20;

  @Test
  void of_a_hundred_megabytes_of_log_the_end_alone_is_held() throws Exception {
    try (Rig rig = Rig.named("oom")) {
      // tailLines is honoured: not many lines, but all of the log is one
      rig.cluster.inject(HttpFault.always(".*/log", new HttpFault.HugeLog(BYTES, 1 << 20)));

      long before = used();
      ReadLogs.Output logs =
          rig.read(
              ReadLogs.Output.class,
              "kubectl.logs",
              "pod",
              rig.anyPod(),
              "container",
              "api",
              "tailChars",
              2000);

      assertThat(logs.text()).hasSize(2000);
      assertThat(used() - before).isLessThan(60L << 20);
    }
  }

  @Test
  void a_log_without_a_bound_is_bounded_all_the_same() throws Exception {
    try (Rig rig = Rig.named("oom")) {
      rig.cluster.inject(HttpFault.always(".*/log", new HttpFault.HugeLog(BYTES, 120)));
      ReadLogs.Output logs =
          rig.read(ReadLogs.Output.class, "kubectl.logs", "pod", rig.anyPod(), "container", "api");
      assertThat(logs.text()).hasSize(262_144);
    }
  }

  @Test
  @Tag("slow")
  void of_ten_thousand_events_the_newest_thousand_are_kept() throws Exception {
    try (Rig rig = Rig.named("oom")) {
      rig.cluster.floodEvents(Rig.NAMESPACE, 10_000);
      ListEvents.Output own =
          rig.read(ListEvents.Output.class, "kubectl.events", "object", rig.anyPod());
      assertThat(own.items()).isNotEmpty().hasSizeLessThan(100);

      List<Event> withPods =
          rig.read(
                  ListEvents.Output.class,
                  "kubectl.events",
                  "object",
                  Rig.workload("Deployment", "api"),
                  "includePods",
                  true)
              .items();
      assertThat(withPods).isNotEmpty().hasSizeLessThan(200);
      assertThat(
              rig.cluster.requests().stream()
                  .filter(request -> request.path().endsWith("/events"))
                  .filter(request -> request.query().contains("continue="))
                  .count())
          .isPositive();
    }
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
