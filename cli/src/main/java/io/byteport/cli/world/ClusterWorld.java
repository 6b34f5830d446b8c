package io.byteport.cli.world;

import io.byteport.adapter.kubernetes.KubernetesAdapterProvider;
import io.byteport.adapter.probes.TcpDialer;
import io.byteport.engine.spi.Adapter;
import io.byteport.engine.spi.Inventory;
import io.byteport.sim.kubernetes.SimulatedCluster;
import io.byteport.sim.kubernetes.scenario.Scenario;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A simulated Kubernetes cluster whose API is a real one over HTTP. */
public final class ClusterWorld implements World {
  private final SimulatedCluster cluster;
  private final Inventory.Entry entry;

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
  public static Setting restricted(
      String name, String manifest, String namespace, String account) {
    return setting(
        name,
        cluster -> {
          cluster
              .client()
              .load(new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)))
              .create();
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
    return List.of(new KubernetesAdapterProvider().create(inventory));
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

  @Override
  public void tick() {
    cluster.tick();
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
