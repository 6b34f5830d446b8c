package io.byteport.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.adapter.kubernetes.api.ClusterChanges;
import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;
import io.byteport.sim.kubernetes.api.RecordedRequest;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What no action does, whatever it is told. */
class NeverTest {
  /** All that is ever written to a cluster. */
  private static final Pattern WRITES =
      Pattern.compile(
          "PATCH /api/v1/(nodes/[^/]+|namespaces/[^/]+/pods/[^/]+(/resize)?)"
              + "|PATCH /apis/apps/v1/namespaces/[^/]+/[a-z]+/[^/]+(/scale)?"
              + "|DELETE /api/v1/namespaces/[^/]+/(pods|secrets)/[^/]+"
              + "|POST /api/v1/namespaces/[^/]+/pods/[^/]+/eviction"
              + "|PUT /api/v1/namespaces/[^/]+/secrets/[^/]+");

  @TempDir Path folder;

  @Test
  void only_pods_and_issued_secrets_are_deleted_only_evictions_created_and_only_secrets_replaced()
      throws Exception {
    Set<String> changed = new TreeSet<>();
    try (Rig rig = Rig.yaml(Samples.SCENARIO)) {
      rig.timeout = Duration.ofMinutes(2);
      for (Action<?, ?> action : rig.adapter.actions()) {
        if (action instanceof Action.Change<?, ?> change) {
          changed.add(change.name());
          if (change.name().equals("kubectl.drain")) {
            rig.change("kubectl.cordon", "node", Rig.node("worker-1")).prepared().made();
          }
          // Pods come and go with each change; the sample is of those that are there now.
          make(rig, change, Samples.of(rig, folder).getOrDefault(change.name(), StructValue.EMPTY));
          rig.advance(Duration.ofMinutes(2));
        }
      }
      rig.cluster
          .client()
          .secrets()
          .inNamespace("production")
          .withName("token")
          .patch("{\"data\":{\"token\":\"Yg==\"}}");
      rig.change("kubectl.restoreSecret", "backup", folder.resolve("backups/token.json").toString())
          .prepared()
          .made();

      List<String> writes =
          rig.writes().stream()
              .filter(one -> !one.path().endsWith("/secrets/token") || one.method().equals("PUT"))
              .map(one -> one.method() + " " + one.path())
              .toList();
      assertThat(writes).isNotEmpty().allMatch(WRITES.asMatchPredicate());
      for (String kind : List.of("DELETE", "PUT", "POST", "PATCH")) {
        assertThat(writes).anyMatch(one -> one.startsWith(kind + " "));
      }
      assertThat(rig.cluster.requests())
          .extracting(RecordedRequest::path)
          .noneMatch(path -> path.endsWith("/finalize") || path.endsWith("/exec"));
    }
    assertThat(changed)
        .containsExactlyInAnyOrderElementsOf(
            Rig.CATALOGUE.actions().stream()
                .filter(one -> one.family().equals("kubectl"))
                .filter(one -> one.effect() == ActionDescription.Effect.CHANGE)
                .map(ActionDescription::name)
                .toList());
  }

  @SuppressWarnings("unchecked")
  private static void make(Rig rig, Action.Change<?, ?> change, StructValue with)
      throws InterruptedException {
    Action.Change<Record, Record> action = (Action.Change<Record, Record>) change;
    Record input = rig.codec.read(with, action.inputType());
    try {
      action.change(input, action.prepare(input, rig.context()), rig.context());
    } catch (ActionException refused) {
      assertThat(refused.reason()).isNotBlank();
    }
  }

  @Test
  void there_is_no_way_to_write_anything_else() {
    assertThat(
            Arrays.stream(ClusterChanges.class.getDeclaredMethods())
                .filter(method -> java.lang.reflect.Modifier.isPublic(method.getModifiers())))
        .extracting(Method::getName)
        .containsExactlyInAnyOrder("patch", "deletePod", "deleteSecret", "evict", "replaceSecret");
  }

  @Test
  void no_action_needs_more_than_that() {
    for (ActionDescription action : Rig.CATALOGUE.actions()) {
      action
          .needs()
          .forEach(
              (resource, verbs) -> {
                if (action.family().equals("kubectl")) {
                  assertThat(verbs)
                      .as(action.name() + " " + resource)
                      .isSubsetOf(
                          switch (resource) {
                            case "pods" -> List.of("get", "list", "watch", "patch", "delete");
                            case "pods/eviction" -> List.of("create");
                            case "secrets" -> List.of("get", "list", "update", "delete");
                            case "persistentvolumeclaims", "persistentvolumes", "configmaps" ->
                                List.of("get", "list");
                            case "namespaces" -> List.of("get");
                            default -> List.of("get", "list", "watch", "patch");
                          });
                }
              });
    }
  }
}
