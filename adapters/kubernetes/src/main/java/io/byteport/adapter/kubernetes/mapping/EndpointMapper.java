package io.byteport.adapter.kubernetes.mapping;

import io.byteport.adapter.kubernetes.model.ServiceEndpoint;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditions;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The pods in an EndpointSlice. Those that are shutting down are left out: that they are not ready
 * is meant.
 */
public final class EndpointMapper {
  private static final String SERVICE = "kubernetes.io/service-name";

  private EndpointMapper() {}

  /** By the uid of the pod, or its name where there is none; empty for a slice of no Service. */
  public static Map<String, ServiceEndpoint> map(EndpointSlice slice) {
    Map<String, ServiceEndpoint> endpoints = new LinkedHashMap<>();
    String service = PodMapper.labels(slice).get(SERVICE);
    if (service == null || slice.getEndpoints() == null) {
      return endpoints;
    }
    for (Endpoint endpoint : slice.getEndpoints()) {
      ObjectReference target = endpoint.getTargetRef();
      if (target != null && "Pod".equals(target.getKind()) && !isTerminating(endpoint)) {
        endpoints.put(
            target.getUid() == null ? target.getName() : target.getUid(),
            new ServiceEndpoint(
                slice.getMetadata().getNamespace(), service, target.getName(), isReady(endpoint)));
      }
    }
    return Collections.unmodifiableMap(endpoints);
  }

  /**
   * One pod may stand in several slices, one for each family of addresses; it is ready if it is in
   * all.
   */
  public static ServiceEndpoint merge(ServiceEndpoint first, ServiceEndpoint second) {
    return first.ready() ? second : first;
  }

  private static boolean isReady(Endpoint endpoint) {
    EndpointConditions conditions = endpoint.getConditions();
    return conditions == null || !Boolean.FALSE.equals(conditions.getReady());
  }

  private static boolean isTerminating(Endpoint endpoint) {
    EndpointConditions conditions = endpoint.getConditions();
    return conditions != null && Boolean.TRUE.equals(conditions.getTerminating());
  }
}
