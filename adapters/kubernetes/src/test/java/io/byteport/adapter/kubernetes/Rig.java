package io.byteport.adapter.kubernetes;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.action.ClasspathCatalogue;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Percent;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.Inventory;
import io.byteport.engine.spi.RecordCodec;
import io.byteport.engine.spi.WatchSource;
import io.byteport.sim.kubernetes.SimulatedCluster;
import io.byteport.sim.kubernetes.VirtualClock;
import io.byteport.sim.kubernetes.api.RecordedRequest;
import io.byteport.sim.kubernetes.scenario.Scenario;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * An adapter in front of a simulated cluster, used as the engine uses it: inputs are values with
 * the catalogue's defaults filled in. Everything is in the namespace production.
 */
final class Rig implements AutoCloseable {
  static final String NAMESPACE = "production";
  static final ActionCatalogue CATALOGUE =
      ClasspathCatalogue.load(Rig.class.getClassLoader()).value().orElseThrow();

  SimulatedCluster cluster;
  final VirtualClock clock;
  final KubernetesAdapter adapter;
  final RecordCodec codec = new RecordCodec();
  Duration timeout = Duration.ofSeconds(20);

  /** What actions said while they worked. */
  final List<String> said = new CopyOnWriteArrayList<>();

  /** What happens while an action waits. */
  Runnable whileWaiting = () -> {};

  private final Scenario scenario;
  private final Path kubeconfig;

  private Rig(Scenario scenario, Map<String, String> settings) {
    this.scenario = scenario;
    try {
      clock = new VirtualClock(scenario.startAt());
      cluster = SimulatedCluster.start(scenario, clock);
      kubeconfig = Files.createTempFile("byteport", ".kubeconfig");
      Files.writeString(kubeconfig, cluster.kubeconfig());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.putIfAbsent("kubeconfig", kubeconfig.toString());
    adapter = new KubernetesAdapter(inventory(all), this::pause);
  }

  static Rig named(String scenario) {
    return new Rig(Scenario.named(scenario), Map.of());
  }

  static Rig yaml(String scenario) {
    return new Rig(Scenario.parse(scenario, "test.yaml"), Map.of());
  }

  static Rig yaml(String scenario, Map<String, String> settings) {
    return new Rig(Scenario.parse(scenario, "test.yaml"), settings);
  }

  static Inventory inventory(Map<String, String> settings) {
    return new Inventory(List.of(entry("prod", settings)));
  }

  static Inventory.Entry entry(String name, Map<String, String> settings) {
    return Inventory.Entry.of("cluster", name, settings);
  }

  Path kubeconfig() {
    return kubeconfig;
  }

  /** Reads; null where nothing was found. */
  <O extends Record> @Nullable O find(Class<O> type, String action, Object... with)
      throws ActionException, InterruptedException {
    return type.cast(perform(action, with(action, with)));
  }

  <O extends Record> O read(Class<O> type, String action, Object... with)
      throws ActionException, InterruptedException {
    O found = find(type, action, with);
    if (found == null) {
      throw new AssertionError(action + " found nothing");
    }
    return found;
  }

  @SuppressWarnings("unchecked")
  private @Nullable Record perform(String name, StructValue with)
      throws ActionException, InterruptedException {
    Action.Read<Record, Record> action = (Action.Read<Record, Record>) action(name);
    Record output = action.read(codec.read(with, action.inputType()), context());
    if (output != null) {
      codec.write(output);
    }
    return output;
  }

  Change change(String action, Object... with) {
    return new Change(action, with(action, with));
  }

  ActionContext context() {
    return new ActionContext(clock, timeout, "run-1/step/1", said::add);
  }

  Action<?, ?> action(String name) {
    return adapter.actions().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  WatchSource watch(String action) {
    return adapter.watches().stream()
        .filter(one -> one.action().equals(action))
        .findFirst()
        .orElseThrow();
  }

  /** One change, step by step. */
  final class Change {
    private final Action.Change<Record, Record> action;
    private final Record input;
    @Nullable StructValue memo;

    @SuppressWarnings("unchecked")
    private Change(String name, StructValue with) {
      action = (Action.Change<Record, Record>) action(name);
      input = codec.read(with, action.inputType());
    }

    Change prepared() throws ActionException, InterruptedException {
      memo = action.prepare(input, context());
      return this;
    }

    Action.Changed<Record> made() throws ActionException, InterruptedException {
      return action.change(input, memo(), context());
    }

    Action.Probe probed() throws ActionException, InterruptedException {
      return action.probe(input, memo(), context());
    }

    boolean settled() throws ActionException, InterruptedException {
      return action.settled(input, memo(), context());
    }

    boolean repeatable() {
      return action.repeatable();
    }

    List<String> command() {
      return action.command(input);
    }

    private StructValue memo() {
      if (memo == null) {
        throw new AssertionError("not prepared");
      }
      return memo;
    }
  }

  /** The inputs of an action: what is given, else the catalogue's defaults. */
  static StructValue with(String action, Object... given) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (ActionDescription.Input input : CATALOGUE.action(action).orElseThrow().inputs().values()) {
      if (input.defaultValue() != null) {
        values.put(input.name(), input.defaultValue());
      }
    }
    for (int i = 0; i < given.length; i += 2) {
      values.put((String) given[i], value(given[i + 1]));
    }
    return new StructValue(values);
  }

  static Value value(@Nullable Object object) {
    return switch (object) {
      case null -> Value.NULL;
      case Value value -> value;
      case String text -> Value.of(text);
      case Boolean flag -> Value.of(flag);
      case Integer number -> Value.of((double) number);
      case Duration duration -> Value.of(duration);
      case DataSize size -> Value.of(size);
      case Percent percent -> Value.of(percent);
      case List<?> list -> Value.of(list.stream().map(Rig::value).toList());
      default -> throw new IllegalArgumentException(object.toString());
    };
  }

  static StructValue struct(Object... fields) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      values.put((String) fields[i], value(fields[i + 1]));
    }
    return new StructValue(values);
  }

  static StructValue pod(String name) {
    return struct("namespace", NAMESPACE, "name", name);
  }

  static StructValue node(String name) {
    return struct("name", name);
  }

  static StructValue workload(String kind, String name) {
    return struct("kind", kind, "namespace", NAMESPACE, "name", name);
  }

  /** The pods of the namespace, as the cluster has them. */
  List<Pod> pods() {
    return cluster.client().pods().inNamespace(NAMESPACE).list().getItems();
  }

  /** The first of them, as a reference. */
  StructValue anyPod() {
    return pod(pods().get(0).getMetadata().getName());
  }

  Deployment deployment(String name) {
    return cluster.client().apps().deployments().inNamespace(NAMESPACE).withName(name).get();
  }

  void advance(Duration by) {
    cluster.advance(by);
  }

  /** An action that waits lets the cluster's time pass, and none of ours. */
  private void pause(Duration time) {
    whileWaiting.run();
    cluster.advance(time);
  }

  /** Lets the cluster be down, with all its connections. */
  void stop() throws IOException {
    cluster.close();
  }

  /** Lets the cluster come back at the same address. */
  void restart() throws IOException {
    int port = URI.create(cluster.url()).getPort();
    cluster = SimulatedCluster.start(scenario, clock, port, Optional.empty());
  }

  /** The writes so far, dry runs among them. */
  List<RecordedRequest> writes() {
    return cluster.requests().stream().filter(RecordedRequest::isWrite).toList();
  }

  @Override
  public void close() {
    adapter.close();
    try {
      cluster.close();
      Files.deleteIfExists(kubeconfig);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
