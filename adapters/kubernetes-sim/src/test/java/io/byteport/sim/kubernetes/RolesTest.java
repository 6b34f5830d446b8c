package io.byteport.sim.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Accounts may do what the roles that are bound to them allow. */
class RolesTest {
  private static final String ROLE =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: %1$s
      metadata: { name: looker%2$s }
      rules:
        - apiGroups: [""]
          resources: [pods]
          verbs: [get, list]
        - apiGroups: [apps]
          resources: [deployments]
          resourceNames: [api]
          verbs: [get]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: %1$sBinding
      metadata: { name: looker%2$s }
      roleRef: { apiGroup: rbac.authorization.k8s.io, kind: %1$s, name: looker }
      subjects: [ { kind: ServiceAccount, name: agent, namespace: ops } ]
      """;

  private static TestCluster cluster(String roles) {
    TestCluster cluster =
        TestCluster.yaml(
            """
            workloads:
              - { name: api, namespace: production, image: "api:1" }
              - { name: web, namespace: production, image: "web:1" }
            """);
    if (!roles.isEmpty()) {
      cluster
          .client
          .load(new ByteArrayInputStream(roles.getBytes(StandardCharsets.UTF_8)))
          .create();
    }
    return cluster;
  }

  private static KubernetesClient agent(TestCluster cluster) {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(cluster.cluster.kubeconfig("ops", "agent")))
        .build();
  }

  @Test
  void an_account_without_a_role_may_do_nothing_and_is_told_so_as_the_real_server_does() {
    try (TestCluster cluster = cluster("");
        KubernetesClient agent = agent(cluster)) {
      assertThatExceptionOfType(KubernetesClientException.class)
          .isThrownBy(() -> agent.pods().inNamespace("production").list())
          .satisfies(e -> assertThat(e.getCode()).isEqualTo(403))
          .withMessageContaining(
              "pods is forbidden: User \"system:serviceaccount:ops:agent\" cannot list resource"
                  + " \"pods\" in API group \"\" in the namespace \"production\"");
      assertThat(cluster.cluster.refusals()).hasSize(1);
    }
  }

  @Test
  void a_cluster_role_holds_in_every_namespace_and_for_nothing_that_it_does_not_name() {
    try (TestCluster cluster = cluster(ROLE.formatted("ClusterRole", ""));
        KubernetesClient agent = agent(cluster)) {
      assertThat(agent.pods().inAnyNamespace().list().getItems()).hasSize(2);
      String pod =
          agent.pods().inNamespace("production").list().getItems().get(0).getMetadata().getName();
      assertThat(agent.pods().inNamespace("production").withName(pod).get()).isNotNull();
      assertThatExceptionOfType(KubernetesClientException.class)
          .isThrownBy(() -> agent.pods().inNamespace("production").withName(pod).getLog())
          .withMessageContaining("cannot get resource \"pods/log\"");
      assertThatExceptionOfType(KubernetesClientException.class)
          .isThrownBy(() -> agent.pods().inNamespace("production").withName(pod).delete())
          .withMessageContaining("pods \"" + pod + "\" is forbidden")
          .withMessageContaining("cannot delete resource \"pods\"");
      assertThatExceptionOfType(KubernetesClientException.class)
          .isThrownBy(() -> agent.nodes().list())
          .withMessageContaining("at the cluster scope");
    }
  }

  @Test
  void a_role_holds_in_its_namespace_alone() {
    try (TestCluster cluster = cluster(ROLE.formatted("Role", ", namespace: production"));
        KubernetesClient agent = agent(cluster)) {
      assertThat(agent.pods().inNamespace("production").list().getItems()).hasSize(2);
      assertThatExceptionOfType(KubernetesClientException.class)
          .isThrownBy(() -> agent.pods().inNamespace("default").list());
      assertThatExceptionOfType(KubernetesClientException.class)
          .isThrownBy(() -> agent.pods().inAnyNamespace().list())
          .withMessageContaining("at the cluster scope");
    }
  }

  @Test
  void a_rule_with_names_holds_for_these_objects_alone() {
    try (TestCluster cluster = cluster(ROLE.formatted("ClusterRole", ""));
        KubernetesClient agent = agent(cluster)) {
      var deployments = agent.apps().deployments().inNamespace("production");
      assertThat(deployments.withName("api").get()).isNotNull();
      assertThatExceptionOfType(KubernetesClientException.class)
          .isThrownBy(() -> deployments.withName("web").get());
      assertThatExceptionOfType(KubernetesClientException.class).isThrownBy(deployments::list);
    }
  }

  @Test
  void who_asks_what_it_may_do_gets_the_answer_that_an_attempt_would_get() {
    try (TestCluster cluster = cluster(ROLE.formatted("ClusterRole", ""));
        KubernetesClient agent = agent(cluster)) {
      assertThat(may(agent, "get", "pods")).isTrue();
      assertThat(may(agent, "delete", "pods")).isFalse();
      assertThat(may(cluster.client, "delete", "pods")).isTrue();
      assertThat(cluster.cluster.refusals()).isEmpty();
    }
  }

  private static boolean may(KubernetesClient client, String verb, String resource) {
    return client
        .authorization()
        .v1()
        .selfSubjectAccessReview()
        .create(
            new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withNamespace("production")
                .withVerb(verb)
                .withResource(resource)
                .endResourceAttributes()
                .endSpec()
                .build())
        .getStatus()
        .getAllowed();
  }
}
