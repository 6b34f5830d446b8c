package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RbacCommandTest {

  @Test
  void the_roles_allow_what_the_actions_need_and_nothing_else() {
    String manifest = Program.run("rbac", "crashloopbackoff_v2").out();
    assertThat(manifest)
        .contains("kind: \"ClusterRole\"", "kind: \"ClusterRoleBinding\"", "- \"pods/log\"")
        .doesNotContain("\"*\"", "\"create\"", "\"delete\"", "\"update\"");
  }

  @Test
  void read_only_allows_no_change() {
    assertThat(Program.run("rbac", "crashloopbackoff_v2", "--read-only").out())
        .contains("- \"get\"")
        .doesNotContain("\"patch\"", "\"update\"", "\"create\"", "\"delete\"");
  }

  @Test
  void a_role_in_a_namespace_leaves_the_others_alone() {
    String manifest = Program.run("rbac", "crashloopbackoff_v2", "--namespace", "production").out();
    assertThat(manifest)
        .contains("kind: \"Role\"", "namespace: \"production\"", "kind: \"RoleBinding\"");
    assertThat(manifest.substring(0, manifest.indexOf("kind: \"Role\"")))
        .contains("kind: \"ClusterRole\"")
        .contains("- \"nodes\"")
        .doesNotContain("- \"pods\"");
  }

  @Test
  void names_that_are_none_are_refused() {
    assertThat(Program.run("rbac", "--namespace", "Prod; rm").err())
        .contains("--namespace Prod; rm: expected a name of lower-case letters");
    assertThat(Program.run("rbac", "--service-account", "byteport").err())
        .contains("expected its namespace and its name");
  }

  @Test
  void a_kind_that_stands_in_the_runbook_becomes_a_rule() {
    assertThat(Program.run("rbac", "image_pull_backoff", "-o", "json").out())
        .contains("\"secrets\"")
        .doesNotContain("{kind}");
  }

  @TempDir private Path folder;

  private String agent(String more) throws IOException {
    return Files.writeString(
            folder.resolve("agent.yaml"), "apiVersion: byteport.io/v1\nkind: Agent\n" + more)
        .toString();
  }

  private static final String ONE_RUNBOOK =
      """
      runbooks:
        enable: listed
        configure:
          oom_killed_pod:
            enabled: true
      """;

  @Test
  void an_agent_in_a_dry_run_needs_what_its_runbooks_read_and_a_live_one_what_they_change()
      throws IOException {
    assertThat(Program.run("rbac", "--config", agent(ONE_RUNBOOK)).out())
        .isEqualTo(Program.run("rbac", "oom_killed_pod", "--read-only").out());
    assertThat(Program.run("rbac", "--config", agent("mode: live\n" + ONE_RUNBOOK)).out())
        .isEqualTo(Program.run("rbac", "oom_killed_pod").out());
  }

  @Test
  void an_agent_needs_no_namespace_that_its_cluster_does_not_name() throws IOException {
    String own =
        """
        connections:
          here:
            type: kubernetes
            namespaces: [shop, jobs]
        """;
    assertThat(Program.run("rbac", "--config", agent(ONE_RUNBOOK + own)).out())
        .isEqualTo(
            Program.run("rbac", "oom_killed_pod", "--read-only", "-n", "shop", "-n", "jobs").out());
  }

  @Test
  void secrets_that_an_agent_refers_to_are_granted_by_name() throws IOException {
    String referring =
        """
        connections:
          appdb:
            type: postgres
            address: pg:5432/app
            credentials:
              username: byteport
              password: { kubernetes: { secret: byteport-db, key: appdb } }
        channels:
          ops_pager:
            type: pagerduty-events
            credentials:
              routingKey: { kubernetes: { namespace: ops, secret: pager, key: routing-key } }
        """;
    String manifest = Program.run("rbac", "--config", agent(ONE_RUNBOOK + referring)).out();
    String granted = manifest.substring(manifest.indexOf("kind: \"Role\""));
    assertThat(granted)
        .containsSubsequence(
            "name: \"byteport-secrets\"",
            "namespace: \"byteport\"",
            "- \"byteport-db\"",
            "name: \"byteport-secrets\"",
            "namespace: \"ops\"",
            "- \"pager\"");
    assertThat(Program.run("rbac", "-o", "json", "--config", agent(ONE_RUNBOOK + referring)).out())
        .contains("\"ops\" : [ \"pager\" ]");
  }

  @Test
  void an_agent_of_other_clusters_needs_nothing_of_its_own_and_what_it_needs_there_is_asked_for()
      throws IOException {
    String other =
        """
        connections:
          eu:
            type: kubernetes
            context: prod-eu
            namespaces: [shop]
        """;
    String file = agent(ONE_RUNBOOK + other);
    assertThat(Program.run("rbac", "--config", file).out())
        .contains("--cluster names")
        .doesNotContain("kind:");
    assertThat(Program.run("rbac", "--config", file, "--cluster", "eu").out())
        .isEqualTo(Program.run("rbac", "oom_killed_pod", "--read-only", "-n", "shop").out());
    assertThat(Program.run("rbac", "--config", file, "--cluster", "us").err())
        .contains("no cluster `us`; it has eu");
  }

  @Test
  void what_a_configuration_says_is_not_said_twice() throws IOException {
    assertThat(Program.run("rbac", "oom_killed_pod", "--config", agent("")).err())
        .contains("the configuration says which runbooks and namespaces are meant");
    assertThat(Program.run("rbac", "--cluster", "eu").err()).contains("an entry of a --config");
    assertThat(Program.run("rbac", "--config", agent("mod: live\n")).status()).isEqualTo(2);
  }
}
