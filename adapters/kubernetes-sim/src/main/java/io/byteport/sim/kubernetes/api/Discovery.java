package io.byteport.sim.kubernetes.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.store.Json;
import io.byteport.sim.kubernetes.store.ResourceCatalogue;
import io.byteport.sim.kubernetes.store.ResourceType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the API server says about itself, enough for kubectl to find its way. */
final class Discovery {
  private static final List<String> VERBS =
      List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
  private static final List<String> MEASURED_VERBS = List.of("get", "list");
  private static final Set<String> UNLISTED_GROUPS = Set.of("");

  private final ResourceCatalogue catalogue;

  Discovery(ResourceCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** The answer to a discovery path; empty if it is none. */
  Optional<ObjectNode> answer(String path) {
    String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return switch (trimmed) {
      case "/version" -> Optional.of(version());
      case "/api" -> Optional.of(Json.object("kind", "APIVersions", "versions", Json.array("v1")));
      case "/apis" ->
          Optional.of(
              Json.object(
                  "kind", "APIGroupList", "apiVersion", "v1", "groups", Json.array(groups())));
      default -> answer(List.of(trimmed.substring(Math.min(1, trimmed.length())).split("/")));
    };
  }

  private Optional<ObjectNode> answer(List<String> parts) {
    if (parts.size() == 2 && parts.get(0).equals("api")) {
      return resources("", parts.get(1));
    }
    if (parts.size() == 2 && parts.get(0).equals("apis")) {
      return groups().stream()
          .filter(g -> Json.text(g, "name").equals(parts.get(1)))
          .map(g -> g.put("kind", "APIGroup").put("apiVersion", "v1"))
          .findFirst();
    }
    return parts.size() == 3 && parts.get(0).equals("apis")
        ? resources(parts.get(1), parts.get(2))
        : Optional.empty();
  }

  /** Whether it is told by the metrics API, which nobody writes to. */
  static boolean isMeasured(ResourceType type) {
    return type.group().equals("metrics.k8s.io");
  }

  private static ObjectNode version() {
    return Json.object(
        "major",
        "1",
        "minor",
        "32",
        "gitVersion",
        "v1.32.0-simulated",
        "gitCommit",
        "",
        "gitTreeState",
        "clean",
        "buildDate",
        "2025-01-01T00:00:00Z",
        "goVersion",
        "go1.23",
        "compiler",
        "gc",
        "platform",
        "linux/amd64");
  }

  private List<ObjectNode> groups() {
    Map<String, Set<String>> versions = new LinkedHashMap<>();
    for (ResourceType type : catalogue.types()) {
      if (!UNLISTED_GROUPS.contains(type.group())) {
        versions.computeIfAbsent(type.group(), g -> new LinkedHashSet<>()).add(type.version());
      }
    }
    versions.put(AccessReviews.GROUP, Set.of("v1"));
    List<ObjectNode> groups = new ArrayList<>();
    versions.forEach(
        (group, all) -> {
          ArrayNode list = Json.array();
          all.forEach(v -> list.add(Json.object("groupVersion", group + "/" + v, "version", v)));
          groups.add(Json.object("name", group, "versions", list, "preferredVersion", list.get(0)));
        });
    return groups;
  }

  private Optional<ObjectNode> resources(String group, String version) {
    ArrayNode list = Json.array();
    for (ResourceType type : catalogue.types()) {
      if (type.group().equals(group) && type.version().equals(version)) {
        list.add(
            Json.object(
                "name",
                type.plural(),
                "singularName",
                type.kind().toLowerCase(java.util.Locale.ROOT),
                "namespaced",
                type.namespaced(),
                "kind",
                type.kind(),
                "verbs",
                Json.array(isMeasured(type) ? MEASURED_VERBS : VERBS),
                "shortNames",
                type.shortNames().isEmpty() ? null : Json.array(type.shortNames()),
                "categories",
                isInAll(type) ? Json.array("all") : null));
        type.subresources().forEach(s -> list.add(subresource(type, s)));
      }
    }
    if (group.equals(AccessReviews.GROUP)) {
      list.add(AccessReviews.description());
    }
    return list.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Json.object(
                "kind",
                "APIResourceList",
                "apiVersion",
                "v1",
                "groupVersion",
                group.isEmpty() ? version : group + "/" + version,
                "resources",
                list));
  }

  private static ObjectNode subresource(ResourceType type, String name) {
    ObjectNode entry =
        Json.object(
            "name",
            type.plural() + "/" + name,
            "singularName",
            "",
            "namespaced",
            type.namespaced(),
            "kind",
            type.kind());
    switch (name) {
      case "eviction" -> entry.put("group", "policy").put("version", "v1").put("kind", "Eviction");
      case "scale" -> entry.put("group", "autoscaling").put("version", "v1").put("kind", "Scale");
      default -> {}
    }
    List<String> verbs =
        switch (name) {
          case "log" -> List.of("get");
          case "eviction" -> List.of("create");
          default -> List.of("get", "patch", "update");
        };
    entry.set("verbs", Json.array(verbs));
    return entry;
  }

  private static boolean isInAll(ResourceType type) {
    return List.of("pods", "services", "deployments", "replicasets", "statefulsets", "daemonsets")
        .contains(type.plural());
  }
}
