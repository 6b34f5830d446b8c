package io.byteport.sim.kubernetes.scenario;

/** A Service in front of the pods of one workload. */
public record ServiceSpec(
    String name, String namespace, String workload, int port, int targetPort) {}
