package io.byteport.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byteport.adapter.kubernetes.model.Pod;
import io.byteport.adapter.kubernetes.read.ReadConfigReferences;
import io.byteport.dsl.value.DataSize;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import io.byteport.engine.spi.FailureKind;
import io.byteport.sim.kubernetes.api.RecordedRequest;
import io.byteport.sim.kubernetes.scenario.HttpFault;
import io.byteport.sim.kubernetes.scenario.HttpFault.Answer;
import io.byteport.sim.kubernetes.scenario.HttpFault.Drop;
import io.byteport.sim.kubernetes.scenario.HttpFault.Hang;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureTest {
  private static final String PODS = "/api/v1/namespaces/production/pods/.*";
  private static final String DEPLOYMENT = "/apis/apps/v1/namespaces/production/deployments/api";

  private static ActionException failedRead(Rig rig) {
    return catchThrowableOfType(
        ActionException.class, () -> rig.read(Pod.class, "kubectl.pod", "pod", Rig.pod("api-1")));
  }

  private static Rig.Change raise(Rig rig) {
    return rig.change(
        "kubectl.setMemoryLimit",
        "workload",
        Rig.workload("Deployment", "api"),
        "container",
        "api",
        "limit",
        new DataSize(384L << 20));
  }

  /** The next real change, not its rehearsal, meets a fault. */
  private static void injectOnChange(Rig rig, HttpFault.Effect effect) {
    rig.cluster.inject(
        new HttpFault(
            Optional.of("PATCH"),
            Pattern.compile(DEPLOYMENT),
            Optional.of(Pattern.compile("^fieldManager=byteport$")),
            0,
            1,
            effect));
  }

  private static long realWrites(Rig rig) {
    return rig.cluster.changes().stream().map(RecordedRequest::path).count();
  }

  @ParameterizedTest
  @CsvSource({
    "400, INVALID",
    "401, FORBIDDEN",
    "403, FORBIDDEN",
    "404, NOT_FOUND",
    "409, CONFLICT",
    "422, INVALID",
    "429, REFUSED",
    "500, UNREACHABLE",
    "503, UNREACHABLE",
    "504, TIMEOUT"
  })
  void a_refused_read_says_why_in_the_servers_words_and_is_asked_once(
      int status, FailureKind kind) {
    try (Rig rig = Rig.named("oom")) {
      rig.cluster.inject(
          HttpFault.always(
              PODS,
              new Answer(
                  status,
                  Optional.empty(),
                  Optional.of("the words of the server"),
                  Optional.empty())));

      ActionException failure = failedRead(rig);

      assertThat(failure.kind()).isEqualTo(kind);
      assertThat(failure.effect()).isEqualTo(Effect.NONE);
      assertThat(failure.reason()).isEqualTo("the words of the server (get pods production/api-1)");
      assertThat(rig.cluster.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "403, FORBIDDEN, NONE",
    "404, NOT_FOUND, NONE",
    "409, CONFLICT, NONE",
    "422, INVALID, NONE",
    "429, REFUSED, NONE",
    "500, UNREACHABLE, UNKNOWN",
    "503, UNREACHABLE, UNKNOWN",
    "504, TIMEOUT, UNKNOWN"
  })
  void a_refused_change_certainly_did_nothing_and_a_broken_one_may_have(
      int status, FailureKind kind, Effect effect) throws Exception {
    try (Rig rig = Rig.named("oom")) {
      Rig.Change change = raise(rig).prepared();
      injectOnChange(rig, Answer.of(status));

      ActionException failure = catchThrowableOfType(ActionException.class, change::made);

      assertThat(failure.kind()).isEqualTo(kind);
      assertThat(failure.effect()).isEqualTo(effect);
      assertThat(failure.reason()).endsWith("(patch deployments.apps production/api)");
      assertThat(realWrites(rig)).isEqualTo(1);
      assertThat(change.probed()).isEqualTo(Action.Probe.NOT_DONE);
    }
  }

  @Test
  void a_rehearsal_that_fails_has_changed_nothing_whatever_happened() {
    try (Rig rig = Rig.named("oom")) {
      for (HttpFault.Effect effect :
          new HttpFault.Effect[] {Answer.of(500), new Drop(true), Answer.of(403)}) {
        rig.cluster.inject(HttpFault.next(1, "PATCH", DEPLOYMENT, effect));
        ActionException failure =
            catchThrowableOfType(ActionException.class, () -> raise(rig).prepared());
        assertThat(failure.effect()).isEqualTo(Effect.NONE);
      }
      assertThat(rig.cluster.changes()).isEmpty();
    }
  }

  @Test
  void a_lost_answer_is_unknown_and_the_probe_finds_the_effect() throws Exception {
    try (Rig rig = Rig.named("oom")) {
      Rig.Change change = raise(rig).prepared();
      injectOnChange(rig, new Drop(true));

      ActionException failure = catchThrowableOfType(ActionException.class, change::made);

      assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
      assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
      assertThat(realWrites(rig)).isEqualTo(1);
      assertThat(change.probed()).isEqualTo(Action.Probe.TOOK_EFFECT);
    }
  }

  @Test
  void a_lost_request_is_unknown_too_and_the_probe_finds_nothing() throws Exception {
    try (Rig rig = Rig.named("oom")) {
      Rig.Change change = raise(rig).prepared();
      injectOnChange(rig, new Drop(false));

      ActionException failure = catchThrowableOfType(ActionException.class, change::made);

      assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
      assertThat(realWrites(rig)).isEqualTo(1);
      assertThat(change.probed()).isEqualTo(Action.Probe.NOT_DONE);
    }
  }

  @Test
  void an_undo_whose_answer_was_lost_is_found_by_its_template() throws Exception {
    try (Rig rig = Rig.named("image-pull")) {
      Rig.Change change =
          rig.change(
                  "kubectl.rolloutUndo",
                  "workload",
                  Rig.workload("Deployment", "api"),
                  "toRevision",
                  2)
              .prepared();
      injectOnChange(rig, new Drop(true));

      assertThat(catchThrowableOfType(ActionException.class, change::made).effect())
          .isEqualTo(Effect.UNKNOWN);
      assertThat(change.probed()).isEqualTo(Action.Probe.TOOK_EFFECT);
      assertThat(realWrites(rig)).isEqualTo(1);
    }
  }

  @Test
  void a_server_that_hangs_is_left_in_time() throws Exception {
    try (Rig rig = Rig.named("oom")) {
      Rig.Change change = raise(rig).prepared();
      rig.timeout = Duration.ofMillis(400);
      rig.cluster.inject(HttpFault.always(PODS, new Hang()));
      injectOnChange(rig, new Hang());

      ActionException read = failedRead(rig);
      assertThat(read.kind()).isEqualTo(FailureKind.TIMEOUT);
      assertThat(read.effect()).isEqualTo(Effect.NONE);
      ActionException made = catchThrowableOfType(ActionException.class, change::made);
      assertThat(made.kind()).isEqualTo(FailureKind.TIMEOUT);
      assertThat(made.effect()).isEqualTo(Effect.UNKNOWN);
      assertThat(made.reason())
          .isEqualTo("no answer within the time (patch deployments.apps production/api)");
    }
  }

  @Test
  void nobody_waits_for_an_action_that_was_cancelled() throws Exception {
    try (Rig rig = Rig.named("oom")) {
      rig.cluster.inject(HttpFault.always(PODS, new Hang()));
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      CountDownLatch started = new CountDownLatch(1);
      Thread thread =
          Thread.ofVirtual()
              .start(
                  () -> {
                    started.countDown();
                    try {
                      rig.read(Pod.class, "kubectl.pod", "pod", Rig.pod("api-1"));
                    } catch (Throwable e) {
                      thrown.set(e);
                    }
                  });
      started.await();
      thread.interrupt();
      thread.join(5_000);

      assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void a_server_that_is_down_was_certainly_not_reached() throws Exception {
    Rig rig = Rig.named("oom");
    try (rig) {
      Rig.Change change = raise(rig).prepared();
      rig.cluster.close();

      ActionException read = failedRead(rig);
      assertThat(read.kind()).isEqualTo(FailureKind.UNREACHABLE);
      ActionException made = catchThrowableOfType(ActionException.class, change::made);
      assertThat(made.kind()).isEqualTo(FailureKind.UNREACHABLE);
      assertThat(made.effect()).isEqualTo(Effect.NONE);
    }
  }

  @Test
  void a_pod_that_vanished_is_not_found() {
    try (Rig rig = Rig.named("oom")) {
      ActionException failure = failedRead(rig);

      assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND);
      assertThat(failure.reason()).contains("pods \"api-1\" not found");
    }
  }

  @Test
  void a_container_that_is_not_there_is_not_found() {
    try (Rig rig = Rig.named("oom")) {
      assertThatExceptionOfType(ActionException.class)
          .isThrownBy(
              () -> rig.read(Pod.class, "kubectl.pod", "pod", rig.anyPod(), "container", "sidecar"))
          .matches(e -> e.kind() == FailureKind.NOT_FOUND)
          .withMessageContaining("has no container `sidecar`");
    }
  }

  @Test
  void an_invalid_limit_is_refused_in_the_servers_words() {
    try (Rig rig = Rig.named("oom")) {
      Rig.Change change =
          rig.change(
              "kubectl.setMemoryLimit",
              "workload",
              Rig.workload("Deployment", "api"),
              "container",
              "api",
              "limit",
              new DataSize(1L << 20));

      assertThatExceptionOfType(ActionException.class)
          .isThrownBy(change::prepared)
          .matches(e -> e.kind() == FailureKind.INVALID)
          .matches(e -> e.effect() == Effect.NONE)
          .withMessageContaining("must be less than or equal to memory limit");
      assertThat(rig.cluster.changes()).isEmpty();
    }
  }

  @Test
  void missing_metrics_are_no_failure() throws Exception {
    for (int status : new int[] {403, 404, 500, 503}) {
      try (Rig rig = Rig.named("oom")) {
        rig.cluster.inject(HttpFault.always("/apis/metrics.k8s.io/.*", Answer.of(status)));
        assertThat(rig.read(Pod.class, "kubectl.pod", "pod", rig.anyPod()).memoryUsed()).isNull();
      }
    }
  }

  @Test
  void what_may_not_be_listed_is_not_called_missing() {
    try (Rig rig = Rig.named("missing-config")) {
      rig.cluster.inject(HttpFault.always(".*/secrets", Answer.of(403)));
      assertThatExceptionOfType(ActionException.class)
          .isThrownBy(
              () ->
                  rig.read(
                      ReadConfigReferences.Output.class,
                      "kubectl.configReferences",
                      "pod",
                      rig.anyPod()))
          .matches(e -> e.kind() == FailureKind.FORBIDDEN);
    }
  }

  @Test
  void other_namespaces_than_those_granted_are_refused_without_asking() {
    try (Rig rig = Rig.yaml("name: empty", Map.of("namespaces", "jobs, batch"))) {
      ActionException failure = failedRead(rig);

      assertThat(failure.kind()).isEqualTo(FailureKind.FORBIDDEN);
      assertThat(failure.reason()).contains("`production` is not granted", "[batch, jobs]");
      assertThat(rig.cluster.requests()).isEmpty();
    }
  }

  @Test
  void a_name_cannot_lead_to_another_object() {
    try (Rig rig = Rig.named("oom")) {
      for (String name :
          new String[] {"..", ".", "x/../../secrets/token", "x%2F..%2Fy", "x?watch=true"}) {
        assertThatExceptionOfType(ActionException.class)
            .isThrownBy(() -> rig.read(Pod.class, "kubectl.pod", "pod", Rig.pod(name)));
      }
      assertThat(rig.cluster.requests()).isEmpty();
    }
  }
}
