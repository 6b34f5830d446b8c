package io.byteport.adapter.kubernetes.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A kind of object of the API, and where it is found.
 *
 * @param group empty for the core group
 * @param plural the name in addresses and in RBAC, such as {@code deployments}
 */
public record Resource(
    String group, String version, String kind, String plural, boolean namespaced) {
  public static final Resource PODS = new Resource("", "v1", "Pod", "pods", true);

  /** All pods, in namespaces granted or not: for sums, in which no object shows. */
  public static final Resource PODS_EVERYWHERE = new Resource("", "v1", "Pod", "pods", false);

  public static final Resource NODES = new Resource("", "v1", "Node", "nodes", false);
  public static final Resource NAMESPACES =
      new Resource("", "v1", "Namespace", "namespaces", false);
  public static final Resource EVENTS = new Resource("", "v1", "Event", "events", true);
  public static final Resource CONFIG_MAPS =
      new Resource("", "v1", "ConfigMap", "configmaps", true);
  public static final Resource SECRETS = new Resource("", "v1", "Secret", "secrets", true);
  public static final Resource DEPLOYMENTS =
      new Resource("apps", "v1", "Deployment", "deployments", true);
  public static final Resource REPLICA_SETS =
      new Resource("apps", "v1", "ReplicaSet", "replicasets", true);
  public static final Resource STATEFUL_SETS =
      new Resource("apps", "v1", "StatefulSet", "statefulsets", true);
  public static final Resource DAEMON_SETS =
      new Resource("apps", "v1", "DaemonSet", "daemonsets", true);
  public static final Resource CONTROLLER_REVISIONS =
      new Resource("apps", "v1", "ControllerRevision", "controllerrevisions", true);
  public static final Resource JOBS = new Resource("batch", "v1", "Job", "jobs", true);
  public static final Resource ENDPOINT_SLICES =
      new Resource("discovery.k8s.io", "v1", "EndpointSlice", "endpointslices", true);
  public static final Resource POD_METRICS =
      new Resource("metrics.k8s.io", "v1beta1", "PodMetrics", "pods", true);
  public static final Resource NODE_METRICS =
      new Resource("metrics.k8s.io", "v1beta1", "NodeMetrics", "nodes", false);
  public static final Resource SERVICES = new Resource("", "v1", "Service", "services", true);
  public static final Resource CLAIMS =
      new Resource("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims", true);
  public static final Resource VOLUMES =
      new Resource("", "v1", "PersistentVolume", "persistentvolumes", false);
  public static final Resource AUTOSCALERS =
      new Resource(
          "autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers", true);
  public static final Resource BUDGETS =
      new Resource("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets", true);
  public static final Resource PRIORITY_CLASSES =
      new Resource("scheduling.k8s.io", "v1", "PriorityClass", "priorityclasses", false);
  public static final Resource CERTIFICATES =
      new Resource("cert-manager.io", "v1", "Certificate", "certificates", true);

  private static final List<Resource> KNOWN =
      List.of(
          PODS,
          NODES,
          NAMESPACES,
          CONFIG_MAPS,
          SECRETS,
          DEPLOYMENTS,
          REPLICA_SETS,
          STATEFUL_SETS,
          DAEMON_SETS,
          JOBS,
          new Resource("batch", "v1", "CronJob", "cronjobs", true),
          SERVICES,
          CLAIMS,
          VOLUMES,
          AUTOSCALERS,
          BUDGETS,
          PRIORITY_CLASSES,
          new Resource("networking.k8s.io", "v1", "Ingress", "ingresses", true));

  /** The kinds that need no asking; empty for any other. */
  public static Optional<Resource> ofKind(String kind) {
    return KNOWN.stream().filter(resource -> resource.kind.equals(kind)).findFirst();
  }

  /** As RBAC and people write it: {@code deployments.apps}. */
  public String qualified() {
    return group.isEmpty() ? plural : plural + "." + group;
  }

  /** Where all objects are, or those of a namespace. */
  String path(@Nullable String namespace) {
    String root = group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
    return root
        + (namespaced && namespace != null ? "/namespaces/" + segment(namespace) : "")
        + "/"
        + plural;
  }

  /** Where one object is, or a part of it such as {@code log}. */
  String path(@Nullable String namespace, String name, @Nullable String part) {
    return path(namespace) + "/" + segment(name) + (part == null ? "" : "/" + part);
  }

  private static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
