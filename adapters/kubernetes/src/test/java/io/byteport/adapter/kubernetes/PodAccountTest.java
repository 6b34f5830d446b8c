package io.byteport.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.byteport.adapter.kubernetes.api.SecretsInClusters;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a pod there is no kubeconfig: a token, an authority and a namespace lie in a folder. */
class PodAccountTest {
  private static final String ACCOUNT = "system:serviceaccount:ops:byteport";

  private static final String WORLD =
      """
      workloads:
        - kind: Deployment
          name: api
          namespace: ops
          image: registry.example.com/api:1.4.0
      objects:
        - apiVersion: v1
          kind: Secret
          metadata: { name: byteport-db, namespace: ops }
          data: { appdb: Y29ycmVjdCBob3JzZQ== }
        - apiVersion: v1
          kind: Secret
          metadata: { name: other, namespace: ops }
          data: { key: b3RoZXI= }
        - apiVersion: rbac.authorization.k8s.io/v1
          kind: Role
          metadata: { name: byteport-secrets, namespace: ops }
          rules:
            - { apiGroups: [""], resources: [secrets], resourceNames: [byteport-db], verbs: [get] }
        - apiVersion: rbac.authorization.k8s.io/v1
          kind: RoleBinding
          metadata: { name: byteport-secrets, namespace: ops }
          roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: byteport-secrets }
          subjects: [ { kind: ServiceAccount, name: byteport, namespace: ops } ]
      """;

  private final Map<String, @Nullable String> before = new HashMap<>();
  @TempDir private Path folder;

  /** The client takes these from the environment of a process; a test from properties. */
  private void say(String name, String value) {
    before.putIfAbsent(name, System.getProperty(name));
    System.setProperty(name, value);
  }

  @BeforeEach
  void mount() throws IOException {
    Files.writeString(folder.resolve("token"), "first");
    Files.writeString(folder.resolve("namespace"), "ops");
    say("kubernetes.auth.tryKubeConfig", "false");
    say("kubernetes.auth.serviceAccount.token", folder.resolve("token").toString());
    say("kubernetes.certs.ca.file", folder.resolve("ca.crt").toString());
    say("kubenamespace", folder.resolve("namespace").toString());
  }

  @AfterEach
  void unmount() {
    before.forEach(
        (name, value) -> {
          if (value == null) {
            System.clearProperty(name);
          } else {
            System.setProperty(name, value);
          }
        });
  }

  private TlsFront front(Rig rig) throws Exception {
    TlsFront front = new TlsFront(rig.cluster.url(), folder, ACCOUNT, "first");
    say("KUBERNETES_SERVICE_HOST", "127.0.0.1");
    say("KUBERNETES_SERVICE_PORT", Integer.toString(front.port()));
    return front;
  }

  private static SecretsInClusters pod() {
    return new SecretsInClusters(new Inventory(List.of()));
  }

  @Test
  void a_pod_is_known_by_its_token_trusts_its_authority_and_stands_in_its_namespace()
      throws Exception {
    try (Rig rig = Rig.yaml(WORLD);
        TlsFront front = front(rig);
        SecretsInClusters pod = pod()) {
      assertThat(pod.read(null, null, "byteport-db", "appdb")).isEqualTo("correct horse");
      assertThat(front.refused()).isEmpty();
    }
  }

  @Test
  void a_pod_may_do_what_its_account_may_and_no_more() throws Exception {
    try (Rig rig = Rig.yaml(WORLD);
        TlsFront front = front(rig);
        SecretsInClusters pod = pod()) {
      assertThatExceptionOfType(ActionException.class)
          .isThrownBy(() -> pod.read(null, null, "other", "key"))
          .withMessageContaining("User \"" + ACCOUNT + "\" cannot get resource \"secrets\"")
          .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.FORBIDDEN));
      assertThat(front.refused()).isEmpty();
    }
  }

  @Test
  void a_token_that_was_exchanged_is_used_from_then_on() throws Exception {
    try (Rig rig = Rig.yaml(WORLD);
        TlsFront front = front(rig);
        SecretsInClusters pod = pod()) {
      assertThat(pod.read(null, null, "byteport-db", "appdb")).isEqualTo("correct horse");
      front.accept("second");
      assertThatExceptionOfType(ActionException.class)
          .isThrownBy(() -> pod.read(null, null, "byteport-db", "appdb"))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.FORBIDDEN));
      Files.writeString(folder.resolve("token"), "second");
      assertThat(pod.read(null, null, "byteport-db", "appdb")).isEqualTo("correct horse");
      assertThat(front.refused()).isNotEmpty().allMatch("Bearer first"::equals);
    }
  }

  @Test
  void an_authority_that_is_not_the_servers_is_not_trusted() throws Exception {
    try (Rig rig = Rig.yaml(WORLD);
        TlsFront front = front(rig)) {
      Path foreign = Files.createDirectory(folder.resolve("foreign"));
      new TlsFront(rig.cluster.url(), foreign, ACCOUNT, "first").close();
      say("kubernetes.certs.ca.file", foreign.resolve("ca.crt").toString());
      try (SecretsInClusters pod = pod()) {
        assertThatExceptionOfType(ActionException.class)
            .isThrownBy(() -> pod.read(null, null, "byteport-db", "appdb"))
            .withMessageContaining("(get secrets ops/byteport-db)")
            .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.UNREACHABLE));
      }
      say("kubernetes.certs.ca.file", folder.resolve("none.crt").toString());
      try (SecretsInClusters pod = pod()) {
        assertThatExceptionOfType(ActionException.class)
            .isThrownBy(() -> pod.read(null, null, "byteport-db", "appdb"))
            .withMessageContaining("cannot use the cluster `default`")
            .withMessageContaining("none.crt");
      }
      assertThat(front.refused()).isEmpty();
    }
  }

  @Test
  void a_pod_without_a_token_is_told_how_it_gets_one() throws Exception {
    try (Rig rig = Rig.yaml(WORLD);
        TlsFront front = front(rig)) {
      say("kubernetes.auth.serviceAccount.token", folder.resolve("none").toString());
      try (SecretsInClusters pod = pod()) {
        assertThatExceptionOfType(ActionException.class)
            .isThrownBy(() -> pod.read(null, null, "byteport-db", "appdb"))
            .withMessageContaining("cannot use the cluster `default`: this pod has no token")
            .withMessageContaining("automountServiceAccountToken: true");
      }
      assertThat(front.refused()).isEmpty();
    }
  }

  @Test
  void where_there_is_neither_a_kubeconfig_nor_a_pod_that_is_said() {
    say("kubernetes.auth.serviceAccount.token", folder.resolve("none").toString());
    try (SecretsInClusters nowhere = pod()) {
      assertThatExceptionOfType(ActionException.class)
          .isThrownBy(() -> nowhere.read(null, null, "byteport-db", "appdb"))
          .withMessageContaining("there is no kubeconfig (KUBECONFIG, ~/.kube/config)");
    }
  }
}
