package io.byteport.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byteport.adapter.kubernetes.change.RemoveTaint;
import io.byteport.adapter.kubernetes.model.Taint;
import io.byteport.adapter.kubernetes.model.TaintEffect;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeChangeTest {
  private static final String TAINTED =
      """
      nodes:
        - name: worker-1
          taints:
            - { key: gpu, value: "yes", effect: NoSchedule }
            - { key: broken, effect: NoSchedule }
            - { key: broken, value: disk, effect: NoExecute }
        - { name: worker-2 }
      """;

  private static Rig.Change cordon(Rig rig) {
    return rig.change("kubectl.cordon", "node", Rig.node("worker-1"));
  }

  private static Rig.Change uncordon(Rig rig) {
    return rig.change("kubectl.uncordon", "node", Rig.node("worker-1"));
  }

  private static Rig.Change untaint(Rig rig, String key) {
    return rig.change("kubectl.removeTaint", "node", Rig.node("worker-1"), "key", key);
  }

  private static boolean isClosed(Rig rig) {
    return Boolean.TRUE.equals(
        rig.cluster.client().nodes().withName("worker-1").get().getSpec().getUnschedulable());
  }

  @Test
  void a_node_is_closed_and_opened_again() throws Exception {
    try (Rig rig = Rig.yaml(TAINTED)) {
      Rig.Change close = cordon(rig).prepared();
      assertThat(isClosed(rig)).isFalse();
      assertThat(close.probed()).isEqualTo(Action.Probe.NOT_DONE);
      assertThat(close.made().changed()).isTrue();
      assertThat(isClosed(rig)).isTrue();
      assertThat(close.probed()).isEqualTo(Action.Probe.TOOK_EFFECT);

      Rig.Change open = uncordon(rig).prepared();
      assertThat(open.made().changed()).isTrue();
      assertThat(open.probed()).isEqualTo(Action.Probe.TOOK_EFFECT);
      assertThat(isClosed(rig)).isFalse();
    }
  }

  @Test
  void a_node_that_is_closed_already_is_not_written_to() throws Exception {
    try (Rig rig = Rig.yaml(TAINTED)) {
      cordon(rig).prepared().made();
      rig.cluster.forgetRequests();

      assertThat(cordon(rig).prepared().made().changed()).isFalse();
      assertThat(rig.writes()).isEmpty();
    }
  }

  @Test
  void a_node_that_was_made_anew_is_another_one() throws Exception {
    try (Rig rig = Rig.yaml(TAINTED)) {
      Rig.Change close = cordon(rig).prepared();
      var before = rig.cluster.client().nodes().withName("worker-1").get();
      rig.cluster.client().resource(before).delete();
      before.getMetadata().setUid(null);
      before.getMetadata().setResourceVersion(null);
      rig.cluster.client().resource(before).create();

      ActionException failure = catchThrowableOfType(ActionException.class, close::made);
      assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
      assertThat(failure.effect()).isEqualTo(ActionException.Effect.NONE);
      assertThat(close.probed()).isEqualTo(Action.Probe.UNKNOWN);
      assertThat(isClosed(rig)).isFalse();
    }
  }

  @Test
  void all_taints_with_the_key_go_and_the_others_stay() throws Exception {
    try (Rig rig = Rig.yaml(TAINTED)) {
      Rig.Change change = untaint(rig, "broken").prepared();

      assertThat(change.made().output())
          .isEqualTo(
              new RemoveTaint.Output(
                  List.of(
                      new Taint("broken", null, TaintEffect.NO_SCHEDULE),
                      new Taint("broken", "disk", TaintEffect.NO_EXECUTE))));
      assertThat(rig.cluster.client().nodes().withName("worker-1").get().getSpec().getTaints())
          .extracting(io.fabric8.kubernetes.api.model.Taint::getKey)
          .containsExactly("gpu");
      assertThat(change.probed()).isEqualTo(Action.Probe.TOOK_EFFECT);
      assertThat(untaint(rig, "broken").prepared().made().changed()).isFalse();
    }
  }

  @Test
  void the_taints_are_replaced_only_as_they_were_read() throws Exception {
    try (Rig rig = Rig.yaml(TAINTED)) {
      untaint(rig, "broken").prepared().made();

      assertThat(rig.writes())
          .hasSize(2)
          .allSatisfy(
              one ->
                  assertThat(one.body())
                      .contains(
                          "{\"op\":\"test\",\"path\":\"/metadata/uid\"",
                          "{\"op\":\"test\",\"path\":\"/spec/taints\",\"value\":[{"));
    }
  }

  @Test
  void what_is_no_key_of_a_taint_is_refused_before_any_request() {
    try (Rig rig = Rig.yaml(TAINTED)) {
      for (String key : List.of("", "--all", "a b", "x=y:NoSchedule", "a\nb", "a/b/c", "*")) {
        ActionException failure =
            catchThrowableOfType(ActionException.class, () -> untaint(rig, key).prepared());
        assertThat(failure.kind()).isEqualTo(FailureKind.INVALID);
      }
      assertThat(rig.cluster.requests()).isEmpty();
    }
  }

  @Test
  void the_commands_can_be_pasted() {
    try (Rig rig = Rig.yaml(TAINTED)) {
      assertThat(cordon(rig).command()).containsExactly("kubectl", "cordon", "worker-1");
      assertThat(uncordon(rig).command()).containsExactly("kubectl", "uncordon", "worker-1");
      assertThat(untaint(rig, "broken").command())
          .containsExactly("kubectl", "taint", "nodes", "worker-1", "broken-");
    }
  }
}
