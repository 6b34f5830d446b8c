package io.byteport.cli.world;

import io.byteport.adapter.cloud.CloudAdapterProvider;
import io.byteport.dsl.value.Value;
import io.byteport.engine.spi.Adapter;
import io.byteport.engine.spi.Inventory;
import io.byteport.engine.spi.Secret;
import io.byteport.sim.cloud.CloudScenario;
import io.byteport.sim.cloud.SimulatedCloud;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Simulated providers behind their APIs over HTTP, and, where the scenario has one, the machine
 * from which a team deploys: what is run there puts a commit live.
 */
public final class CloudWorld implements World {
  private final CloudScenario scenario;
  private final SimulatedCloud cloud;
  private final @Nullable HostWorld machine;
  private boolean released;

  private CloudWorld(CloudScenario scenario, SimulatedCloud cloud, @Nullable HostWorld machine) {
    this.scenario = scenario;
    this.cloud = cloud;
    this.machine = machine;
  }

  static Setting setting(String name) {
    CloudScenario scenario = CloudScenario.named(name);
    return new Setting() {
      @Override
      public Instant startAt() {
        return scenario.startAt();
      }

      @Override
      public World start(InstantSource clock, Path folder) throws IOException {
        HostWorld machine =
            scenario.machine() == null
                ? null
                : (HostWorld) HostWorld.setting(scenario.machine()).start(clock, folder);
        return new CloudWorld(scenario, SimulatedCloud.start(scenario, clock), machine);
      }
    };
  }

  /** The providers themselves. */
  public SimulatedCloud cloud() {
    return cloud;
  }

  @Override
  public String introduction() {
    String providers = "Simulated providers answer at " + cloud.url() + ".";
    return machine == null ? providers : providers + " " + machine.introduction();
  }

  @Override
  public List<Inventory.Entry> entries() {
    List<Inventory.Entry> entries = new ArrayList<>();
    entries.add(entry("render", Map.of()));
    entries.add(entry("github", Map.of()));
    entries.add(entry("sentry", Map.of("organization", SimulatedCloud.ORGANIZATION)));
    if (machine != null) {
      entries.addAll(machine.entries());
    }
    return List.copyOf(entries);
  }

  private Inventory.Entry entry(String kind, Map<String, String> more) {
    Map<String, Value> settings = new LinkedHashMap<>();
    settings.put("address", Value.of(cloud.url() + "/" + kind));
    more.forEach((key, text) -> settings.put(key, Value.of(text)));
    Secret token = new Secret("simulated providers", () -> SimulatedCloud.TOKEN, value -> {});
    return new Inventory.Entry(
        kind, kind, kind, List.of(), settings, Map.of("token", token), Map.of(), Map.of());
  }

  @Override
  public List<Adapter> adapters(Inventory inventory) {
    List<Adapter> adapters = new ArrayList<>();
    adapters.add(new CloudAdapterProvider().create(inventory));
    if (machine != null) {
      adapters.addAll(machine.adapters(inventory));
    }
    return List.copyOf(adapters);
  }

  @Override
  public Map<String, String> environment() {
    return scenario.services().isEmpty()
        ? Map.of()
        : Map.of(
            "RENDER_SERVICE_ID", scenario.services().getFirst().id(),
            "BYTEPORT_HEALTH_URL", cloud.healthUrl(scenario.services().getFirst().id()));
  }

  @Override
  public void tick() {
    CloudScenario.Command command = scenario.command();
    if (machine == null || command == null || released) {
      return;
    }
    released =
        machine.host().ran().stream()
            .anyMatch(
                ran ->
                    ran.status() == 0
                        && ran.name().equals(command.argv().getFirst())
                        && ran.arguments()
                            .equals(command.argv().subList(1, command.argv().size())));
    if (released) {
      cloud.release(command.service(), command.commit());
    }
  }

  @Override
  public long changes() {
    return cloud.changes().size();
  }

  @Override
  public String subject() {
    return "the providers";
  }

  @Override
  public void close() throws IOException {
    cloud.close();
    if (machine != null) {
      machine.close();
    }
  }
}
