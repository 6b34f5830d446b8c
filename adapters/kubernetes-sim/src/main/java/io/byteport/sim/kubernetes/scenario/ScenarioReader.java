package io.byteport.sim.kubernetes.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.scenario.Fault.Scope;
import io.byteport.sim.kubernetes.store.Json;
import io.byteport.sim.kubernetes.store.Quantity;
import io.byteport.sim.kubernetes.store.ResourceType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.constructor.StandardConstructor;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Turns YAML text into a {@link Scenario}. */
final class ScenarioReader {
  private static final Instant DEFAULT_START = Instant.parse("2026-01-05T10:00:00Z");
  private static final Duration DEFAULT_RUN = Duration.ofSeconds(4);
  private static final LoadSettings SETTINGS = LoadSettings.builder().build();

  private final String source;

  ScenarioReader(String source) {
    this.source = source;
  }

  Scenario read(String text) {
    Optional<Node> root;
    try {
      root = new Compose(SETTINGS).composeString(text);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw new ScenarioException(source, line, e.getProblem());
    } catch (YamlEngineException e) {
      throw new ScenarioException(source, 1, String.valueOf(e.getMessage()));
    }
    Node node = root.orElseThrow(() -> new ScenarioException(source, 1, "the file is empty"));
    return new Section(source, node).readWith(this::scenario);
  }

  private Scenario scenario(Section s) {
    List<NodeSpec> nodes = s.each("nodes", this::node);
    List<WorkloadSpec> workloads = s.each("workloads", this::workload);
    List<NamespaceSpec> namespaces = new ArrayList<>(s.each("namespaces", this::namespace));
    return new Scenario(
        s.text("name", source),
        s.instant("startAt").orElse(DEFAULT_START),
        s.duration("warmUp", Duration.ofMinutes(10)),
        s.integer("seed", 1),
        nodes.isEmpty() ? List.of(defaultNode()) : nodes,
        namespaces,
        workloads,
        s.each("services", this::service),
        s.each("disruptionBudgets", this::budget),
        s.each("httpFaults", this::httpFault),
        s.nodes("objects").stream().map(this::object).toList(),
        s.each("customResources", this::customResource));
  }

  private static NodeSpec defaultNode() {
    return new NodeSpec(
        "worker-1",
        "4",
        "8Gi",
        java.util.Map.of(),
        java.util.Map.of(),
        Json.array(),
        false,
        Optional.empty(),
        List.of());
  }

  private NodeSpec node(Section s) {
    return new NodeSpec(
        s.required("name"),
        s.text("cpu", "4"),
        s.text("memory", "8Gi"),
        s.map("labels"),
        s.map("conditions"),
        Json.array(
            s.each(
                "taints",
                t ->
                    Json.object(
                        "key",
                        t.required("key"),
                        "value",
                        t.text("value").orElse(null),
                        "effect",
                        t.text("effect", "NoSchedule")))),
        s.flag("unschedulable"),
        s.duration("readyAfter"),
        s.each(
            "later",
            t -> new NodeSpec.Turn(t.duration("after", Duration.ZERO), t.map("conditions"))));
  }

  private NamespaceSpec namespace(Section s) {
    return new NamespaceSpec(s.required("name"), s.map("labels"), s.map("annotations"));
  }

  private WorkloadSpec workload(Section s) {
    String name = s.required("name");
    List<ContainerSpec> containers = new ArrayList<>();
    containers.add(container(s, s.text("container", name)));
    containers.addAll(s.each("sidecars", c -> container(c, c.required("name"))));
    String kind = s.text("kind", "Deployment");
    if (!List.of("Deployment", "StatefulSet", "DaemonSet", "Pod").contains(kind)) {
      throw s.error("`kind` is not Deployment, StatefulSet, DaemonSet or Pod: `" + kind + "`");
    }
    return new WorkloadSpec(
        kind,
        name,
        s.text("namespace", "default"),
        s.integer("replicas", 1),
        containers,
        s.each("initContainers", c -> container(c, c.required("name"))),
        s.map("labels"),
        s.map("annotations"),
        s.map("podAnnotations"),
        s.map("nodeSelector"),
        s.each("imagePullSecrets", secret -> secret.required("name")),
        s.text("changeCause"),
        s.duration("progressDeadline"),
        s.parsed("historyLimit", Integer::valueOf, "a whole number"),
        s.duration("age"),
        s.each(
            "history",
            h ->
                new WorkloadSpec.Revision(
                    h.required("image"),
                    h.text("changeCause"),
                    h.duration("age", Duration.ofHours(72)))),
        s.each("faults", f -> fault(f, containers.getFirst().name())),
        s.flag("apart"),
        s.parsed("priority", Integer::valueOf, "a whole number"));
  }

  private ContainerSpec container(Section s, String name) {
    List<EnvSpec> env = new ArrayList<>(s.each("env", this::env));
    env.addAll(s.each("envFrom", this::envFrom));
    return new ContainerSpec(
        name,
        s.required("image"),
        s.integer("port", 0),
        quantity(s, "memoryLimit"),
        quantity(s, "memoryRequest"),
        quantity(s, "cpuLimit"),
        quantity(s, "cpuRequest"),
        quantity(s, "memoryUsed"),
        quantity(s, "cpuUsed"),
        s.section("livenessProbe", this::probe),
        s.section("readinessProbe", this::probe),
        s.section("startupProbe", this::probe),
        env);
  }

  private static Optional<String> quantity(Section s, String key) {
    return s.parsed(
        key,
        text -> {
          Quantity.parse(text);
          return text;
        },
        "a quantity like `256Mi`");
  }

