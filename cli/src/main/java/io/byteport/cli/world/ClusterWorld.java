package io.byteport.cli.world;

import io.byteport.adapter.kubernetes.KubernetesAdapterProvider;
import io.byteport.adapter.probes.TcpDialer;
import io.byteport.engine.spi.Adapter;
import io.byteport.engine.spi.Inventory;
import io.byteport.sim.kubernetes.SimulatedCluster;
import io.byteport.sim.kubernetes.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A simulated Kubernetes cluster whose API is a real one over HTTP. */
public final class ClusterWorld implements World {
  private final SimulatedCluster cluster;
  private final Inventory.Entry entry;

  private ClusterWorld(SimulatedCluster cluster, Inventory.Entry entry) {
    this.cluster = cluster;
    this.entry = entry;
  }

  static Setting setting(String name) throws IOException {
    Scenario scenario = Scenario.named(name);
    return new Setting() {
      @Override
      public Instant startAt() {
        return scenario.startAt();
      }

      @Override
      public World start(InstantSource clock, Path folder) throws IOException {
        SimulatedCluster cluster = SimulatedCluster.start(scenario, clock);
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), cluster.kubeconfig());
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
