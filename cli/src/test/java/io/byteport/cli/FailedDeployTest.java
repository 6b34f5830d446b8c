package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A failed deploy that a webhook tells of, on a simulated cluster in real time. */
class FailedDeployTest {
  private static final String DEPLOYMENT = "/apis/apps/v1/namespaces/production/deployments/api";

  @TempDir private Path folder;

  @Test
  @Tag("slow")
  void it_is_rolled_back_where_the_namespace_allows_it() throws Exception {
    try (ClusterProcess cluster = cluster("failed-deploy")) {
      Program run = live(cluster);
      assertThat(run.err()).isEmpty();
      assertThat(run.out().replaceAll("\\s+", " "))
          .contains("RESOLVED", "rollback: triggered (revision 2 → 1)", "snapshot taken");
      assertThat(run.status()).isZero();
      assertThat(changes(cluster)).singleElement().asString().startsWith("PATCH " + DEPLOYMENT);
      assertThat(image(cluster)).isEqualTo("registry.example.com/api:1.4.0");
    }
  }

  @Test
  void it_stays_where_nobody_has_allowed_a_rollback() throws Exception {
    try (ClusterProcess cluster = cluster("deploy-unasked")) {
      Program run = live(cluster);
      assertThat(run.out()).contains("ESCALATED", "byteport.io/allow-rollback=true");
      assertThat(changes(cluster)).isEmpty();
      assertThat(image(cluster)).isEqualTo("registry.example.com/api:1.5.0");
    }
  }

  private ClusterProcess cluster(String scenario) throws Exception {
    return ClusterProcess.start(scenario, Files.createDirectory(folder.resolve("cluster")));
  }

  private Program live(ClusterProcess cluster) {
    return Program.run(
        "run",
        "deployment_rollback",
        "--live",
        "--namespace",
        "production",
        "--deployment=api",
        "--kubeconfig",
        cluster.kubeconfig().toString(),
        "--state",
        folder.resolve("state").toString());
  }

  private static List<String> changes(ClusterProcess cluster) throws Exception {
    return cluster.writes().stream().filter(write -> !write.contains("dryRun=All")).toList();
  }

  private static String image(ClusterProcess cluster) throws Exception {
    return cluster.api().get(DEPLOYMENT).at("/spec/template/spec/containers/0/image").asString();
  }
}
