package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
}
