package io.byteport.sim.kubernetes;

import io.byteport.sim.kubernetes.api.ApiServer;
import io.byteport.sim.kubernetes.api.RecordedRequest;
import io.byteport.sim.kubernetes.control.Simulation;
import io.byteport.sim.kubernetes.scenario.Fault;
import io.byteport.sim.kubernetes.scenario.HttpFault;
import io.byteport.sim.kubernetes.scenario.Scenario;
import io.byteport.sim.kubernetes.store.Json;
import io.byteport.sim.kubernetes.store.ObjectStore;
import io.byteport.sim.kubernetes.store.ResourceCatalogue;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Kubernetes cluster that is not one: a real API over HTTP on the loopback interface, before
 * controllers and kubelets that behave as the scenario tells them to.
 *
 * <p>Its time is that of the clock it is given. It is played up to the present before every request
 * and on {@link #tick()}, so a clock that stands still makes a cluster that stands still, and the
 * same scenario with the same calls gives the same objects, names and timestamps. Thread-safe.
 */
public final class SimulatedCluster implements AutoCloseable {
  private final InstantSource clock;
  private final Simulation simulation;
  private final ApiServer server;
  private final KubernetesClient client;

  private SimulatedCluster(Scenario scenario, InstantSource clock, int port, Optional<Path> log)
      throws IOException {
    this.clock = clock;
    this.simulation = new Simulation(scenario, clock.instant());
    this.server = new ApiServer(simulation, this::tick, port, log);
    scenario.httpFaults().forEach(server::inject);
    this.client = new KubernetesClientBuilder().withConfig(config(server.url())).build();
  }

  /** Starts a cluster with a clock of its own, which stands at the scenario's start. */
  public static SimulatedCluster start(Scenario scenario) throws IOException {
    return start(scenario, new VirtualClock(scenario.startAt()));
  }

  /** Starts a cluster whose present is that of {@code clock}; its past is played at once. */
  public static SimulatedCluster start(Scenario scenario, InstantSource clock) throws IOException {
    return new SimulatedCluster(scenario, clock, 0, Optional.empty());
  }

  /**
   * Starts a cluster.
   *
   * @param port 0 for any free one
   * @param requestLog a file that every request is appended to, a JSON object a line
   */
  public static SimulatedCluster start(
      Scenario scenario, InstantSource clock, int port, Optional<Path> requestLog)
      throws IOException {
    return new SimulatedCluster(scenario, clock, port, requestLog);
  }

  /** Where the API answers, for example {@code http://127.0.0.1:40123}. */
  public String url() {
    return server.url();
  }

  /** A kubeconfig that leads there, of somebody who may do everything. */
  public String kubeconfig() {
    return kubeconfig("{}");
  }

  /**
   * A kubeconfig of an account that may do what the roles allow that are bound to it, and nothing
   * else.
   */
  public String kubeconfig(String namespace, String account) {
    return kubeconfig("{ token: \"system:serviceaccount:" + namespace + ":" + account + "\" }");
  }

  /** What accounts were refused so far, in the words of the answer. */
  public List<String> refusals() {
    return server.refusals();
  }

  private String kubeconfig(String user) {
    return """
    apiVersion: v1
    kind: Config
    clusters:
      - name: simulated
        cluster:
          server: %s
    contexts:
      - name: simulated
        context:
          cluster: simulated
          user: anyone
          namespace: default
    users:
      - name: anyone
        user: %s
    current-context: simulated
    """
        .formatted(url(), user);
  }

  /** A client that leads there, without retries; it is closed with the cluster. */
  public KubernetesClient client() {
    return client;
  }

  /**
   * Creates objects, as {@code kubectl create} does.
   *
   * @param manifest YAML documents
   */
  public void apply(String manifest) {
    client.load(new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8))).create();
  }

  /** Whether there is a node of that name at present. */
  public boolean hasNode(String name) {
    return client.nodes().withName(name).get() != null;
  }

  /** All requests so far, in the order of arrival, those of {@link #client()} among them. */
  public List<RecordedRequest> requests() {
    return server.requests();
  }

  /** The requests so far that asked for a change which is no dry run. */
  public List<RecordedRequest> changes() {
    return requests().stream().filter(RecordedRequest::isChange).toList();
  }

  /** Forgets the requests so far. */
  public void forgetRequests() {
    server.forgetRequests();
  }

  /** Plays everything that is due up to the present. */
  public void tick() {
    simulation.advanceTo(clock.instant());
  }

  /**
   * Moves the cluster's own clock on and plays what is due.
   *
   * @throws IllegalStateException if the clock was given by the caller and is not a {@link
   *     VirtualClock}
   */
  public void advance(Duration by) {
    if (!(clock instanceof VirtualClock own)) {
      throw new IllegalStateException("this cluster's clock is not for us to move");
    }
    own.advance(by);
    tick();
  }

  /**
   * Whether something answers at an address at present: a dependency that the scenario declares, or
   * a Service with a ready pod. No connection is made.
   */
  public boolean reachable(String host, int port) {
    tick();
    return simulation.reachable(host, port);
  }

  /** Lets requests meet a fault from now on. */
  public void inject(HttpFault fault) {
    server.inject(fault);
  }

  /** Ends all faults of requests, the scenario's too. */
  public void clearHttpFaults() {
    server.clearFaults();
  }

  /**
   * Changes what a node says of itself, from now on: its controller taints it, and a node that is
   * not ready has no kubelet that runs or ends pods.
   *
   * @param conditions statuses by condition type; the others stay
   */
  public void report(String node, Map<String, String> conditions) {
    tick();
    simulation.report(node, conditions);
  }

  /** Adds a fault to the containers of a workload, from now on. */
  public void inject(String kind, String namespace, String workload, Fault fault) {
    tick();
    simulation.add(kind, namespace, workload, fault);
  }

  /** Ends all faults of a workload; running containers stay, those that wait recover when due. */
  public void heal(String namespace, String workload) {
    tick();
    simulation.heal(namespace, workload);
  }

  /** Puts that many further Warning events into a namespace, all of different objects. */
  public void floodEvents(String namespace, int count) {
    String now = ObjectStore.timestamp(simulation.now());
    simulation.locked(
        () -> {
          for (int i = 0; i < count; i++) {
            String name = String.format("flood-%06d", i);
            simulation
                .store()
                .create(
                    ResourceCatalogue.EVENTS,
                    Json.object(
                        "metadata",
                        Json.object("name", name, "namespace", namespace),
                        "involvedObject",
                        Json.object("kind", "Pod", "namespace", namespace, "name", name),
                        "type",
                        "Warning",
                        "reason",
                        "BackOff",
                        "message",
                        "Back-off restarting failed container",
                        "source",
                        Json.object("component", "kubelet"),
                        "firstTimestamp",
                        now,
                        "lastTimestamp",
                        now,
                        "count",
                        1));
          }
          return true;
        });
  }

  @Override
  public void close() throws IOException {
    client.close();
    server.close();
  }

  private static Config config(String url) {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl(url)
        .withNamespace("default")
        .withOnlyHttpWatches(true)
        .withRequestRetryBackoffLimit(0)
        .withRequestTimeout(30_000)
        .build();
  }
}
