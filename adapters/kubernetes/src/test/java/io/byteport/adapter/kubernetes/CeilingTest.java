package io.byteport.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Percent;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.RecordMismatchException;
import org.junit.jupiter.api.Test;

class CeilingTest {
  private static final String SMALL_AND_LARGE =
      """
      nodes: [ { name: small, memory: 1Gi }, { name: large, memory: 64Gi } ]
      workloads:
        - name: api
          namespace: production
          image: "api:1"
          memoryLimit: 256Mi
          nodeSelector: { kubernetes.io/hostname: %s }
      """;

  private static Rig.Change raise(Rig rig, long mebibytes, double share) {
    return rig.change(
        "kubectl.setMemoryLimit",
        "workload",
        Rig.workload("Deployment", "api"),
        "container",
        "api",
        "limit",
        new DataSize(mebibytes << 20),
        "mostOfNode",
        new Percent(share));
  }

  @Test
  void a_limit_above_the_share_of_the_node_that_runs_the_pods_is_refused() throws Exception {
    try (Rig rig = Rig.yaml(SMALL_AND_LARGE.formatted("small"))) {
      ActionException failure =
          catchThrowableOfType(ActionException.class, () -> raise(rig, 820, 80).prepared());

      assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
      assertThat(failure.reason())
          .isEqualTo("820Mi is more than 80% of the 1Gi that the node small can give to pods");
      assertThat(rig.writes()).isEmpty();
      assertThat(raise(rig, 819, 80).prepared().made().changed()).isTrue();
    }
  }

  @Test
  void a_node_that_runs_none_of_the_pods_does_not_count() throws Exception {
    try (Rig rig = Rig.yaml(SMALL_AND_LARGE.formatted("large"))) {
      assertThat(raise(rig, 4096, 80).prepared().made().changed()).isTrue();
    }
  }

  @Test
  void pods_that_no_node_takes_may_get_what_the_largest_can_give() throws Exception {
    try (Rig rig = Rig.yaml(SMALL_AND_LARGE.formatted("nowhere"))) {
      assertThat(
              catchThrowableOfType(ActionException.class, () -> raise(rig, 70_000, 100).prepared()))
          .hasMessageContaining("of the 64Gi that the node large");
      assertThat(raise(rig, 60_000, 100).prepared().made().changed()).isTrue();
    }
  }

  @Test
  void a_request_above_the_limit_is_no_input() {
    try (Rig rig = Rig.yaml(SMALL_AND_LARGE.formatted("small"))) {
      assertThatExceptionOfType(RecordMismatchException.class)
          .isThrownBy(
              () ->
                  rig.change(
                      "kubectl.setMemoryLimit",
                      "workload",
                      Rig.workload("Deployment", "api"),
                      "container",
                      "api",
                      "limit",
                      new DataSize(1L << 20),
                      "request",
                      new DataSize(2L << 20)))
          .withMessageContaining("the request is more than the limit");
    }
  }
}
