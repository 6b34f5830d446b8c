package io.byteport.adapter.kubernetes.rbac;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleRef;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.api.model.rbac.SubjectBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The roles and bindings that allow an account exactly some verbs on some resources, and nothing
 * else: one ClusterRole, or where only some namespaces may be touched a Role in each of them and a
 * ClusterRole for what lies in no namespace.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/rbac/">Using RBAC
 *     authorization</a>
 */
public final class AccessManifest {
  private static final String API = "rbac.authorization.k8s.io";

  /** Resources that lie in no namespace, among those that actions touch. */
  private static final Set<String> CLUSTER_WIDE =
      Set.of(
          "nodes",
          "namespaces",
          "persistentvolumes",
          "priorityclasses.scheduling.k8s.io",
          "storageclasses.storage.k8s.io",
          "nodes.metrics.k8s.io");

  private final String name;
  private final Subject account;

  /** Resources that lie in no namespace, among those that actions touch; sorted. */
  public static Set<String> clusterWide() {
    return new TreeSet<>(CLUSTER_WIDE);
  }

  /** An account of a namespace that is to be allowed something. */
  public record Account(String namespace, String name) {}

  /**
   * @param name of the roles and bindings
   */
  public AccessManifest(String name, Account account) {
    this.name = name;
    this.account =
        new SubjectBuilder()
            .withKind("ServiceAccount")
            .withName(account.name())
            .withNamespace(account.namespace())
            .build();
  }

  /**
   * The manifest, as YAML documents for {@code kubectl apply}.
   *
   * @param verbs by resource, such as {@code deployments.apps}, {@code pods/log} or {@code nodes}
   * @param namespaces that may be touched; all where there are none
   */
  public String yaml(Map<String, Set<String>> verbs, List<String> namespaces) {
    return print(objects(verbs, namespaces));
  }

  /**
   * What allows an account to read some secrets and no other ones, as YAML documents: a Role of the
   * name with {@code -secrets} at its end in each namespace.
   *
   * @param names of secrets by namespace; the empty one is the account's own
   */
  public String secrets(Map<String, Set<String>> names) {
    List<HasMetadata> objects = new ArrayList<>();
    new TreeMap<>(names)
        .forEach(
            (namespace, secrets) ->
                objects.addAll(
                    within(
                        name + "-secrets",
                        namespace.isEmpty() ? account.getNamespace() : namespace,
                        List.of(
                            new PolicyRuleBuilder()
                                .withApiGroups("")
                                .withResources("secrets")
                                .withResourceNames(List.copyOf(new TreeSet<>(secrets)))
                                .withVerbs("get")
                                .build()))));
    return print(objects);
  }

  private static String print(List<HasMetadata> objects) {
    return objects.stream().map(Serialization::asYaml).collect(Collectors.joining());
  }

  private List<HasMetadata> objects(Map<String, Set<String>> verbs, List<String> namespaces) {
    Map<String, Set<String>> everywhere = new TreeMap<>();
    Map<String, Set<String>> inNamespaces = new TreeMap<>();
    verbs.forEach(
        (resource, words) ->
            (namespaces.isEmpty() || CLUSTER_WIDE.contains(resource) ? everywhere : inNamespaces)
                .put(resource, words));
    List<HasMetadata> objects = new ArrayList<>();
    if (!everywhere.isEmpty()) {
      objects.addAll(clusterWide(everywhere));
    }
    if (!inNamespaces.isEmpty()) {
      List<PolicyRule> rules = rules(inNamespaces);
      namespaces.forEach(namespace -> objects.addAll(within(name, namespace, rules)));
    }
    return objects;
  }

  private List<HasMetadata> clusterWide(Map<String, Set<String>> verbs) {
    return List.of(
        new ClusterRoleBuilder()
            .withMetadata(new ObjectMetaBuilder().withName(name).build())
            .withRules(rules(verbs))
            .build(),
        new ClusterRoleBindingBuilder()
            .withMetadata(new ObjectMetaBuilder().withName(name).build())
            .withRoleRef(new RoleRef(API, "ClusterRole", name))
            .withSubjects(account)
            .build());
  }

  private List<HasMetadata> within(String role, String namespace, List<PolicyRule> rules) {
    ObjectMeta metadata = new ObjectMetaBuilder().withName(role).withNamespace(namespace).build();
    return List.of(
        new RoleBuilder().withMetadata(metadata).withRules(rules).build(),
        new RoleBindingBuilder()
            .withMetadata(metadata)
            .withRoleRef(new RoleRef(API, "Role", role))
            .withSubjects(account)
            .build());
  }

  /** Resources of one group that allow the same verbs share a rule. */
  private static List<PolicyRule> rules(Map<String, Set<String>> verbs) {
    Map<String, Map<List<String>, Set<String>>> byGroup = new TreeMap<>();
    verbs.forEach(
        (resource, words) ->
            byGroup
                .computeIfAbsent(group(resource), missing -> new TreeMap<>(AccessManifest::compare))
                .computeIfAbsent(List.copyOf(new TreeSet<>(words)), missing -> new TreeSet<>())
                .add(bare(resource)));
    List<PolicyRule> rules = new ArrayList<>();
    byGroup.forEach(
        (group, byVerbs) ->
            byVerbs.forEach(
                (words, resources) ->
                    rules.add(
                        new PolicyRuleBuilder()
                            .withApiGroups(group)
                            .withResources(List.copyOf(resources))
                            .withVerbs(words)
                            .build())));
    return rules;
  }

  private static int compare(List<String> left, List<String> right) {
    return String.join(",", left).compareTo(String.join(",", right));
  }

  private static String bare(String resource) {
    int dot = resource.indexOf('.');
    return dot < 0 ? resource : resource.substring(0, dot);
  }

  private static String group(String resource) {
    int dot = resource.indexOf('.');
    return dot < 0 ? "" : resource.substring(dot + 1);
  }
}
