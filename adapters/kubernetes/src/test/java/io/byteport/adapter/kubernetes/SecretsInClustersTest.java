package io.byteport.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.byteport.adapter.kubernetes.api.SecretsInClusters;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretsInClustersTest {
  private static final String WORLD =
      """
      workloads:
        - kind: Deployment
          name: api
          namespace: production
          image: registry.example.com/api:1.4.0
      objects:
        - apiVersion: v1
          kind: Secret
          metadata: { name: byteport-db, namespace: ops }
          data: { appdb: Y29ycmVjdCBob3JzZQ== }
        - apiVersion: v1
          kind: Secret
          metadata: { name: byteport-db, namespace: default }
          data: { appdb: b2YgdGhlIGRlZmF1bHQ= }
      """;

  @Test
  void a_key_of_a_secret_is_read_also_where_runbooks_may_not_go() throws Exception {
    try (Rig rig = Rig.yaml(WORLD);
        SecretsInClusters secrets =
            new SecretsInClusters(
                Rig.inventory(
                    Map.of(
                        "kubeconfig", rig.kubeconfig().toString(), "namespaces", "production")))) {
      assertThat(secrets.read(null, "ops", "byteport-db", "appdb")).isEqualTo("correct horse");
      assertThat(secrets.read("prod", "ops", "byteport-db", "appdb")).isEqualTo("correct horse");
      assertThat(secrets.read(null, null, "byteport-db", "appdb")).isEqualTo("of the default");
    }
  }

  @Test
  void a_secret_or_a_key_that_is_not_there_is_named() {
    try (Rig rig = Rig.yaml(WORLD);
        SecretsInClusters secrets =
            new SecretsInClusters(
                Rig.inventory(Map.of("kubeconfig", rig.kubeconfig().toString())))) {
      assertThatExceptionOfType(ActionException.class)
          .isThrownBy(() -> secrets.read(null, "ops", "byteport-db", "other"))
          .withMessage("the secret byteport-db has no key other")
          .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.NOT_FOUND));
      assertThatExceptionOfType(ActionException.class)
          .isThrownBy(() -> secrets.read(null, "ops", "nothing", "appdb"))
          .withMessageContaining("nothing")
          .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.NOT_FOUND));
      assertThatExceptionOfType(ActionException.class)
          .isThrownBy(() -> secrets.read("staging", "ops", "byteport-db", "appdb"))
          .withMessageContaining("there is no cluster `staging`");
    }
  }
}
