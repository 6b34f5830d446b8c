package io.byteport.adapter.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClustersTest {
  @TempDir private Path folder;
  private Path kubeconfig;

  @BeforeEach
  void writeKubeconfig() throws IOException {
    kubeconfig = folder.resolve("config");
    Files.writeString(
        kubeconfig,
        """
        apiVersion: v1
        kind: Config
        clusters:
          - { name: eu, cluster: { server: "http://127.0.0.1:1" } }
          - { name: us, cluster: { server: "http://127.0.0.1:2" } }
        contexts:
          - { name: prod-eu, context: { cluster: eu, user: nobody } }
          - { name: prod-us, context: { cluster: us, user: nobody } }
        users: [{ name: nobody, user: {} }]
        current-context: prod-eu
        """);
  }

  private Inventory.Entry entry(String name, String... settings) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("kubeconfig", kubeconfig.toString());
    for (int i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    return Inventory.Entry.of("cluster", name, all).withAliases(List.of(name + "-alias"));
  }

  private static Clusters of(Inventory.Entry... entries) {
    return new Clusters(new Inventory(List.of(entries)));
  }

  private static String master(Clusters.Chosen chosen) {
    return chosen.api().watching().getMasterUrl().toString();
  }

  @Test
  void the_only_cluster_needs_no_name_and_references_do_not_give_it() throws Exception {
    try (Clusters clusters = of(entry("eu"))) {
      Clusters.Chosen chosen = clusters.choose(null, null);
      assertThat(master(chosen)).startsWith("http://127.0.0.1:1");
      assertThat(chosen.as()).isNull();
      assertThat(clusters.choose(new Cluster("eu-alias"), null).api()).isSameAs(chosen.api());
    }
  }

  @Test
  void of_several_clusters_one_must_be_named_and_the_reference_wins() throws Exception {
    try (Clusters clusters =
        of(entry("eu", "context", "prod-eu"), entry("us", "context", "prod-us"))) {
      assertThat(master(clusters.choose(new Cluster("us"), new Cluster("eu"))))
          .startsWith("http://127.0.0.1:2");
      assertThat(clusters.choose(null, new Cluster("us-alias")).as()).isEqualTo(new Cluster("us"));
      assertThat(clusters.all(null)).hasSize(2);
      assertThat(clusters.options(new Cluster("us"), null)).containsExactly("--context", "prod-us");
      assertThatExceptionOfType(ActionException.class)
          .isThrownBy(() -> clusters.choose(null, null))
          .withMessage("the inventory has several clusters (eu, us); say which");
    }
  }

  @Test
  void an_unknown_cluster_is_not_found() {
    try (Clusters clusters = of(entry("eu"))) {
      assertThatExceptionOfType(ActionException.class)
          .isThrownBy(() -> clusters.choose(new Cluster("mars"), null))
          .withMessage("there is no cluster `mars` in the inventory; it has eu")
          .matches(e -> e.kind() == FailureKind.NOT_FOUND);
    }
  }

  @Test
  void a_context_that_is_not_there_never_means_another_cluster() {
    try (Clusters clusters = of(entry("eu", "context", "prod-ue"))) {
      assertThatExceptionOfType(ActionException.class)
          .isThrownBy(() -> clusters.choose(null, null))
          .withMessageContaining("has no context `prod-ue`")
          .matches(e -> e.effect() == ActionException.Effect.NONE);
    }
  }

  @Test
  void a_kubeconfig_that_is_not_there_is_named() {
    try (Clusters clusters = of(entry("eu", "kubeconfig", "/nowhere/config"))) {
      assertThatExceptionOfType(ActionException.class)
          .isThrownBy(() -> clusters.choose(null, null))
          .withMessageContaining("cannot use the cluster `eu`: there is no file /nowhere/config");
    }
  }

  @Test
  void after_the_end_nothing_is_opened() {
    Clusters clusters = of(entry("eu"));
    clusters.close();
    assertThatExceptionOfType(ActionException.class)
        .isThrownBy(() -> clusters.choose(null, null))
        .matches(e -> e.kind() == FailureKind.CANCELLED);
  }
}
