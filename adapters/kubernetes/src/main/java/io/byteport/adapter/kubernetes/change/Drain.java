package io.byteport.adapter.kubernetes.change;

import io.byteport.adapter.kubernetes.api.ClusterApi;
import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Kubectl;
import io.byteport.adapter.kubernetes.api.Pause;
import io.byteport.adapter.kubernetes.api.Resource;
import io.byteport.adapter.kubernetes.api.Selection;
import io.byteport.adapter.kubernetes.mapping.DrainPlan;
import io.byteport.adapter.kubernetes.mapping.PodMapper;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.NodeRef;
import io.byteport.adapter.kubernetes.model.PodRef;
import io.byteport.adapter.kubernetes.model.Probe;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code kubectl.drain}: evicts the pods of a node over the eviction API, and waits until they are
 * gone. Nothing is deleted past a disruption budget, and critical pods are left alone. The intent
 * lists the pods; what comes to the node later is not touched.
 *
 * @param pause between two rounds
 */
public record Drain(Clusters clusters, Pause pause)
    implements Action.Change<Drain.Input, Drain.Output> {
  private static final String PODS = "pods";
  private static final String NAMESPACE = "namespace";
  private static final String NAME = "name";
  private static final String UID = "uid";
  private static final String SKIPPED = "skipped";

  /**
   * What {@code kubectl.drain} takes.
   *
   * @param gracePeriod null for each pod's own
   * @param budgetWait how long an eviction that a budget forbids is tried again
   * @param skipWaitForDeleteTimeout how long after its grace period a pod is waited for; null for
   *     as long as there is time
   * @param spare kinds of owners whose pods stay; null for none
   */
  public record Input(
      NodeRef node,
      boolean ignoreDaemonSets,
      boolean deleteEmptyDirData,
      @Nullable Duration gracePeriod,
      Duration budgetWait,
      @Nullable Duration skipWaitForDeleteTimeout,
      @Nullable List<String> spare,
      @Nullable Cluster cluster) {
    public Input {
      spare = spare == null ? null : List.copyOf(spare);
      if (gracePeriod != null && gracePeriod.toSeconds() < 1) {
        throw new IllegalArgumentException(
            "a grace period is a second at least; without any, pods would be killed");
      }
      if (budgetWait.isNegative()) {
        throw new IllegalArgumentException("`budgetWait` is negative");
      }
      if (skipWaitForDeleteTimeout != null && skipWaitForDeleteTimeout.toSeconds() < 1) {
        throw new IllegalArgumentException("`skipWaitForDeleteTimeout` is less than a second");
      }
    }
  }

  /**
   * What {@code kubectl.drain} returns.
   *
   * @param evicted those that were told to go, and are gone or had their time
   * @param skipped mirror and DaemonSet pods, critical pods, the spared
   */
  public record Output(List<PodRef> evicted, List<PodRef> skipped) {
    public Output {
      evicted = List.copyOf(evicted);
      skipped = List.copyOf(skipped);
    }
  }

  @Override
  public String name() {
    return "kubectl.drain";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<Output> outputType() {
    return Output.class;
  }

  @Override
  public List<String> command(Input input) {
    Kubectl command =
        Kubectl.on(clusters, input.node().cluster(), input.cluster())
            .add("drain")
            .named("node", input.node().name());
    if (input.ignoreDaemonSets()) {
      command.add("--ignore-daemonsets");
    }
    if (input.deleteEmptyDirData()) {
      command.add("--delete-emptydir-data");
    }
    if (input.gracePeriod() != null) {
      command.with("--grace-period", String.valueOf(input.gracePeriod().toSeconds()));
    }
    if (input.skipWaitForDeleteTimeout() != null) {
      command.with(
          "--skip-wait-for-delete-timeout",
          String.valueOf(input.skipWaitForDeleteTimeout().toSeconds()));
    }
    return command.add("--disable-eviction=false").words();
  }

  @Override
  public StructValue prepare(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    ClusterApi api = clusters.choose(input.node().cluster(), input.cluster()).api();
    Node node = Schedulability.node(api, input.node(), deadline);
    if (!Schedulability.isClosed(node)) {
      throw ActionException.refused(
          FailureKind.REFUSED,
          "Node "
              + input.node().name()
              + " is not cordoned, and the pods would come back to it; use kubectl.cordon first");
    }
    DrainPlan plan =
        DrainPlan.of(
            pods(api, input, deadline),
            input.ignoreDaemonSets(),
            input.deleteEmptyDirData(),
            input.spare() == null ? Set.of() : Set.copyOf(input.spare()));
    if (!plan.objections().isEmpty()) {
      throw ActionException.refused(FailureKind.REFUSED, String.join("; ", plan.objections()));
    }
    for (Pod pod : plan.leaving()) {
      rehearse(api, pod, input, deadline);
    }
    return Identity.of(PodMapper.uid(node))
        .with(PODS, list(Stream.concat(plan.leaving().stream(), plan.going().stream())))
        .with(SKIPPED, list(plan.staying().stream()));
  }

  /** A refusal is final where nobody wants to wait for the budget. */
  private static void rehearse(ClusterApi api, Pod pod, Input input, Deadline deadline)
      throws ActionException, InterruptedException {
    try {
      api.changes()
          .evict(
              pod.getMetadata().getNamespace(),
              pod.getMetadata().getName(),
              PodMapper.uid(pod),
              input.gracePeriod(),
              true,
              deadline);
    } catch (ActionException e) {
      if (e.kind() != FailureKind.REFUSED || input.budgetWait().isZero()) {
        throw e;
      }
    }
  }

  @Override
  public Changed<Output> change(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    ClusterApi api = clusters.choose(input.node().cluster(), input.cluster()).api();
    Identity.check(
        memo,
        PodMapper.uid(Schedulability.node(api, input.node(), deadline)),
        "Node " + input.node().name());
    List<PodRef> skipped = refs(memo, SKIPPED, input);
    Evictions evictions =
        new Evictions(
            api,
            input.node().name(),
            input.gracePeriod(),
            input.budgetWait(),
            input.skipWaitForDeleteTimeout(),
            pause,
            context);
    List<Evictions.Doomed> evicted = evictions.run(doomed(memo), skipped);
    return new Changed<>(
        new Output(evicted.stream().map(one -> one.ref(input.node().cluster())).toList(), skipped),
        !evicted.isEmpty());
  }

  @Override
  public Probe probe(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    ClusterApi api = clusters.choose(input.node().cluster(), input.cluster()).api();
    List<Evictions.Doomed> doomed = doomed(memo);
    Set<String> there = new HashSet<>();
    for (Pod pod : pods(api, input, deadline)) {
      if (!pod.isMarkedForDeletion()) {
        there.add(PodMapper.uid(pod));
      }
    }
    long left = doomed.stream().filter(one -> there.contains(one.uid())).count();
    if (left == 0) {
      return Probe.TOOK_EFFECT;
    }
    return left == doomed.size() ? Probe.NOT_DONE : Probe.UNKNOWN;
  }

  @Override
  public boolean repeatable() {
    return true;
  }

  private static List<Pod> pods(ClusterApi api, Input input, Deadline deadline)
      throws ActionException, InterruptedException {
    return api.list(
        Resource.PODS_EVERYWHERE,
        null,
        Selection.onNode(input.node().name()),
        PodList.class,
        deadline);
  }

  private static Value list(Stream<Pod> pods) {
    return Value.of(
        pods.<Value>map(
                pod ->
                    StructValue.EMPTY
                        .with(NAMESPACE, Value.of(pod.getMetadata().getNamespace()))
                        .with(NAME, Value.of(pod.getMetadata().getName()))
                        .with(UID, Value.of(PodMapper.uid(pod))))
            .toList());
  }

  private static List<Evictions.Doomed> doomed(StructValue memo) {
    return memo.get(PODS) instanceof Value.ListValue list
        ? list.items().stream()
            .filter(StructValue.class::isInstance)
            .map(StructValue.class::cast)
            .map(one -> new Evictions.Doomed(text(one, NAMESPACE), text(one, NAME), text(one, UID)))
            .toList()
        : List.of();
  }

  private static List<PodRef> refs(StructValue memo, String field, Input input) {
    return memo.get(field) instanceof Value.ListValue list
        ? list.items().stream()
            .filter(StructValue.class::isInstance)
            .map(StructValue.class::cast)
            .map(one -> new PodRef(input.node().cluster(), text(one, NAMESPACE), text(one, NAME)))
            .toList()
        : List.of();
  }

  private static String text(StructValue struct, String field) {
    return struct.get(field) instanceof Value.TextValue text ? text.value() : "";
  }
}
