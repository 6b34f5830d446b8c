package io.byteport.sim.kubernetes;

import io.byteport.sim.kubernetes.scenario.Scenario;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A simulated cluster as a process of its own, in real time, until it is killed. When it can be
 * used it prints one line: {@code ready URL}.
 */
public final class SimulatedClusterServer {
  private static final List<String> OPTIONS =
      List.of("--scenario", "--kubeconfig", "--request-log", "--port");
  private static final long TICK_MILLIS = 250;

  private SimulatedClusterServer() {}

  /**
   * Runs the server.
   *
   * @param args {@code --scenario FILE} (or the name of one that comes with this module), and if
   *     wanted {@code --kubeconfig FILE}, which is written, {@code --request-log FILE}, which is
   *     appended to, and {@code --port N}
   * @throws ExecutionException if the simulation fails, which ends the process
   */
  public static void main(String[] args)
      throws IOException, InterruptedException, ExecutionException {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    Map<String, String> options = options(args);
    SimulatedCluster cluster =
        SimulatedCluster.start(
            scenario(options.getOrDefault("--scenario", "")),
            InstantSource.system(),
            Integer.parseInt(options.getOrDefault("--port", "0")),
            Optional.ofNullable(options.get("--request-log")).map(Path::of));
    String kubeconfig = options.get("--kubeconfig");
    if (kubeconfig != null) {
      Files.writeString(Path.of(kubeconfig), cluster.kubeconfig());
    }
    ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor();
    Future<?> ticking =
        ticker.scheduleWithFixedDelay(
            cluster::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    out.println("ready " + cluster.url());
    ticking.get();
  }

  private static Scenario scenario(String nameOrFile) throws IOException {
    return nameOrFile.endsWith(".yaml") || nameOrFile.endsWith(".yml")
        ? Scenario.read(Path.of(nameOrFile))
        : Scenario.named(nameOrFile);
  }

  private static Map<String, String> options(String[] args) {
    Map<String, String> found = new LinkedHashMap<>();
    for (int i = 0; i < args.length; i += 2) {
      if (!OPTIONS.contains(args[i]) || i + 1 == args.length) {
        throw new IllegalArgumentException(
            "expected --scenario FILE [--kubeconfig FILE] [--request-log FILE] [--port N], found `"
                + args[i]
                + "`");
      }
      found.put(args[i], args[i + 1]);
    }
    return found;
  }
}
