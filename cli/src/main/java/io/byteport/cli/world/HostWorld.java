package io.byteport.cli.world;

import io.byteport.adapter.host.HostAdapterProvider;
import io.byteport.dsl.value.Value;
import io.byteport.engine.spi.Adapter;
import io.byteport.engine.spi.Inventory;
import io.byteport.engine.spi.Secret;
import io.byteport.sim.host.SimulatedHost;
import io.byteport.sim.host.SimulatedHostServer;
import io.byteport.sim.host.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A simulated machine behind a real SSH server. */
public final class HostWorld implements World {
  private final SimulatedHostServer server;
  private final Inventory.Entry entry;

  private HostWorld(SimulatedHostServer server, Inventory.Entry entry) {
    this.server = server;
    this.entry = entry;
  }

  static Setting setting(String name) {
    Scenario scenario = Scenario.named(name);
    return new Setting() {
      @Override
      public Instant startAt() {
        return scenario.startAt();
      }

      @Override
      public World start(InstantSource clock, Path folder) throws IOException {
        SimulatedHostServer server = SimulatedHostServer.start(scenario, clock);
        Path known =
            Files.writeString(folder.resolve("known_hosts-" + scenario.name()), server.knownHost());
        return new HostWorld(server, entry(scenario, server, known));
      }
    };
  }

  private static Inventory.Entry entry(Scenario scenario, SimulatedHostServer server, Path known) {
    Map<String, Value> settings = new LinkedHashMap<>();
    settings.put("address", Value.of(server.address()));
    settings.put("user", Value.of(SimulatedHostServer.USER));
    settings.put("knownHosts", Value.of(known.toString()));
    scenario
        .settings()
        .forEach(
            (key, texts) ->
                settings.put(key, Value.of(texts.stream().<Value>map(Value::of).toList())));
    return new Inventory.Entry(
        "host",
        "host",
        scenario.name(),
        List.of(),
        settings,
        Map.of("password", new Secret("a simulated machine", server::password, value -> {})),
        scenario.labels(),
        scenario.annotations());
  }

  /** The machine itself. */
  public SimulatedHost host() {
    return server.host();
  }

  @Override
  public String introduction() {
    return "A simulated machine, "
        + entry.name()
        + ", answers over SSH at "
        + server.address()
        + ".";
  }

  @Override
  public List<Inventory.Entry> entries() {
    return List.of(entry);
  }

  @Override
  public List<Adapter> adapters(Inventory inventory) {
    return List.of(new HostAdapterProvider().create(inventory));
  }

  @Override
  public void tick() {
    // what grows is computed from the clock when somebody looks
  }

  @Override
  public long changes() {
    return server.host().ran().stream().filter(SimulatedHost.Ran::changed).count();
  }

  @Override
  public String subject() {
    return "the machine";
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
