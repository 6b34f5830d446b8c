package io.byteport.sim.kubernetes.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The kinds of objects that one simulated API server knows; immutable. */
public final class ResourceCatalogue {
  public static final ResourceType PODS =
      core("Pod", "pods", true, "po", List.of("status", "log", "eviction", "resize"));
  public static final ResourceType NODES = core("Node", "nodes", false, "no", List.of("status"));
  public static final ResourceType NAMESPACES =
      core("Namespace", "namespaces", false, "ns", List.of("status"));
  public static final ResourceType SERVICES =
      core("Service", "services", true, "svc", List.of("status"));
  public static final ResourceType ENDPOINTS =
      core("Endpoints", "endpoints", true, "ep", List.of());
  public static final ResourceType EVENTS = core("Event", "events", true, "ev", List.of());
  public static final ResourceType CONFIG_MAPS =
      core("ConfigMap", "configmaps", true, "cm", List.of());
  public static final ResourceType SECRETS = core("Secret", "secrets", true, "", List.of());
  public static final ResourceType DEPLOYMENTS =
      of("apps", "v1", "Deployment", "deployments", "deploy", List.of("status", "scale"));
  public static final ResourceType REPLICA_SETS =
      of("apps", "v1", "ReplicaSet", "replicasets", "rs", List.of("status", "scale"));
  public static final ResourceType STATEFUL_SETS =
      of("apps", "v1", "StatefulSet", "statefulsets", "sts", List.of("status", "scale"));
  public static final ResourceType DAEMON_SETS =
      of("apps", "v1", "DaemonSet", "daemonsets", "ds", List.of("status"));
  public static final ResourceType CONTROLLER_REVISIONS =
      of("apps", "v1", "ControllerRevision", "controllerrevisions", "", List.of());
  public static final ResourceType DISRUPTION_BUDGETS =
      of("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets", "pdb", List.of("status"));
  public static final ResourceType ENDPOINT_SLICES =
      of("discovery.k8s.io", "v1", "EndpointSlice", "endpointslices", "", List.of());

  public static final ResourceType AUTOSCALERS =
      of(
          "autoscaling",
          "v2",
          "HorizontalPodAutoscaler",
          "horizontalpodautoscalers",
          "hpa",
          List.of("status"));
  public static final ResourceType ROLE_BINDINGS = access("RoleBinding", "rolebindings", true);
  public static final ResourceType CLUSTER_ROLE_BINDINGS =
      access("ClusterRoleBinding", "clusterrolebindings", false);
  public static final ResourceType ROLES = access("Role", "roles", true);
  public static final ResourceType CLUSTER_ROLES = access("ClusterRole", "clusterroles", false);
  public static final ResourceType POD_METRICS =
      new ResourceType(
          "metrics.k8s.io", "v1beta1", "PodMetrics", "pods", true, List.of(), List.of());
  public static final ResourceType NODE_METRICS =
      new ResourceType(
          "metrics.k8s.io", "v1beta1", "NodeMetrics", "nodes", false, List.of(), List.of());

  private static final List<ResourceType> BUILT_IN =
      List.of(
          PODS,
          NODES,
          NAMESPACES,
          SERVICES,
          ENDPOINTS,
          EVENTS,
          CONFIG_MAPS,
          SECRETS,
          core("PersistentVolumeClaim", "persistentvolumeclaims", true, "pvc", List.of("status")),
          core("PersistentVolume", "persistentvolumes", false, "pv", List.of("status")),
          core("ServiceAccount", "serviceaccounts", true, "sa", List.of()),
          core("LimitRange", "limitranges", true, "limits", List.of()),
          core("ResourceQuota", "resourcequotas", true, "quota", List.of("status")),
          DEPLOYMENTS,
          REPLICA_SETS,
          STATEFUL_SETS,
          DAEMON_SETS,
          CONTROLLER_REVISIONS,
          of("batch", "v1", "Job", "jobs", "", List.of("status")),
          of("batch", "v1", "CronJob", "cronjobs", "cj", List.of("status")),
          DISRUPTION_BUDGETS,
          ENDPOINT_SLICES,
          AUTOSCALERS,
          of("networking.k8s.io", "v1", "Ingress", "ingresses", "ing", List.of("status")),
          of("coordination.k8s.io", "v1", "Lease", "leases", "", List.of()),
          ROLES,
          ROLE_BINDINGS,
          CLUSTER_ROLES,
          CLUSTER_ROLE_BINDINGS,
          new ResourceType(
              "scheduling.k8s.io",
              "v1",
              "PriorityClass",
              "priorityclasses",
              false,
              List.of("pc"),
              List.of()),
          new ResourceType(
              "storage.k8s.io",
              "v1",
              "StorageClass",
              "storageclasses",
              false,
              List.of("sc"),
              List.of()));

  private final List<ResourceType> types;

  /**
   * The built-in kinds and these custom ones.
   *
   * @param measured whether there is a metrics API
   */
  public ResourceCatalogue(List<ResourceType> custom, boolean measured) {
    List<ResourceType> all = new ArrayList<>(BUILT_IN);
    if (measured) {
      all.add(POD_METRICS);
      all.add(NODE_METRICS);
    }
    all.addAll(custom);
    types = List.copyOf(all);
  }

  /** All kinds, the built-in ones first. */
  public List<ResourceType> types() {
    return types;
  }

  /** The kind that a path names. */
  public Optional<ResourceType> byPlural(String group, String version, String plural) {
    return types.stream()
        .filter(
            t ->
                t.group().equals(group) && t.version().equals(version) && t.plural().equals(plural))
        .findFirst();
  }

  /** The kind that an object's {@code apiVersion} and {@code kind} name. */
  public Optional<ResourceType> byKind(String apiVersion, String kind) {
    return types.stream()
        .filter(t -> t.apiVersion().equals(apiVersion) && t.kind().equals(kind))
        .findFirst();
  }

  private static ResourceType access(String kind, String plural, boolean namespaced) {
    return new ResourceType(
        "rbac.authorization.k8s.io", "v1", kind, plural, namespaced, List.of(), List.of());
  }

  private static ResourceType core(
      String kind, String plural, boolean namespaced, String shortName, List<String> subresources) {
    return new ResourceType(
        "", "v1", kind, plural, namespaced, shortNames(shortName), subresources);
  }

  private static ResourceType of(
      String group,
      String version,
      String kind,
      String plural,
      String shortName,
      List<String> subresources) {
    return new ResourceType(
        group, version, kind, plural, true, shortNames(shortName), subresources);
  }

  private static List<String> shortNames(String shortName) {
    return shortName.isEmpty() ? List.of() : List.of(shortName);
  }
}
