package io.byteport.adapter.kubernetes.change;

import io.byteport.adapter.kubernetes.api.ClusterApi;
import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Kubectl;
import io.byteport.adapter.kubernetes.mapping.ProbeMapper;
import io.byteport.adapter.kubernetes.mapping.WorkloadState;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.WorkloadRef;
import io.byteport.adapter.kubernetes.read.WorkloadReader;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.fabric8.kubernetes.api.model.Container;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code kubectl.setProbe}: sets fields of one of a container's probes in the template of a
 * workload.
 */
public record SetProbe(Clusters clusters)
    implements Action.Change<SetProbe.Input, SetProbe.Output> {
  private static final String UID = "uid";

  /** Which probe. */
  public enum Which {
    LIVENESS,
    READINESS,
    STARTUP;

    String field() {
      return switch (this) {
        case LIVENESS -> "livenessProbe";
        case READINESS -> "readinessProbe";
        case STARTUP -> "startupProbe";
      };
    }

    io.fabric8.kubernetes.api.model.@Nullable Probe of(Container container) {
      return switch (this) {
        case LIVENESS -> container.getLivenessProbe();
        case READINESS -> container.getReadinessProbe();
        case STARTUP -> container.getStartupProbe();
      };
    }
  }

  /**
   * What {@code kubectl.setProbe} takes.
   *
   * @param initialDelay in whole seconds; null to leave it as it is
   * @param failureThreshold null to leave it as it is
   */
  public record Input(
      WorkloadRef workload,
      String container,
      Which probe,
      @Nullable Duration initialDelay,
      @Nullable Integer failureThreshold,
      @Nullable Cluster cluster) {
    public Input {
      if (initialDelay == null && failureThreshold == null) {
        throw new IllegalArgumentException(
            "neither an initial delay nor a failure threshold is given");
      }
      if (initialDelay != null && initialDelay.isNegative()) {
        throw new IllegalArgumentException("the initial delay is negative");
      }
      if (failureThreshold != null && failureThreshold < 1) {
        throw new IllegalArgumentException("the failure threshold is less than 1");
      }
    }

    /** The fields to set, as the API names them. A started second counts as a whole one. */
    Map<String, Object> fields() {
      Map<String, Object> fields = new LinkedHashMap<>();
      if (initialDelay != null) {
        fields.put("initialDelaySeconds", initialDelay.plusNanos(999_999_999).toSeconds());
      }
      if (failureThreshold != null) {
        fields.put("failureThreshold", failureThreshold);
      }
      return fields;
    }
  }

  /** What {@code kubectl.setProbe} returns. */
  public record Output(
      io.byteport.adapter.kubernetes.model.Probe from,
      io.byteport.adapter.kubernetes.model.Probe to) {}

  @Override
  public String name() {
    return "kubectl.setProbe";
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
    container.put(input.probe().field(), input.fields());
    return Kubectl.on(clusters, ref.cluster(), input.cluster())
        .add("patch")
        .object(ref.kind().word(), ref.name())
        .in(ref.namespace())
        .patch("strategic", TemplateEdit.inTemplate(Map.of("containers", List.of(container))))
        .words();
  }

  @Override
  public StructValue prepare(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    ClusterApi api = clusters.choose(input.workload().cluster(), input.cluster()).api();
    WorkloadState workload = workload(api, input, deadline);
    TemplateEdit.checkKind(workload);
    if (!to(workload, input).equals(from(workload, input))) {
      edit(workload, input).send(api, true, deadline);
    }
    return StructValue.EMPTY.with(UID, Value.of(workload.uid()));
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
    Output output = new Output(from(workload, input), to(workload, input));
    if (output.from().equals(output.to())) {
      return new Changed<>(output, false);
    }
    edit(workload, input).send(api, false, deadline);
    return new Changed<>(output, true);
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
    return from(workload, input).equals(to(workload, input)) ? Probe.TOOK_EFFECT : Probe.NOT_DONE;
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

  private static TemplateEdit edit(WorkloadState workload, Input input) {
    return new TemplateEdit(
        workload, input.container(), Map.of(input.probe().field(), input.fields()), Map.of());
  }

  private static io.byteport.adapter.kubernetes.model.Probe from(
      WorkloadState workload, Input input) throws ActionException {
    Container container = TemplateEdit.container(workload, input.container());
    io.byteport.adapter.kubernetes.model.@Nullable Probe probe =
        ProbeMapper.map(input.probe().of(container));
    if (probe == null) {
      throw ActionException.refused(
          FailureKind.INVALID,
          "the container `"
              + input.container()
              + "` of "
              + workload
              + " has no "
              + input.probe().field());
    }
    return probe;
  }

  private static io.byteport.adapter.kubernetes.model.Probe to(WorkloadState workload, Input input)
      throws ActionException {
    io.byteport.adapter.kubernetes.model.Probe from = from(workload, input);
    Object delay = input.fields().get("initialDelaySeconds");
    return new io.byteport.adapter.kubernetes.model.Probe(
        delay instanceof Long seconds ? Duration.ofSeconds(seconds) : from.initialDelay(),
        from.period(),
        from.timeout(),
        input.failureThreshold() == null ? from.failureThreshold() : input.failureThreshold());
  }
}
