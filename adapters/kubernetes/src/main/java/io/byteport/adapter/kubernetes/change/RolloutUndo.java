package io.byteport.adapter.kubernetes.change;

import io.byteport.adapter.kubernetes.api.ClusterApi;
import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Kubectl;
import io.byteport.adapter.kubernetes.mapping.RolloutMapper;
import io.byteport.adapter.kubernetes.mapping.TemplateRevision;
import io.byteport.adapter.kubernetes.mapping.Templates;
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
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code kubectl.rolloutUndo}: puts the pod template of an earlier revision back. Since that gives
 * the revision a new number, the intent remembers the template's fingerprint, and a repetition is
 * never harmless.
 */
public record RolloutUndo(Clusters clusters)
    implements Action.Change<RolloutUndo.Input, RolloutUndo.Output> {
  private static final String UID = "uid";
  private static final String BEFORE = "before";
  private static final String AFTER = "after";
  private static final String HASH = "hash";
  private static final String FROM = "fromRevision";

  /** What {@code kubectl.rolloutUndo} takes. */
  public record Input(WorkloadRef workload, int toRevision, @Nullable Cluster cluster) {}

  /** What {@code kubectl.rolloutUndo} returns. */
  public record Output(int fromRevision, int toRevision) {}

  @Override
  public String name() {
    return "kubectl.rolloutUndo";
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
        .add("rollout", "undo", ref.kind().word().toLowerCase(Locale.ROOT) + "/" + ref.name())
        .in(ref.namespace())
        .add("--to-revision=" + input.toRevision())
        .words();
  }

  @Override
  public StructValue prepare(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    ClusterApi api = clusters.choose(input.workload().cluster(), input.cluster()).api();
    Look look = look(api, input, deadline);
    String before = Templates.fingerprint(look.workload().template());
    String after = look.target().fingerprint();
    if (!before.equals(after)) {
      new TemplateReplacement(look.workload(), look.target()).send(api, true, deadline);
    }
    return StructValue.EMPTY
        .with(UID, Value.of(look.workload().uid()))
        .with(BEFORE, Value.of(before))
        .with(AFTER, Value.of(after))
        .with(HASH, Value.of(look.target().hash()))
        .with(FROM, Value.of((double) look.current().number()));
  }

  @Override
  public Changed<Output> change(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    ClusterApi api = clusters.choose(input.workload().cluster(), input.cluster()).api();
    Look look = look(api, input, deadline);
    String now = Templates.fingerprint(look.workload().template());
    Output output = new Output(look.current().number(), input.toRevision());
    if (Value.of(now).equals(memo.get(AFTER))) {
      return new Changed<>(output, false);
    }
    if (!Value.of(now).equals(memo.get(BEFORE))
        || !Value.of(look.workload().uid()).equals(memo.get(UID))
        || !Value.of(look.target().fingerprint()).equals(memo.get(AFTER))) {
      throw ActionException.refused(
          FailureKind.CONFLICT, look.workload() + " has been changed by somebody else meanwhile");
    }
    new TemplateReplacement(look.workload(), look.target()).send(api, false, deadline);
    return new Changed<>(output, true);
  }

  @Override
  public Probe probe(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    ClusterApi api = clusters.choose(input.workload().cluster(), input.cluster()).api();
    WorkloadState workload = workload(api, input, deadline);
    Value now = Value.of(Templates.fingerprint(workload.template()));
    if (!Value.of(workload.uid()).equals(memo.get(UID))) {
      return Probe.UNKNOWN;
    }
    if (now.equals(memo.get(AFTER))) {
      return Probe.TOOK_EFFECT;
    }
    // Any other template than the one before is a third party's; whether ours stood there in
    // between, nobody knows.
    return now.equals(memo.get(BEFORE)) ? Probe.NOT_DONE : Probe.UNKNOWN;
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
    return false;
  }

  /** A workload, the revision that is current, and the one to go back to. */
  private record Look(WorkloadState workload, TemplateRevision current, TemplateRevision target) {}

  private static WorkloadState workload(ClusterApi api, Input input, Deadline deadline)
      throws ActionException, InterruptedException {
    WorkloadRef ref = input.workload();
    return new WorkloadReader(api, deadline).workload(ref.kind(), ref.namespace(), ref.name());
  }

  private static Look look(ClusterApi api, Input input, Deadline deadline)
      throws ActionException, InterruptedException {
    WorkloadState workload = workload(api, input, deadline);
    TemplateEdit.checkKind(workload);
    if (workload.paused()) {
      throw ActionException.refused(
          FailureKind.REFUSED, workload + " is paused; its rollouts are somebody's to resume");
    }
    List<TemplateRevision> revisions = new WorkloadReader(api, deadline).revisions(workload);
    TemplateRevision current =
        RolloutMapper.current(workload, revisions)
            .orElseThrow(
                () ->
                    ActionException.refused(
                        FailureKind.CONFLICT,
                        "the newest template of " + workload + " has no revision yet"));
    TemplateRevision target =
        revisions.stream()
            .filter(one -> one.number() == input.toRevision())
            .findFirst()
            .orElseThrow(
                () ->
                    ActionException.refused(
                        FailureKind.NOT_FOUND,
                        workload
                            + " has no revision "
                            + input.toRevision()
                            + " any more; it has "
                            + revisions.stream()
                                .map(TemplateRevision::number)
                                .sorted(Comparator.reverseOrder())
                                .map(String::valueOf)
                                .collect(Collectors.joining(", "))));
    return new Look(workload, current, target);
  }
}
