package io.byteport.sim.kubernetes.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.store.ResourceType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A simulated cluster: what is in it, what is wrong with it and how long it has been running.
 *
 * @param startAt the simulated time at which a test or demo meets the cluster, if it brings no
 *     clock
 * @param warmUp how long before that the faults began and the newest revisions were rolled out
 * @param seed decides generated names and uids
 * @param objects further objects, stored as they are when the cluster is made
 */
public record Scenario(
    String name,
    Instant startAt,
    Duration warmUp,
    long seed,
    List<NodeSpec> nodes,
    List<NamespaceSpec> namespaces,
    List<WorkloadSpec> workloads,
    List<ServiceSpec> services,
    List<BudgetSpec> budgets,
    List<HttpFault> httpFaults,
    List<ObjectNode> objects,
    List<ResourceType> customResources) {
  public Scenario {
    nodes = List.copyOf(nodes);
    namespaces = List.copyOf(namespaces);
    workloads = List.copyOf(workloads);
    services = List.copyOf(services);
    budgets = List.copyOf(budgets);
    httpFaults = List.copyOf(httpFaults);
    objects = List.copyOf(objects);
    customResources = List.copyOf(customResources);
  }

  /**
   * Reads a scenario.
   *
   * @param source named in errors
   * @throws ScenarioException naming the line, if the text is not a scenario
   */
  public static Scenario parse(String text, String source) {
    return new ScenarioReader(source).read(text);
  }

  /** Reads a scenario file; throws {@link ScenarioException} if it is not one. */
  public static Scenario read(Path file) throws IOException {
    return parse(Files.readString(file), file.toString());
  }

  /**
   * Reads one of the scenarios that come with this module, for example {@code oom}.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Scenario named(String name) {
    String resource = "/byteport/sim/scenarios/" + name + ".yaml";
    try (InputStream in = Scenario.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("no scenario `" + name + "`");
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), name + ".yaml");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
