package io.byteport.adapter.kubernetes.change;

import io.byteport.adapter.kubernetes.api.ClusterApi;
import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Kubectl;
import io.byteport.adapter.kubernetes.mapping.Amounts;
import io.byteport.adapter.kubernetes.mapping.OriginalLimits;
import io.byteport.adapter.kubernetes.mapping.WorkloadState;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.WorkloadKind;
import io.byteport.adapter.kubernetes.model.WorkloadRef;
import io.byteport.adapter.kubernetes.read.WorkloadReader;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Percent;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code kubectl.setMemoryLimit}: sets a container's memory limit in the template of a workload, or
 * on a pod that is its own. It sets what it is told, higher or lower.
 */
public record SetMemoryLimit(Clusters clusters)
    implements Action.Change<SetMemoryLimit.Input, SetMemoryLimit.Output> {
  private static final String FROM = "from";
  private static final String UID = "uid";

  /**
   * What {@code kubectl.setMemoryLimit} takes.
   *
   * @param request null to leave it as it is
   * @param mostOfNode the limit's largest share of what a node that its pods run on can give; null
   *     for any
   */
  public record Input(
      WorkloadRef workload,
      String container,
      DataSize limit,
      @Nullable DataSize request,
      @Nullable Percent mostOfNode,
      @Nullable Cluster cluster) {
    public Input {
      if (limit.bytes() <= 0 || (request != null && request.bytes() <= 0)) {
        throw new IllegalArgumentException("a memory limit is more than nothing");
      }
      if (request != null && request.bytes() > limit.bytes()) {
        throw new IllegalArgumentException("the request is more than the limit");
      }
    }
  }

  /**
   * What {@code kubectl.setMemoryLimit} returns.
   *
   * @param from null where there was no limit
   */
  public record Output(@Nullable DataSize from, DataSize to) {}

  @Override
  public String name() {
    return "kubectl.setMemoryLimit";
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
    WorkloadRef ref = input.workload();
    Map<String, Object> container = new LinkedHashMap<>();
    container.put("name", input.container());
    container.put("resources", resources(input));
    Map<String, Object> spec = Map.of("containers", List.of(container));
    Kubectl command =
        Kubectl.on(clusters, ref.cluster(), input.cluster())
            .add("patch")
            .object(ref.kind().word(), ref.name())
            .in(ref.namespace());
    return ref.kind() == WorkloadKind.POD
        ? command.add("--subresource=resize").patch("strategic", Map.of("spec", spec)).words()
        : command.patch("strategic", TemplateEdit.inTemplate(spec)).words();
  }

  @Override
  public StructValue prepare(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    ClusterApi api = clusters.choose(input.workload().cluster(), input.cluster()).api();
    WorkloadState workload = workload(api, input, deadline);
    @Nullable DataSize from = limit(TemplateEdit.container(workload, input.container()));
    if (!isDone(workload, input)) {
      if (input.mostOfNode() != null) {
        new NodeCeiling(api, input.mostOfNode()).check(workload, input.limit(), deadline);
      }
      send(api, workload, input, true, deadline);
    }
    return StructValue.EMPTY
        .with(UID, Value.of(workload.uid()))
        .with(FROM, from == null ? Value.NULL : Value.of(from));
  }

  @Override
  public Changed<Output> change(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    ClusterApi api = clusters.choose(input.workload().cluster(), input.cluster()).api();
    WorkloadState workload = workload(api, input, deadline);
    if (!Value.of(workload.uid()).equals(memo.get(UID))) {
      throw ActionException.refused(
          FailureKind.CONFLICT, workload + " is not the one that was looked at");
    }
    @Nullable DataSize from = limit(TemplateEdit.container(workload, input.container()));
    if (isDone(workload, input)) {
      return new Changed<>(new Output(from, input.limit()), false);
    }
    if (!(from == null ? Value.NULL : Value.of(from)).equals(memo.get(FROM))) {
      throw ActionException.refused(
          FailureKind.CONFLICT,
          "somebody else has set the memory limit of " + workload + " to " + from);
    }
    send(api, workload, input, false, deadline);
    return new Changed<>(new Output(from, input.limit()), true);
  }

  @Override
  public Probe probe(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    ClusterApi api = clusters.choose(input.workload().cluster(), input.cluster()).api();
    WorkloadState workload = workload(api, input, deadline);
    if (!Value.of(workload.uid()).equals(memo.get(UID))) {
      return Probe.UNKNOWN;
    }
    return isDone(workload, input) ? Probe.TOOK_EFFECT : Probe.NOT_DONE;
  }

  @Override
  public boolean settled(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    return Rollouts.isSettled(clusters, input.workload(), input.cluster(), context);
  }

  @Override
  public Duration settlesWithin(Input input) {
    return Rollouts.DEADLINE;
  }

  @Override
  public boolean repeatable() {
    return true;
  }

  private static WorkloadState workload(ClusterApi api, Input input, Deadline deadline)
      throws ActionException, InterruptedException {
    WorkloadRef ref = input.workload();
    return new WorkloadReader(api, deadline).workload(ref.kind(), ref.namespace(), ref.name());
  }

  private static boolean isDone(WorkloadState workload, Input input) throws ActionException {
    ResourceRequirements resources =
        TemplateEdit.container(workload, input.container()).getResources();
    return resources != null
        && input.limit().equals(Amounts.memory(resources.getLimits()))
        && (input.request() == null
            || input.request().equals(Amounts.memory(resources.getRequests())));
  }

  private static @Nullable DataSize limit(Container container) {
    return container.getResources() == null
        ? null
        : Amounts.memory(container.getResources().getLimits());
  }

  private static void send(
      ClusterApi api, WorkloadState workload, Input input, boolean rehearse, Deadline deadline)
      throws ActionException, InterruptedException {
    Map<String, Object> resources = resources(input);
    Map<String, String> annotations = firstLimit(workload, input.container());
    if (workload.kind() == WorkloadKind.POD) {
      new PodResize(workload, input.container(), resources, annotations)
          .send(api, rehearse, deadline);
      return;
    }
    TemplateEdit.checkKind(workload);
    new TemplateEdit(workload, input.container(), Map.of("resources", resources), annotations)
        .send(api, rehearse, deadline);
  }

  private static Map<String, Object> resources(Input input) {
    Map<String, Object> resources = new LinkedHashMap<>();
    resources.put("limits", Map.of("memory", Amounts.print(input.limit())));
    if (input.request() != null) {
      resources.put("requests", Map.of("memory", Amounts.print(input.request())));
    }
    return resources;
  }

  /**
   * What to write down so that the limit before our first raise stays known; nothing where it is,
   * or there was none.
   */
  private static Map<String, String> firstLimit(WorkloadState workload, String container)
      throws ActionException {
    OriginalLimits known = OriginalLimits.of(workload);
    @Nullable DataSize now = limit(TemplateEdit.container(workload, container));
    return now == null || known.of(container).isPresent()
        ? Map.of()
        : Map.of(OriginalLimits.ANNOTATION, known.remember(container, now).toString());
  }
}