  private ProbeSpec probe(Section s) {
    return new ProbeSpec(
        s.text("path", "/healthz"),
        s.integer("port", 8080),
        s.duration("initialDelay", Duration.ZERO),
        s.duration("period", Duration.ofSeconds(10)),
        s.duration("timeout", Duration.ofSeconds(1)),
        s.integer("failureThreshold", 3));
  }

  private EnvSpec env(Section s) {
    String name = s.required("name");
    if (s.has("secret")) {
      return new EnvSpec.SecretKey(name, s.required("secret"), s.required("key"));
    }
    if (s.has("configMap")) {
      return new EnvSpec.ConfigMapKey(name, s.required("configMap"), s.required("key"));
    }
    return new EnvSpec.Value(name, s.required("value"));
  }

  private EnvSpec envFrom(Section s) {
    return s.has("secret")
        ? new EnvSpec.AllOfSecret(s.required("secret"))
        : new EnvSpec.AllOfConfigMap(s.required("configMap"));
  }

  private Fault fault(Section s, String mainContainer) {
    Scope scope =
        new Scope(s.text("container", mainContainer), s.text("image"), s.duration("from"));
    if (s.has("outOfMemoryBelow")) {
      long below =
          s.parsed(
                  "outOfMemoryBelow", t -> Quantity.parse(t).longValue(), "a quantity like `300Mi`")
              .orElseThrow();
      return new Fault.OutOfMemory(scope, below, s.duration("after", DEFAULT_RUN), log(s));
    }
    if (s.has("badImage")) {
      return new Fault.BadImage(scope, s.required("badImage"), s.text("why"));
    }
    if (s.has("startsAfter")) {
      return new Fault.SlowStart(scope, s.duration("startsAfter").orElseThrow(), log(s));
    }
    if (s.has("dependsOn")) {
      return s.section("dependsOn", d -> dependency(d, scope, s)).orElseThrow();
    }
    if (s.has("crash")) {
      return s.section("crash", c -> crash(c, scope, s)).orElseThrow();
    }
    throw s.error(
        "expected one of `outOfMemoryBelow`, `badImage`, `startsAfter`, `dependsOn`, `crash`");
  }

  private static Fault dependency(Section d, Scope scope, Section fault) {
    String host = d.required("host");
    int port = d.integer("port", 80);
    Optional<Duration> up =
        d.text("upAfter", "never").equals("never") ? Optional.empty() : d.duration("upAfter");
    String log =
        fault.text("log", "dial tcp %s:%d: connect: connection refused".formatted(host, port));
    return new Fault.Dependency(
        scope, host, port, up, fault.duration("after", Duration.ofSeconds(3)), log);
  }

  private static Fault crash(Section c, Scope scope, Section fault) {
    return new Fault.Crash(
        scope,
        c.integer("exitCode", 1),
        c.duration("after", DEFAULT_RUN),
        c.text("log").or(() -> fault.text("log")).orElse(""),
        c.flag("untilRestarted"),
        c.flag("untilReplaced"));
  }

  private static String log(Section s) {
    return s.text("log", "");
  }

  private ServiceSpec service(Section s) {
    int port = s.integer("port", 80);
    return new ServiceSpec(
        s.required("name"),
        s.text("namespace", "default"),
        s.text("workload", s.text("name", "")),
        port,
        s.integer("targetPort", port));
  }

  private BudgetSpec budget(Section s) {
    return new BudgetSpec(
        s.required("name"),
        s.text("namespace", "default"),
        s.text("workload", s.text("name", "")),
        s.text("minAvailable"),
        s.text("maxUnavailable"));
  }

  private HttpFault httpFault(Section s) {
    return new HttpFault(
        s.text("method"),
        s.parsed("path", Pattern::compile, "a regular expression").orElse(Pattern.compile(".*")),
        s.parsed("query", Pattern::compile, "a regular expression"),
        s.integer("after", 0),
        s.integer("times", Integer.MAX_VALUE),
        effect(s));
  }

  private static HttpFault.Effect effect(Section s) {
    if (s.has("status")) {
      return new HttpFault.Answer(
          s.integer("status", 500), s.text("reason"), s.text("message"), s.duration("retryAfter"));
    }
    if (s.has("delay")) {
      return new HttpFault.Delay(s.duration("delay").orElseThrow());
    }
    if (s.has("drop")) {
      return new HttpFault.Drop(s.required("drop").equals("afterHandling"));
    }
    if (s.flag("hang")) {
      return new HttpFault.Hang();
    }
    if (s.has("hugeLog")) {
      long bytes =
          s.parsed("hugeLog", t -> Quantity.parse(t).longValue(), "a quantity like `100Mi`")
              .orElseThrow();
      return new HttpFault.HugeLog(bytes, s.integer("lineBytes", 120));
    }
    throw s.error("expected one of `status`, `delay`, `drop`, `hang`, `hugeLog`");
  }

  private ResourceType customResource(Section s) {
    return new ResourceType(
        s.required("group"),
        s.required("version"),
        s.required("kind"),
        s.required("plural"),
        !s.text("scope", "Namespaced").equals("Cluster"),
        List.of(),
        List.of("status"));
  }

  private ObjectNode object(Node node) {
    JsonNode tree =
        Json.tree(new StandardConstructor(SETTINGS).constructSingleDocument(Optional.of(node)));
    if (tree instanceof ObjectNode object && object.has("apiVersion") && object.has("kind")) {
      return object;
    }
    throw new ScenarioException(
        source, Section.line(node), "expected an object with `apiVersion` and `kind`");
  }
}
