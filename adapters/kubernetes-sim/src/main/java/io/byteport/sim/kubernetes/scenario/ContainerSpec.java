package io.byteport.sim.kubernetes.scenario;

import java.util.List;
import java.util.Optional;

/**
 * A container of a workload's pods; quantities are written as Kubernetes does.
 *
 * @param port what it listens on, 0 for none
 * @param memoryUsed its working set while it runs, as the metrics API tells it
 * @param cpuUsed likewise
 */
public record ContainerSpec(
    String name,
    String image,
    int port,
    Optional<String> memoryLimit,
    Optional<String> memoryRequest,
    Optional<String> cpuLimit,
    Optional<String> cpuRequest,
    Optional<String> memoryUsed,
    Optional<String> cpuUsed,
    Optional<ProbeSpec> livenessProbe,
    Optional<ProbeSpec> readinessProbe,
    Optional<ProbeSpec> startupProbe,
    List<EnvSpec> env) {
  public ContainerSpec {
    env = List.copyOf(env);
  }
}
