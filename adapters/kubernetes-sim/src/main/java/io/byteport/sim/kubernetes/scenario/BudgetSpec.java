package io.byteport.sim.kubernetes.scenario;

import java.util.Optional;

/** A PodDisruptionBudget over the pods of one workload; one of the two bounds is given. */
public record BudgetSpec(
    String name,
    String namespace,
    String workload,
    Optional<String> minAvailable,
    Optional<String> maxUnavailable) {}
