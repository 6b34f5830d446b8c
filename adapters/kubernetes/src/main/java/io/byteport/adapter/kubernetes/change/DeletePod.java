package io.byteport.adapter.kubernetes.change;

import io.byteport.adapter.kubernetes.api.ClusterApi;
import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Kubectl;
import io.byteport.adapter.kubernetes.api.Resource;
import io.byteport.adapter.kubernetes.mapping.PodMapper;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.PodPhase;
import io.byteport.adapter.kubernetes.model.PodRef;
import io.byteport.adapter.kubernetes.model.Probe;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code kubectl.deletePod}: deletes one pod with its own grace period, never by force. The server
 * does it only to the very pod that was looked at and, where a phase is asked for, only as long as
 * nothing of it has changed.
 */
public record DeletePod(Clusters clusters)
    implements Action.Change<DeletePod.Input, Action.Nothing> {
  private static final String STATIC = "kubernetes.io/config.mirror";

  /**
   * What {@code kubectl.deletePod} takes.
   *
   * @param onlyPhase null for any
   */
  public record Input(PodRef pod, @Nullable PodPhase onlyPhase, @Nullable Cluster cluster) {}

  @Override
  public String name() {
    return "kubectl.deletePod";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<Nothing> outputType() {
    return Nothing.class;
  }

  @Override
  public List<String> command(Input input) {
    return Kubectl.on(clusters, input.pod().cluster(), input.cluster())
        .add("delete")
        .object("pod", input.pod().name())
        .in(input.pod().namespace())
        .words();
  }

  @Override
  public StructValue prepare(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    ClusterApi api = clusters.choose(input.pod().cluster(), input.cluster()).api();
    Pod pod =
        api.get(Resource.PODS, input.pod().namespace(), input.pod().name(), Pod.class, deadline);
    if (PodMapper.annotations(pod).containsKey(STATIC)) {
      throw ActionException.refused(
          FailureKind.REFUSED,
          name(pod) + " is a static pod of its node, which would show it again at once");
    }
    if (!isGoing(pod)) {
      checkPhase(pod, input);
      send(api, pod, input, true, deadline);
    }
    return Identity.of(PodMapper.uid(pod));
  }

  @Override
  public Changed<Nothing> change(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    ClusterApi api = clusters.choose(input.pod().cluster(), input.cluster()).api();
    Optional<Pod> pod = find(api, input, deadline);
    if (pod.isEmpty() || !Identity.isSame(memo, PodMapper.uid(pod.get())) || isGoing(pod.get())) {
      return new Changed<>(new Nothing(), false);
    }
    checkPhase(pod.get(), input);
    send(api, pod.get(), input, false, deadline);
    return new Changed<>(new Nothing(), true);
  }

  @Override
  public Probe probe(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    ClusterApi api = clusters.choose(input.pod().cluster(), input.cluster()).api();
    Optional<Pod> pod = find(api, input, deadline);
    return pod.isEmpty() || !Identity.isSame(memo, PodMapper.uid(pod.get())) || isGoing(pod.get())
        ? Probe.TOOK_EFFECT
        : Probe.NOT_DONE;
  }

  @Override
  public boolean repeatable() {
    return true;
  }

  private static Optional<Pod> find(ClusterApi api, Input input, Deadline deadline)
      throws ActionException, InterruptedException {
    return api.find(
        Resource.PODS, input.pod().namespace(), input.pod().name(), Pod.class, deadline);
  }

  private static boolean isGoing(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() != null;
  }

  private static void checkPhase(Pod pod, Input input) throws ActionException {
    PodPhase phase = PodMapper.phase(pod);
    if (input.onlyPhase() != null && input.onlyPhase() != phase) {
      throw ActionException.refused(
          FailureKind.CONFLICT,
          name(pod) + " is " + phase.word() + ", not " + input.onlyPhase().word());
    }
  }

  private static void send(
      ClusterApi api, Pod pod, Input input, boolean rehearse, Deadline deadline)
      throws ActionException, InterruptedException {
    api.changes()
        .deletePod(
            input.pod().namespace(),
            input.pod().name(),
            PodMapper.uid(pod),
            input.onlyPhase() == null ? null : pod.getMetadata().getResourceVersion(),
            rehearse,
            deadline);
  }

  private static String name(Pod pod) {
    return "Pod " + pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
  }
}
