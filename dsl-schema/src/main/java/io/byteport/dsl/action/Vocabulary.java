package io.byteport.dsl.action;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The resources and verbs that exist. A resource of the Kubernetes API is written bare ({@code
 * pods}), which means it in every group that has it, or with its group ({@code
 * pods.metrics.k8s.io}); any other as the catalogue writes it ({@code sql/sessions}).
 *
 * @param groups names of resources by API group; the group {@code core} is left out in writing
 * @param operations verbs by resource, for resources outside the API
 */
public record Vocabulary(Map<String, List<String>> groups, Map<String, List<String>> operations) {
  /** The verbs of the Kubernetes API. */
  public static final List<String> API_VERBS =
      List.of("get", "list", "watch", "create", "update", "patch", "delete");

  private static final String CORE = "core";

  public boolean hasResource(String resource) {
    return operations.containsKey(resource) || isApi(resource);
  }

  private boolean isApi(String resource) {
    return groups.values().stream().anyMatch(names -> names.contains(resource))
        || groups.entrySet().stream()
            .anyMatch(
                group ->
                    group.getValue().stream()
                        .anyMatch(name -> qualified(name, group.getKey()).equals(resource)));
  }

  private static String qualified(String name, String group) {
    return group.equals(CORE) ? name : name + "." + group;
  }

  /** The verbs that a resource knows; empty where there is no such resource. */
  public List<String> verbs(String resource) {
    Set<String> verbs = new LinkedHashSet<>(operations.getOrDefault(resource, List.of()));
    if (isApi(resource)) {
      verbs.addAll(API_VERBS);
    }
    return List.copyOf(verbs);
  }

  /** Every resource that may be written, for suggestions. */
  public List<String> resources() {
    Set<String> all = new LinkedHashSet<>();
    groups.forEach(
        (group, names) ->
            names.forEach(
                name -> {
                  all.add(name);
                  all.add(qualified(name, group));
                }));
    all.addAll(operations.keySet());
    return new ArrayList<>(all);
  }

  /**
   * Whether a resource that is forbidden covers one that an action needs: the same, or the bare
   * name of it.
   *
   * @param forbidden as the guardrail writes it
   * @param needed as the action's description writes it
   */
  public boolean covers(String forbidden, String needed) {
    if (forbidden.equals(needed)) {
      return true;
    }
    return groups.entrySet().stream()
        .anyMatch(
            group ->
                group.getValue().contains(forbidden)
                    && qualified(forbidden, group.getKey()).equals(needed));
  }

  /**
   * The resource of a kind, with its group where that is the only one that has it: {@code
   * deployments.apps} for {@code Deployment}, {@code pods} for {@code Pod}.
   */
  public String resource(String kind) {
    String plural = plural(kind);
    List<String> having =
        groups.entrySet().stream()
            .filter(group -> group.getValue().contains(plural))
            .map(Map.Entry::getKey)
            .toList();
    return having.size() == 1 ? qualified(plural, having.getFirst()) : plural;
  }

  /** The name of a kind's objects, as an API writes it: {@code policies} for {@code Policy}. */
  static String plural(String kind) {
    String word = kind.toLowerCase(Locale.ROOT);
    if (word.endsWith("s") || word.endsWith("x") || word.endsWith("ch")) {
      return word + "es";
    }
    return word.endsWith("y")
            && word.length() > 1
            && "aeiou".indexOf(word.charAt(word.length() - 2)) < 0
        ? word.substring(0, word.length() - 1) + "ies"
        : word + "s";
  }
}
