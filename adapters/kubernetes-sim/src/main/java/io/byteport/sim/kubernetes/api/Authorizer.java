package io.byteport.sim.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.store.Json;
import io.byteport.sim.kubernetes.store.ObjectStore;
import io.byteport.sim.kubernetes.store.ResourceCatalogue;
import io.byteport.sim.kubernetes.store.ResourceType;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Refuses what no role that is bound to an account allows. Whoever shows no token may do
 * everything. Thread-safe as far as the store is locked by the caller.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/rbac/">Using RBAC
 *     authorization</a>
 */
final class Authorizer {
  private static final String TOKEN = "Bearer system:serviceaccount:";
  private static final String ANY = "*";

  private final ObjectStore store;
  private final List<String> refusals = new CopyOnWriteArrayList<>();

  /** An account of a namespace. */
  record Account(String namespace, String name) {
    String user() {
      return "system:serviceaccount:" + namespace + ":" + name;
    }
  }

  /**
   * What somebody asks to do.
   *
   * @param resource with its part, such as {@code pods/log}
   * @param namespace empty for all, or for objects of the cluster
   * @param name empty for any
   */
  record Attempt(String verb, String group, String resource, String namespace, String name) {

    static Attempt of(ApiPath path, ApiRequest request) {
      ResourceType type = path.type();
      return new Attempt(
          verb(path, request),
          type.group(),
          type.plural() + (path.subresource().isEmpty() ? "" : "/" + path.subresource()),
          path.namespace(),
          path.name());
    }

    private static String verb(ApiPath path, ApiRequest request) {
      boolean all = path.name().isEmpty();
      return switch (request.method()) {
        case "GET" -> request.isWatch() ? "watch" : all ? "list" : "get";
        case "POST" -> "create";
        case "PUT" -> "update";
        case "PATCH" -> "patch";
        case "DELETE" -> all ? "deletecollection" : "delete";
        default -> request.method();
      };
    }

    private boolean matches(JsonNode rule) {
      List<String> names = Json.texts(rule, "resourceNames");
      return has(rule, "verbs", verb)
          && has(rule, "apiGroups", group)
          && has(rule, "resources", resource)
          && (names.isEmpty() || names.contains(name));
    }

    private static boolean has(JsonNode rule, String field, String word) {
      List<String> words = Json.texts(rule, field);
      return words.contains(word) || words.contains(ANY);
    }
  }

  Authorizer(ObjectStore store) {
    this.store = store;
  }

  /** Who shows this header; empty for one without a token. */
  static Optional<Account> account(String authorization) {
    String[] parts = authorization.startsWith(TOKEN) ? authorization.split(":", -1) : new String[0];
    return parts.length == 4 ? Optional.of(new Account(parts[2], parts[3])) : Optional.empty();
  }

  /** What was refused so far, in the words of the answer. */
  List<String> refusals() {
    return List.copyOf(refusals);
  }

  /**
   * Lets an attempt pass or not.
   *
   * @throws ApiException with status 403 where no role allows it
   */
  void check(ApiRequest request, Attempt attempt) {
    Optional<Account> account = account(request.authorization());
    if (account.isPresent() && !allows(account.get(), attempt)) {
      String message =
          "%s%s is forbidden: User \"%s\" cannot %s resource \"%s\" in API group \"%s\" %s"
              .formatted(
                  attempt.resource().split("/")[0],
                  attempt.name().isEmpty() ? "" : " \"" + attempt.name() + "\"",
                  account.get().user(),
                  attempt.verb(),
                  attempt.resource(),
                  attempt.group(),
                  attempt.namespace().isEmpty()
                      ? "at the cluster scope"
                      : "in the namespace \"" + attempt.namespace() + "\"");
      refusals.add(message);
      throw new ApiException(403, "Forbidden", message);
    }
  }

  boolean allows(Account account, Attempt attempt) {
    return store.list(ResourceCatalogue.CLUSTER_ROLE_BINDINGS).stream()
            .anyMatch(binding -> grants(binding, "", account, attempt))
        || store.list(ResourceCatalogue.ROLE_BINDINGS).stream()
            .filter(binding -> !attempt.namespace().isEmpty())
            .filter(
                binding -> Json.text(binding, "metadata", "namespace").equals(attempt.namespace()))
            .anyMatch(binding -> grants(binding, attempt.namespace(), account, attempt));
  }

  private boolean grants(ObjectNode binding, String namespace, Account account, Attempt attempt) {
    return Json.objects(binding, "subjects").stream().anyMatch(each -> isOf(each, account))
        && role(binding, namespace).stream()
            .flatMap(role -> Json.objects(role, "rules").stream())
            .anyMatch(attempt::matches);
  }

  private static boolean isOf(ObjectNode subject, Account account) {
    return Json.text(subject, "kind").equals("ServiceAccount")
        && Json.text(subject, "name").equals(account.name())
        && Json.text(subject, "namespace").equals(account.namespace());
  }

  private Optional<ObjectNode> role(ObjectNode binding, String namespace) {
    String name = Json.text(binding, "roleRef", "name");
    return Json.text(binding, "roleRef", "kind").equals("Role")
        ? store.get(ResourceCatalogue.ROLES, namespace, name)
        : store.get(ResourceCatalogue.CLUSTER_ROLES, "", name);
  }
}
