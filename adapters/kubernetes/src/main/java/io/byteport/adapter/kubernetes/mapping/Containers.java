package io.byteport.adapter.kubernetes.mapping;

import io.byteport.adapter.kubernetes.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The containers of a pod, and which of them an incident is about. */
public final class Containers {

  private Containers() {}

  /** Those of the pod in declared order, then its init containers. */
  static List<Container> of(Pod pod) {
    PodStatus status = pod.getStatus();
    Map<String, ContainerStatus> statuses = new HashMap<>();
    if (status != null) {
      status.getInitContainerStatuses().forEach(one -> statuses.put(one.getName(), one));
      status.getContainerStatuses().forEach(one -> statuses.put(one.getName(), one));
    }
    return declared(pod.getSpec()).stream()
        .map(container -> map(container, statuses.get(container.getName())))
        .toList();
  }

  static List<io.fabric8.kubernetes.api.model.Container> declared(PodSpec spec) {
    List<io.fabric8.kubernetes.api.model.Container> all = new ArrayList<>(spec.getContainers());
    all.addAll(spec.getInitContainers());
    return all;
  }

  /** The declared container of that name, or empty. */
  public static Optional<io.fabric8.kubernetes.api.model.Container> declared(
      PodSpec spec, String name) {
    return declared(spec).stream().filter(one -> one.getName().equals(name)).findFirst();
  }

  /**
   * The one asked for; else the one that waits, else the one with most restarts. Of several that
   * wait, the one with most restarts; of equals, the first.
   *
   * @return empty where the one asked for is not among them
   */
  static Optional<Container> choose(List<Container> containers, @Nullable String wanted) {
    if (wanted != null) {
      return containers.stream().filter(one -> one.name().equals(wanted)).findFirst();
    }
    return containers.stream()
        .min(
            Comparator.comparing((Container one) -> one.waitingReason() == null)
                .thenComparing(Comparator.comparingInt(Container::restarts).reversed()));
  }

  private static Container map(
      io.fabric8.kubernetes.api.model.Container spec, @Nullable ContainerStatus status) {
    ContainerState state = status == null ? null : status.getState();
    ContainerState last = status == null ? null : status.getLastState();
    ContainerStateTerminated ended = terminated(state, last);
    return new Container(
        spec.getName(),
        spec.getImage() == null ? "" : spec.getImage(),
        status != null && Boolean.TRUE.equals(status.getReady()),
        status == null || status.getRestartCount() == null ? 0 : status.getRestartCount(),
        waitingReason(state),
        ended == null ? null : ended.getReason(),
        ended == null ? null : ended.getExitCode(),
        startedAt(state, last),
        ProbeMapper.map(spec.getLivenessProbe()),
        ProbeMapper.map(spec.getReadinessProbe()));
  }

  private static @Nullable String waitingReason(@Nullable ContainerState state) {
    return state == null || state.getWaiting() == null ? null : state.getWaiting().getReason();
  }

  private static @Nullable ContainerStateTerminated terminated(
      @Nullable ContainerState state, @Nullable ContainerState last) {
    if (state != null && state.getTerminated() != null) {
      return state.getTerminated();
    }
    return last == null ? null : last.getTerminated();
  }

  private static @Nullable Instant startedAt(
      @Nullable ContainerState state, @Nullable ContainerState last) {
    if (state != null && state.getRunning() != null) {
      return Times.parse(state.getRunning().getStartedAt());
    }
    ContainerStateTerminated ended = terminated(state, last);
    return ended == null ? null : Times.parse(ended.getStartedAt());
  }
}
