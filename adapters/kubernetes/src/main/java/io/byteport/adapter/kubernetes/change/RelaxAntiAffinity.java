package io.byteport.adapter.kubernetes.change;

import io.byteport.adapter.kubernetes.api.ClusterApi;
import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Kubectl;
import io.byteport.adapter.kubernetes.api.Patch;
import io.byteport.adapter.kubernetes.mapping.RolloutMapper;
import io.byteport.adapter.kubernetes.mapping.TemplateRevision;
import io.byteport.adapter.kubernetes.mapping.Templates;
import io.byteport.adapter.kubernetes.mapping.WorkloadState;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.Probe;
import io.byteport.adapter.kubernetes.model.WorkloadRef;
import io.byteport.adapter.kubernetes.read.WorkloadReader;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.PodAffinityTerm;
import io.fabric8.kubernetes.api.model.PodAntiAffinity;
import io.fabric8.kubernetes.api.model.WeightedPodAffinityTerm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code kubectl.relaxAntiAffinity}: turns the required pod anti-affinity rules of a workload into
 * preferred ones of weight 100. The way back is the revision before.
 */
public record RelaxAntiAffinity(Clusters clusters)
    implements Action.Change<RelaxAntiAffinity.Input, RelaxAntiAffinity.Output> {
  private static final String FROM = "fromRevision";
  private static final String BEFORE = "before";
  private static final String PATH = "/spec/template/spec/affinity/podAntiAffinity";
  private static final int HEAVIEST = 100;

  /** What {@code kubectl.relaxAntiAffinity} takes. */
  public record Input(WorkloadRef workload, @Nullable Cluster cluster) {}

  /**
   * What {@code kubectl.relaxAntiAffinity} returns.
   *
   * @param fromRevision the one to go back to
   * @param toRevision the number that the cluster gives to the changed template
   */
  public record Output(int fromRevision, int toRevision) {}

  @Override
  public String name() {
    return "kubectl.relaxAntiAffinity";
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
    return Kubectl.on(clusters, ref.cluster(), input.cluster())
        .add("edit")
        .object(ref.kind().word(), ref.name())
        .in(ref.namespace())
        .words();
  }

  @Override
  public StructValue prepare(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    ClusterApi api = clusters.choose(input.workload().cluster(), input.cluster()).api();
    Look look = look(api, input, deadline);
    if (!look.required().isEmpty()) {
      send(api, look, true, deadline);
    }
    return Identity.of(look.workload().uid())
        .with(BEFORE, Value.of(Templates.fingerprint(look.workload().template())))
        .with(FROM, Value.of((double) look.current()));
  }

  @Override
  public Changed<Output> change(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    ClusterApi api = clusters.choose(input.workload().cluster(), input.cluster()).api();
    Look look = look(api, input, deadline);
    Identity.check(memo, look.workload().uid(), look.workload());
    if (look.required().isEmpty()) {
      return new Changed<>(new Output(look.current(), look.current()), false);
    }
    if (!Value.of(Templates.fingerprint(look.workload().template())).equals(memo.get(BEFORE))) {
      throw ActionException.refused(
          FailureKind.CONFLICT, look.workload() + " has been changed by somebody else meanwhile");
    }
    send(api, look, false, deadline);
    return new Changed<>(new Output(look.current(), look.newest() + 1), true);
  }

  @Override
  public Probe probe(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    ClusterApi api = clusters.choose(input.workload().cluster(), input.cluster()).api();
    WorkloadState workload = workload(api, input, deadline);
    if (!Identity.isSame(memo, workload.uid())) {
      return Probe.UNKNOWN;
    }
    if (required(workload).isEmpty()) {
      return Probe.TOOK_EFFECT;
    }
    return Value.of(Templates.fingerprint(workload.template())).equals(memo.get(BEFORE))
        ? Probe.NOT_DONE
        : Probe.UNKNOWN;
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

  /** A workload, the number of its current revision, the highest number, and the rules. */
  private record Look(
      WorkloadState workload, int current, int newest, List<PodAffinityTerm> required) {}

  private static Look look(ClusterApi api, Input input, Deadline deadline)
      throws ActionException, InterruptedException {
    WorkloadState workload = workload(api, input, deadline);
    TemplateEdit.checkKind(workload);
    List<TemplateRevision> revisions = new WorkloadReader(api, deadline).revisions(workload);
    int newest = revisions.stream().mapToInt(TemplateRevision::number).max().orElse(0);
    int current =
        RolloutMapper.current(workload, revisions)
            .map(TemplateRevision::number)
            .orElseThrow(
                () ->
                    ActionException.refused(
                        FailureKind.CONFLICT,
                        "the newest template of " + workload + " has no revision yet"));
    return new Look(workload, current, newest, required(workload));
  }

  private static List<PodAffinityTerm> required(WorkloadState workload) {
    @Nullable PodAntiAffinity rules = rules(workload);
    return rules == null ? List.of() : rules.getRequiredDuringSchedulingIgnoredDuringExecution();
  }

  private static @Nullable PodAntiAffinity rules(WorkloadState workload) {
    Affinity affinity = workload.template().getSpec().getAffinity();
    return affinity == null ? null : affinity.getPodAntiAffinity();
  }

  /** The server does it only if nobody has changed the workload since it was read. */
  private static void send(ClusterApi api, Look look, boolean rehearse, Deadline deadline)
      throws ActionException, InterruptedException {
    WorkloadState workload = look.workload();
    List<WeightedPodAffinityTerm> preferred = new ArrayList<>();
    @Nullable PodAntiAffinity rules = rules(workload);
    if (rules != null) {
      preferred.addAll(rules.getPreferredDuringSchedulingIgnoredDuringExecution());
    }
    look.required().forEach(term -> preferred.add(new WeightedPodAffinityTerm(term, HEAVIEST)));
    api.changes()
        .patch(
            WorkloadReader.resource(workload.kind()),
            workload.metadata().getNamespace(),
            workload.metadata().getName(),
            null,
            Patch.json(
                List.of(
                    Patch.operation("test", "/metadata/uid", workload.uid()),
                    Patch.operation("test", "/metadata/generation", workload.generation()),
                    Patch.operation(
                        "replace",
                        PATH,
                        Map.of("preferredDuringSchedulingIgnoredDuringExecution", preferred)))),
            rehearse,
            GenericKubernetesResource.class,
            deadline);
  }

  private static WorkloadState workload(ClusterApi api, Input input, Deadline deadline)
      throws ActionException, InterruptedException {
    WorkloadRef ref = input.workload();
    return new WorkloadReader(api, deadline).workload(ref.kind(), ref.namespace(), ref.name());
  }
}
