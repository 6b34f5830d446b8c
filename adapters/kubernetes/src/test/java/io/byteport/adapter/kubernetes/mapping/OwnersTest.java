package io.byteport.adapter.kubernetes.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.adapter.kubernetes.model.WorkloadKind;
import io.byteport.adapter.kubernetes.model.WorkloadRef;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import org.junit.jupiter.api.Test;

class OwnersTest {

  private static Pod pod(String kind, String owner, String hash) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace("production")
        .withName("api-7d9f8-xk2p9")
        .addToLabels("pod-template-hash", hash)
        .addNewOwnerReference()
        .withKind(kind)
        .withName(owner)
        .withController(true)
        .endOwnerReference()
        .endMetadata()
        .build();
  }

  private static WorkloadRef ref(WorkloadKind kind, String name) {
    return new WorkloadRef(null, kind, "production", name);
  }

  @Test
  void a_replica_set_that_carries_the_templates_hash_is_a_deployments() {
    assertThat(Owners.workload(pod("ReplicaSet", "api-7d9f8", "7d9f8"), null))
        .isEqualTo(ref(WorkloadKind.DEPLOYMENT, "api"));
    assertThat(Owners.workload(pod("ReplicaSet", "api-other", "7d9f8"), null))
        .isEqualTo(ref(WorkloadKind.REPLICA_SET, "api-other"));
    assertThat(Owners.workload(pod("ReplicaSet", "-7d9f8", "7d9f8"), null))
        .isEqualTo(ref(WorkloadKind.REPLICA_SET, "-7d9f8"));
  }

  @Test
  void another_owner_is_named_as_it_is_and_none_of_a_kind_that_is_no_workload() {
    assertThat(Owners.workload(pod("StatefulSet", "db", "x"), null))
        .isEqualTo(ref(WorkloadKind.STATEFUL_SET, "db"));
    assertThat(Owners.workload(pod("Rollout", "api", "x"), null)).isNull();
    Pod alone =
        new PodBuilder().withNewMetadata().withNamespace("production").withName("a").and().build();
    assertThat(Owners.workload(alone, null)).isEqualTo(ref(WorkloadKind.POD, "a"));
  }

  @Test
  void a_controller_is_known_by_the_names_that_it_gives() {
    assertThat(Owners.makes("api-7d9f8", "api-7d9f8-xk2p9")).isTrue();
    assertThat(Owners.makes("api", "api-7d9f8-xk2p9")).isFalse();
    assertThat(Owners.makes("db", "db-0")).isTrue();
    assertThat(Owners.makes("db", "db-12")).isTrue();
    assertThat(Owners.makes("db", "db-x")).isFalse();
    assertThat(Owners.makes("db", "db")).isFalse();
    assertThat(Owners.makes("db", "db-")).isFalse();
    String longName = "a".repeat(70);
    assertThat(Owners.makes(longName, "a".repeat(57) + "-xk2p9")).isTrue();
    assertThat(Owners.makes("b" + longName, "a".repeat(57) + "-xk2p9")).isFalse();
  }
}
