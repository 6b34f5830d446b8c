package io.byteport.cli.world;

import io.byteport.adapter.kubernetes.KubernetesAdapter;
import io.byteport.adapter.probes.TcpDialer;
import io.byteport.engine.spi.Adapter;
import io.byteport.engine.spi.Inventory;
import io.byteport.sim.host.SimulatedHost;
import io.byteport.sim.kubernetes.SimulatedCluster;
import io.byteport.sim.kubernetes.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** A simulated Kubernetes cluster whose API is a real one over HTTP. */
public final class ClusterWorld implements World {
  private final SimulatedCluster cluster;
  private final Inventory.Entry entry;
  private final Map<SimulatedHost, Map<String, String>> machines = new LinkedHashMap<>();

  private ClusterWorld(SimulatedCluster cluster, Inventory.Entry entry) {
    this.cluster = cluster;
    this.entry = entry;
  }

  /** One in which everything may be done. */
  static Setting setting(String name) {
    return setting(name, SimulatedCluster::kubeconfig);
  }

  /**
   * One in which an account may do what a manifest allows it, and nothing else.
   *
   * @param manifest roles and bindings, as YAML documents
   */
  public static Setting restricted(String name, String manifest, String namespace, String account) {
    return setting(
        name,
        cluster -> {
          cluster.apply(manifest);
          cluster.forgetRequests();
          return cluster.kubeconfig(namespace, account);
        });
  }

  private static Setting setting(String name, Function<SimulatedCluster, String> access) {
    Scenario scenario = Scenario.named(name);
    return new Setting() {
      @Override
      public Instant startAt() {
        return scenario.startAt();
      }

      @Override
      public World start(InstantSource clock, Path folder) throws IOException {
        SimulatedCluster cluster = SimulatedCluster.start(scenario, clock);
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), access.apply(cluster));
        return new ClusterWorld(
            cluster,
            Inventory.Entry.of(
                "cluster", "simulated", Map.of("kubeconfig", kubeconfig.toString())));
      }
    };
  }

  /** Where its API answers, without a slash at the end. */
  public String url() {
    return cluster.url();
  }

  /** What the account was refused so far, in the words of the API server. */
  public List<String> refusals() {
    return cluster.refusals();
  }

  @Override
  public String introduction() {
    return "A simulated cluster answers at " + url() + ".";
  }

  @Override
  public List<Inventory.Entry> entries() {
    return List.of(entry);
  }

  @Override
  public List<Adapter> adapters(Inventory inventory) {
    return List.of(new KubernetesAdapter(inventory));
  }

  @Override
  public List<Adapter> adapters(Inventory inventory, Consumer<Duration> pass) {
    return List.of(new KubernetesAdapter(inventory, pass::accept));
  }

  @Override
  public Optional<TcpDialer> dialer() {
    return Optional.of(
        (endpoint, timeout) -> {
          if (!cluster.reachable(endpoint.host(), endpoint.port())) {
            throw new IOException("connection refused");
          }
        });
  }

  /** A machine that has the name of a node is that node: what becomes of its kubelet shows here. */
  @Override
  public void meets(List<World> all) {
    for (World world : all) {
      if (world instanceof HostWorld machine && cluster.hasNode(machine.host().scenario().name())) {
        machines.put(machine.host(), Map.of());
      }
    }
    cluster.forgetRequests();
    tick();
  }

  @Override
  public void tick() {
    cluster.tick();
    machines.replaceAll(this::follow);
  }

  /** What the node says of itself, as the API server hears it. */
  private Map<String, String> follow(SimulatedHost machine, Map<String, String> before) {
    boolean silent = !machine.state("kubelet.service").equals("active");
    boolean idle = !machine.state("containerd.service").equals("active");
    Map<String, String> now = Map.of("Ready", silent ? "Unknown" : idle ? "False" : "True");
    if (!now.equals(before)) {
      cluster.report(machine.scenario().name(), now);
    }
    return now;
  }

  @Override
  public long changes() {
    return cluster.changes().size();
  }

  @Override
  public String subject() {
    return "the cluster";
  }

  @Override
  public void close() throws IOException {
    cluster.close();
  }
}
