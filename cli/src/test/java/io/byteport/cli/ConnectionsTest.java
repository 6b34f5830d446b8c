package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code byteport run} may reach, as files say it. */
class ConnectionsTest {
  @TempDir private static Path clusterFolder;
  private static ClusterProcess cluster;

  @TempDir private Path folder;

  @BeforeAll
  static void startCluster() throws IOException {
    cluster = ClusterProcess.start("oom", clusterFolder);
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private Path connections(String name, String entries) throws IOException {
    return file(
        name, "apiVersion: byteport.io/v1\nkind: Connections\nconnections:\n" + entries.indent(2));
  }

  private static String kubernetes(String name, Path kubeconfig) {
    return name + ": { type: kubernetes, kubeconfig: \"" + kubeconfig + "\" }\n";
  }

  private Program run(String... options) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "run",
                "crashloopbackoff_v2",
                "--namespace",
                "production",
                "--pod",
                cluster.pod(),
                "--state",
                folder.resolve("state").toString()));
    all.addAll(List.of(options));
    return Program.run(all.toArray(String[]::new));
  }

  @Test
  void a_cluster_is_reached_as_a_file_says() throws IOException {
    Path file = connections("prod.yaml", kubernetes("prod", cluster.kubeconfig()));

    Program run = run("--connections", file.toString());

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("PLANNED", "kubectl patch deployment api -n production");
    assertThat(run.status()).isZero();
  }

  @Test
  void an_agents_configuration_says_it_too() throws IOException {
    Path file =
        file(
            "agent.yaml",
            "apiVersion: byteport.io/v1\nkind: Agent\nmode: live\nconnections:\n"
                + kubernetes("prod", cluster.kubeconfig()).indent(2));

    assertThat(run("--connections", file.toString()).out()).contains("PLANNED");
  }

  @Test
  void a_cluster_of_the_command_line_takes_the_place_of_those_in_files() throws IOException {
    Path file = connections("prod.yaml", kubernetes("prod", folder.resolve("gone")));

    Program run =
        run("--connections", file.toString(), "--kubeconfig", cluster.kubeconfig().toString());

    assertThat(run.out()).contains("PLANNED");
    assertThat(run.status()).isZero();
  }

  @Test
  void several_files_are_used_together_and_may_not_share_a_name() throws IOException {
    Path one = connections("one.yaml", kubernetes("prod", cluster.kubeconfig()));
    Path other = connections("two.yaml", "api: { type: http, address: http://api }");
    Path again = connections("three.yaml", kubernetes("prod", cluster.kubeconfig()));

    assertThat(run("--connections", one.toString(), "--connections", other.toString()).out())
        .contains("PLANNED");
    Program twice = run("--connections", one.toString(), "--connections", again.toString());
    assertThat(twice.err())
        .contains("BP-CONNECTION-004", "three.yaml:4:3", "one.yaml:4:3", "answers to `prod`");
    assertThat(twice.status()).isEqualTo(2);
  }

  @Test
  void a_file_with_errors_is_refused_before_anything_runs() throws IOException {
    Path file =
        connections(
            "prod.yaml",
            """
            appdb:
              type: postgres
              address: pg-prod-01:5432/appdb
              credentials: { username: byteport, password: hunter2-hunter2 }
            """);

    Program run = run("--connections", file.toString());

    assertThat(run.err()).contains("BP-CONNECTION-002").doesNotContain("hunter2");
    assertThat(run.out()).isEmpty();
    assertThat(run.status()).isEqualTo(2);
    assertThat(run("--connections", folder.resolve("gone.yaml").toString()).err())
        .contains("gone.yaml");
  }

  @Test
  void a_secret_that_others_may_read_is_warned_of() throws IOException {
    Path secret = file("password", "correct horse\n");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
    Path file =
        connections(
            "prod.yaml",
            kubernetes("prod", cluster.kubeconfig())
                + "appdb:\n  type: postgres\n  address: pg-prod-01\n  credentials: { username:"
                + " byteport, password: { file: \""
                + secret
                + "\" } }\n");

    Program run = run("--connections", file.toString());

    assertThat(run.err())
        .isEqualTo(
            "byteport: warning: the secret in "
                + secret
                + " may be read by others (rw-r--r--); chmod 600 keeps it to its owner\n");
    assertThat(run.status()).isZero();
  }

  @Test
  void validate_checks_connections_and_prints_no_secret_in_any_format() throws IOException {
    connections(
        "prod.yaml",
        """
        appdb:
          type: postgres
          address: pg-prod-01:5432/appdb
          credentials: { username: byteport, password: hunter2-hunter2 }
        """);

    assertThat(Program.run("validate", folder.toString()).out())
        .contains("BP-CONNECTION-002", "1 file checked, 1 error");
    for (String format :
        List.of("text", "json", "sarif", "github", "gitlab", "junit", "checkstyle")) {
      Program checked = Program.run("validate", folder.toString(), "--output", format);
      assertThat(checked.status()).isEqualTo(1);
      assertThat(checked.out() + checked.err()).contains("prod.yaml").doesNotContain("hunter2");
    }
  }

  @Test
  void validate_checks_the_connections_of_an_agent_and_leaves_the_rest_alone() throws IOException {
    file(
        "agent.yaml",
        """
        apiVersion: byteport.io/v1
        kind: Agent
        mode: live
        connections:
          prometheus: { type: prometheus, address: "http://prometheus:9090" }
        """);

    Program checked = Program.run("validate", folder.toString());

    assertThat(checked.out()).contains("1 file checked, nothing to complain about");
    assertThat(checked.status()).isZero();
  }
}
