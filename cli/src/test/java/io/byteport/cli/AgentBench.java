package io.byteport.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What a whole agent does in a process of its own: signals a second through a webhook until they
 * are on disk and told apart, and how long it is from a signal to the first look of its run. Who
 * sends, and what is looked at, are on the same machine and pay as well.
 */
public final class AgentBench {
  private static final int CONNECTIONS = 16;
  private static final int ROUNDS = 3;

  private AgentBench() {}

  /**
   * @param args a folder that is empty, how many signals a round, and how many are timed to their
   *     first look
   */
  public static void main(String[] args) throws Exception {
    int signals = Integer.parseInt(args[1]);
    int looks = Integer.parseInt(args[2]);
    try (SlowServices services = new SlowServices();
        AgentProcess agent =
            services.agent(Files.createDirectories(Path.of(args[0]).resolve("agent"))).start()) {
      agent.awaitReady();
      untilTheFirstLook(services, agent, looks);
      int incidents = signals / 50;
      for (int round = 1; round <= ROUNDS; round++) {
        String name = "r" + round + "-";
        print(
            round + ", 1 incident in 50",
            new Burst(agent.port, CONNECTIONS)
                .send(signals, i -> Burst.alert("service_slow", name + i * 7 % incidents)));
        print(
            round + ", all known",
            new Burst(agent.port, CONNECTIONS)
                .send(signals, i -> Burst.alert("service_slow", name + i * 7 % incidents)));
      }
      System.out.printf(Locale.ROOT, "heap in use: %d MiB%n", agent.heapInUse() >> 20);
    }
    System.exit(0);
  }

  private static void print(String what, Burst.Answers answers) {
    System.out.println(what + ": " + answers);
  }

  private static void untilTheFirstLook(SlowServices services, AgentProcess agent, int count)
      throws Exception {
    long[] nanos = new long[count];
    Burst one = new Burst(agent.port, 1);
    for (int i = 0; i < count; i++) {
      String service = "look-" + i;
      TimeUnit.MILLISECONDS.sleep(30);
      long[] from = new long[1];
      one.send(
          1,
          first -> {
            byte[] request = Burst.alert("service_slow", service);
            from[0] = System.nanoTime();
            return request;
          });
      agent.await(service + " is looked at", () -> services.looks().containsKey(service));
      List<Long> looked = services.looks().get(service);
      nanos[i] = looked.getFirst() - from[0];
    }
    for (long[] half :
        List.of(Arrays.copyOf(nanos, count / 2), Arrays.copyOfRange(nanos, count / 2, count))) {
      Arrays.sort(half);
      System.out.printf(
          Locale.ROOT,
          "from a signal to the first look, half of %d: p50 %.1f ms, p99 %.1f ms%n",
          count,
          half[half.length / 2] / 1e6,
          half[half.length * 99 / 100] / 1e6);
    }
  }
}
