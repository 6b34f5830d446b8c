package io.byteport.cli.world;

import io.byteport.adapter.kubernetes.KubernetesAdapter;
import io.byteport.adapter.probes.tls.TrustRoots;
import io.byteport.dsl.value.Value;
import io.byteport.engine.spi.Adapter;
import io.byteport.engine.spi.Inventory;
import io.byteport.sim.host.SimulatedHost;
import io.byteport.sim.host.scenario.Scenario.CertificateSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A simulated machine whose web server is met from outside, too: what it has read of its
 * certificate is shown in real handshakes. Its authority is the only public one here, a name server
 * says whose the zone is, and no cluster is configured.
 */
public final class TlsWorld implements World {
  private final HostWorld machine;
  private final Path folder;
  private final CertificateServer server;
  private final ZoneServer names;

  private TlsWorld(HostWorld machine, Path folder) throws IOException {
    this.machine = machine;
    this.folder = folder;
    this.server = new CertificateServer(machine.host()::served);
    this.names = new ZoneServer();
  }

  static Setting setting(String name) {
    Setting host = HostWorld.setting(name);
    return new Setting() {
      @Override
      public Instant startAt() {
        return host.startAt();
      }

      @Override
      public World start(InstantSource clock, Path folder) throws IOException {
        return new TlsWorld((HostWorld) host.start(clock, folder), folder);
      }
    };
  }

  /** The machine itself. */
  public SimulatedHost host() {
    return machine.host();
  }

  @Override
  public String introduction() {
    return machine.introduction()
        + " Its nginx serves "
        + certificate().name()
        + " at localhost:"
        + server.port()
        + ".";
  }

  private CertificateSpec certificate() {
    return host().scenario().certificates().getFirst();
  }

  /** The machine, what it serves, and a configuration of kubectl that is not there. */
  @Override
  public List<Inventory.Entry> entries() {
    List<Inventory.Entry> entries = new ArrayList<>(machine.entries());
    entries.add(
        new Inventory.Entry(
            "endpoint",
            "endpoint",
            certificate().name(),
            List.of(),
            Map.of(
                "address",
                Value.of("localhost:" + server.port()),
                "domain",
                Value.of(certificate().domains().getFirst()),
                "host",
                Value.of(host().scenario().name())),
            Map.of(),
            Map.of(),
            Map.of()));
    entries.add(
        Inventory.Entry.of(
            "cluster", "none", Map.of("kubeconfig", folder.resolve("no-kubeconfig").toString())));
    return List.copyOf(entries);
  }

  @Override
  public List<Adapter> adapters(Inventory inventory) {
    List<Adapter> adapters = new ArrayList<>(machine.adapters(inventory));
    adapters.add(new KubernetesAdapter(inventory));
    return List.copyOf(adapters);
  }

  @Override
  public Optional<TrustRoots> publicRoots() {
    return host().root().map(root -> new TrustRoots(Set.of(root)));
  }

  @Override
  public Map<String, String> params() {
    return Map.of("nameServer", names.address());
  }

  @Override
  public void tick() {
    machine.tick();
  }

  @Override
  public long changes() {
    return machine.changes();
  }

  @Override
  public String subject() {
    return machine.subject();
  }

  @Override
  public void close() throws IOException {
    names.close();
    server.close();
    machine.close();
  }
}
