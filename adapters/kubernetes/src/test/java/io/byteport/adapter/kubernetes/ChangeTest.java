package io.byteport.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.byteport.adapter.kubernetes.change.RolloutUndo;
import io.byteport.adapter.kubernetes.change.SetMemoryLimit;
import io.byteport.adapter.kubernetes.change.SetProbe;
import io.byteport.adapter.kubernetes.model.Probe;
import io.byteport.adapter.kubernetes.model.Rollout;
import io.byteport.adapter.kubernetes.model.Workload;
import io.byteport.dsl.value.DataSize;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.sim.kubernetes.api.RecordedRequest;
import io.fabric8.kubernetes.api.model.Container;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeTest {
  private static final DataSize LIMIT = new DataSize(384L << 20);

  private static Rig.Change raise(Rig rig) {
    return rig.change(
        "kubectl.setMemoryLimit",
        "workload",
        Rig.workload("Deployment", "api"),
        "container",
        "api",
        "limit",
        LIMIT);
  }

  private static Rig.Change undo(Rig rig, int revision) {
    return rig.change(
        "kubectl.rolloutUndo",
        "workload",
        Rig.workload("Deployment", "api"),
        "toRevision",
        revision);
  }

  /** Every change is tried first as a dry run, and made in one write. */
  private static void assertRehearsedThenMadeOnce(Rig rig) {
    List<RecordedRequest> writes = rig.writes();
    assertThat(writes).hasSize(2);
    assertThat(writes.get(0).query()).contains("dryRun=All", "fieldManager=byteport");
    assertThat(writes.get(1).query()).doesNotContain("dryRun").contains("fieldManager=byteport");
    assertThat(writes.get(0).path()).isEqualTo(writes.get(1).path());
    assertThat(writes.get(0).body()).isEqualTo(writes.get(1).body());
    assertThat(rig.cluster.changes()).hasSize(1);
  }

  @Test
  void a_memory_limit_is_rehearsed_and_then_set_in_one_write() throws Exception {
    try (Rig rig = Rig.named("oom")) {
      Rig.Change change = raise(rig).prepared();
      assertThat(rig.cluster.changes()).isEmpty();
      assertThat(change.probed()).isEqualTo(Action.Probe.NOT_DONE);

      Action.Changed<Record> made = change.made();

      assertThat(made.changed()).isTrue();
      assertThat(made.output())
          .isEqualTo(new SetMemoryLimit.Output(new DataSize(256L << 20), LIMIT));
      assertRehearsedThenMadeOnce(rig);
      assertThat(change.probed()).isEqualTo(Action.Probe.TOOK_EFFECT);
      assertThat(change.repeatable()).isTrue();
      Container container =
          rig.deployment("api").getSpec().getTemplate().getSpec().getContainers().get(0);
      assertThat(container.getResources().getLimits().get("memory")).hasToString("384Mi");
      assertThat(container.getResources().getRequests().get("memory")).hasToString("128Mi");
    }
  }

  @Test
  void the_first_limit_is_remembered_and_stays_when_it_is_raised_again() throws Exception {
    try (Rig rig = Rig.named("oom")) {
      raise(rig).prepared().made();
      rig.change(
              "kubectl.setMemoryLimit",
              "workload",
              Rig.workload("Deployment", "api"),
              "container",
              "api",
              "limit",
              new DataSize(512L << 20),
              "request",
              new DataSize(256L << 20))
          .prepared()
          .made();

      assertThat(rig.deployment("api").getMetadata().getAnnotations())
          .containsEntry("byteport.io/original-memory-limit", "256Mi");
      Workload workload =
          rig.read(
              Workload.class, "kubectl.workload", "workload", Rig.workload("Deployment", "api"));
      assertThat(workload.container().originalMemoryLimit()).isEqualTo(new DataSize(256L << 20));
      assertThat(workload.container().memoryLimit()).isEqualTo(new DataSize(512L << 20));
      assertThat(workload.container().memoryRequest()).isEqualTo(new DataSize(256L << 20));
    }
  }

  @Test
  void what_is_so_already_is_not_written() throws Exception {
    try (Rig rig = Rig.named("oom")) {
      raise(rig).prepared().made();
      rig.cluster.forgetRequests();

      Action.Changed<Record> again = raise(rig).prepared().made();

      assertThat(again.changed()).isFalse();
      assertThat(again.output()).isEqualTo(new SetMemoryLimit.Output(LIMIT, LIMIT));
      assertThat(rig.writes()).isEmpty();
    }
  }

  @Test
  void a_change_is_settled_when_the_rollout_is_complete() throws Exception {
    try (Rig rig = Rig.named("oom")) {
      Rig.Change change = raise(rig).prepared();
      change.made();
      assertThat(change.settled()).isFalse();

      rig.advance(Duration.ofSeconds(90));

      assertThat(change.settled()).isTrue();
      assertThat(rig.pods()).hasSize(1);
    }
  }

  @Test
  void a_rollout_that_has_passed_its_deadline_is_settled_too() throws Exception {
    try (Rig rig =
        Rig.yaml(
            """
            workloads:
              - kind: Deployment
                name: api
                namespace: production
                image: registry.example.com/api:1
                memoryLimit: 128Mi
                progressDeadline: 60s
                readinessProbe: { path: /ready, port: 8080 }
                faults: [{ crash: { exitCode: 1, after: 2s } }]
            """)) {
      Rig.Change change = raise(rig).prepared();
      change.made();
      rig.advance(Duration.ofSeconds(20));
      assertThat(change.settled()).isFalse();

      rig.advance(Duration.ofMinutes(3));

      assertThat(change.settled()).isTrue();
    }
  }

  @Test
  void somebody_elses_limit_is_not_overwritten() throws Exception {
    try (Rig rig = Rig.named("oom")) {
      Rig.Change mine = raise(rig).prepared();
      rig.change(
              "kubectl.setMemoryLimit",
              "workload",
              Rig.workload("Deployment", "api"),
              "container",
              "api",
              "limit",
              new DataSize(1L << 30))
          .prepared()
          .made();

      assertThatExceptionOfType(ActionException.class)
          .isThrownBy(mine::made)
          .matches(e -> e.kind() == FailureKind.CONFLICT)
          .matches(e -> e.effect() == ActionException.Effect.NONE)
          .withMessageContaining("1Gi");
    }
  }

  @Test
  void a_workload_that_was_made_anew_is_another_one() throws Exception {
    try (Rig rig = Rig.named("oom")) {
      Rig.Change change = raise(rig).prepared();
      var before = rig.deployment("api");
      rig.cluster.client().resource(before).delete();
      before.getMetadata().setUid(null);
      before.getMetadata().setResourceVersion(null);
      rig.cluster.client().resource(before).create();

      assertThatExceptionOfType(ActionException.class)
          .isThrownBy(change::made)
          .matches(e -> e.kind() == FailureKind.CONFLICT);
      assertThat(change.probed()).isEqualTo(Action.Probe.UNKNOWN);
    }
  }

  @Test
  void a_lone_pod_is_resized_in_place() throws Exception {
    try (Rig rig =
        Rig.yaml(
            """
            workloads:
              - { kind: Pod, name: lone, namespace: production, image: "registry.example.com/x:1", memoryLimit: 256Mi }
            """)) {
      Rig.Change change =
          rig.change(
                  "kubectl.setMemoryLimit",
                  "workload",
                  Rig.workload("Pod", "lone"),
                  "container",
                  "lone",
                  "limit",
                  LIMIT)
              .prepared();
      assertThat(rig.cluster.changes()).isEmpty();
      change.made();

      assertThat(rig.cluster.changes())
          .extracting(RecordedRequest::path)
          .containsExactly(
              "/api/v1/namespaces/production/pods/lone",
              "/api/v1/namespaces/production/pods/lone/resize");
      assertThat(change.probed()).isEqualTo(Action.Probe.TOOK_EFFECT);
      assertThat(
              rig.read(Workload.class, "kubectl.owner", "pod", Rig.pod("lone"))
                  .container()
                  .originalMemoryLimit())
          .isEqualTo(new DataSize(256L << 20));
    }
  }

  @Test
  void where_pods_cannot_be_resized_a_lone_one_is_refused_before_anything_is_done()
      throws Exception {
    try (Rig rig =
        Rig.yaml(
            """
            workloads:
              - { kind: Pod, name: lone, namespace: production, image: "registry.example.com/x:1", memoryLimit: 256Mi }
            httpFaults:
              - { path: ".*/resize", status: 404, message: the server could not find the requested resource }
            """)) {
      Rig.Change change =
          rig.change(
              "kubectl.setMemoryLimit",
              "workload",
              Rig.workload("Pod", "lone"),
              "container",
              "lone",
              "limit",
              LIMIT);

      assertThatExceptionOfType(ActionException.class)
          .isThrownBy(change::prepared)
          .matches(e -> e.kind() == FailureKind.REFUSED)
          .withMessageContaining("cannot resize a pod in place");
      assertThat(rig.cluster.changes()).isEmpty();
    }
  }

  @Test
  void a_pod_with_an_owner_is_never_patched() throws Exception {
    try (Rig rig = Rig.named("oom")) {
      Rig.Change change =
          rig.change(
              "kubectl.setMemoryLimit",
              "workload",
              Rig.workload("Pod", rig.pods().get(0).getMetadata().getName()),
              "container",
              "api",
              "limit",
              LIMIT);

      assertThatExceptionOfType(ActionException.class)
          .isThrownBy(change::prepared)
          .matches(e -> e.kind() == FailureKind.INVALID)
          .withMessageContaining("has an owner");
      assertThat(rig.writes()).isEmpty();
    }
  }

  @Test
  void only_the_given_fields_of_a_probe_change() throws Exception {
    try (Rig rig = Rig.named("liveness")) {
      Rig.Change change =
          rig.change(
                  "kubectl.setProbe",
                  "workload",
                  Rig.workload("Deployment", "api"),
                  "container",
                  "api",
                  "probe",
                  "liveness",
                  "initialDelay",
                  Duration.ofMillis(29_500),
                  "failureThreshold",
                  5)
              .prepared();
      Action.Changed<Record> made = change.made();

      Duration five = Duration.ofSeconds(5);
      Duration one = Duration.ofSeconds(1);
      assertThat(made.output())
          .isEqualTo(
              new SetProbe.Output(
                  new Probe(Duration.ofSeconds(10), five, one, 3),
                  new Probe(Duration.ofSeconds(30), five, one, 5)));
      assertRehearsedThenMadeOnce(rig);
      var probe =
          rig.deployment("api")
              .getSpec()
              .getTemplate()
              .getSpec()
              .getContainers()
              .get(0)
              .getLivenessProbe();
      assertThat(probe.getInitialDelaySeconds()).isEqualTo(30);
      assertThat(probe.getFailureThreshold()).isEqualTo(5);
      assertThat(probe.getPeriodSeconds()).isEqualTo(5);
      assertThat(probe.getHttpGet().getPath()).isEqualTo("/healthz");
      assertThat(change.probed()).isEqualTo(Action.Probe.TOOK_EFFECT);
      assertThat(change.prepared().made().changed()).isFalse();
    }
  }

  @Test
  void a_probe_that_is_not_there_is_not_made() throws Exception {
    try (Rig rig = Rig.named("oom")) {
      Rig.Change change =
          rig.change(
              "kubectl.setProbe",
              "workload",
              Rig.workload("Deployment", "api"),
              "container",
              "api",
              "probe",
              "liveness",
              "failureThreshold",
              5);
      assertThatExceptionOfType(ActionException.class)
          .isThrownBy(change::prepared)
          .matches(e -> e.kind() == FailureKind.INVALID)
          .withMessageContaining("has no livenessProbe");
    }
  }

  @Test
  void an_undo_puts_the_earlier_template_back_with_its_change_cause() throws Exception {
    try (Rig rig = Rig.named("image-pull")) {
      Rig.Change change = undo(rig, 2).prepared();
      assertThat(change.probed()).isEqualTo(Action.Probe.NOT_DONE);

      Action.Changed<Record> made = change.made();

      assertThat(made.output()).isEqualTo(new RolloutUndo.Output(3, 2));
      assertRehearsedThenMadeOnce(rig);
      assertThat(change.probed()).isEqualTo(Action.Probe.TOOK_EFFECT);
      assertThat(change.repeatable()).isFalse();
      var deployment = rig.deployment("api");
      assertThat(deployment.getSpec().getTemplate().getSpec().getContainers().get(0).getImage())
          .isEqualTo("registry.example.com/api:1.4.0");
      assertThat(deployment.getSpec().getTemplate().getMetadata().getLabels())
          .doesNotContainKey("pod-template-hash");
      assertThat(deployment.getMetadata().getAnnotations())
          .containsEntry("kubernetes.io/change-cause", "release 1.4.0");
      rig.advance(Duration.ofSeconds(60));
      assertThat(change.settled()).isTrue();
    }
  }

  @Test
  void what_was_rolled_back_from_is_not_gone_back_to() throws Exception {
    try (Rig rig = Rig.named("image-pull")) {
      undo(rig, 2).prepared().made();
      rig.advance(Duration.ofSeconds(60));

      Rollout rollout =
          rig.read(
              Rollout.class,
              "kubectl.rolloutHistory",
              "workload",
              Rig.workload("Deployment", "api"));

      assertThat(rollout.current().number()).isEqualTo(4);
      assertThat(rollout.current().image()).isEqualTo("registry.example.com/api:1.4.0");
      assertThat(rollout.lastGood().number()).isEqualTo(1);
    }
  }

  @Test
  void a_deploy_between_rehearsal_and_undo_is_not_overwritten() throws Exception {
    try (Rig rig = Rig.named("image-pull")) {
      Rig.Change mine = undo(rig, 2).prepared();
      rig.cluster
          .client()
          .apps()
          .deployments()
          .inNamespace(Rig.NAMESPACE)
          .withName("api")
          .edit(
              one -> {
                one.getSpec()
                    .getTemplate()
                    .getSpec()
                    .getContainers()
                    .get(0)
                    .setImage("registry.example.com/api:1.5.0");
                return one;
              });
      rig.cluster.forgetRequests();

      assertThatExceptionOfType(ActionException.class)
          .isThrownBy(mine::made)
          .matches(e -> e.kind() == FailureKind.CONFLICT)
          .matches(e -> e.effect() == ActionException.Effect.NONE);
      assertThat(rig.writes()).isEmpty();
      assertThat(mine.probed()).isEqualTo(Action.Probe.UNKNOWN);
    }
  }

  @Test
  void a_revision_that_is_gone_is_not_found() throws Exception {
    try (Rig rig = Rig.named("image-pull")) {
      assertThatExceptionOfType(ActionException.class)
          .isThrownBy(() -> undo(rig, 9).prepared())
          .matches(e -> e.kind() == FailureKind.NOT_FOUND)
          .withMessageContaining("has no revision 9 any more; it has 3, 2, 1");
    }
  }

  @Test
  void stateful_sets_and_daemon_sets_are_undone_too() throws Exception {
    for (String kind : new String[] {"StatefulSet", "DaemonSet"}) {
      try (Rig rig =
          Rig.yaml(
              """
              workloads:
                - kind: %s
                  name: api
                  namespace: production
                  image: registry.example.com/api:2
                  history: [{ image: "registry.example.com/api:1", age: 72h }]
              """
                  .formatted(kind))) {
        Rollout rollout =
            rig.read(
                Rollout.class, "kubectl.rolloutHistory", "workload", Rig.workload(kind, "api"));
        assertThat(rollout.lastGood()).as(kind).isNotNull();

        Rig.Change change =
            rig.change(
                    "kubectl.rolloutUndo",
                    "workload",
                    Rig.workload(kind, "api"),
                    "toRevision",
                    rollout.lastGood().number())
                .prepared();
        change.made();

        assertThat(change.probed()).as(kind).isEqualTo(Action.Probe.TOOK_EFFECT);
        rig.advance(Duration.ofMinutes(2));
        assertThat(change.settled()).as(kind).isTrue();
        assertThat(rig.pods().get(0).getSpec().getContainers().get(0).getImage())
            .as(kind)
            .isEqualTo("registry.example.com/api:1");
      }
    }
  }

  @Test
  void anything_can_be_annotated() throws Exception {
    try (Rig rig =
        Rig.yaml(
            """
            workloads:
              - { kind: Deployment, name: api, namespace: production, image: "registry.example.com/x:1" }
            customResources:
              - { group: cert-manager.io, version: v1, kind: Certificate, plural: certificates }
            objects:
              - apiVersion: cert-manager.io/v1
                kind: Certificate
                metadata: { name: web, namespace: production }
            """)) {
      List<Object> objects =
          List.of(
              rig.anyPod(),
              Rig.struct("name", "worker-1"),
              Rig.workload("Deployment", "api"),
              Rig.struct("kind", "Namespace", "name", "production"),
              Rig.struct("kind", "Certificate", "namespace", "production", "name", "web"));
      for (Object object : objects) {
        rig.cluster.forgetRequests();
        Rig.Change change =
            rig.change(
                    "kubectl.annotate",
                    "object",
                    object,
                    "annotations",
                    Rig.struct("byteport.io/dependency-hold-since", "2026-11-21T03:00:00Z"))
                .prepared();
        assertThat(change.made().changed()).isTrue();
        assertRehearsedThenMadeOnce(rig);
        assertThat(change.probed()).isEqualTo(Action.Probe.TOOK_EFFECT);
        assertThat(change.prepared().made().changed()).isFalse();
      }
    }
  }

  @Test
  void commands_can_be_pasted() {
    try (Rig rig = Rig.yaml("name: empty")) {
      assertThat(raise(rig).command())
          .containsExactly(
              "kubectl",
              "patch",
              "deployment",
              "api",
              "-n",
              "production",
              "--type=strategic",
              "--patch={\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"api\","
                  + "\"resources\":{\"limits\":{\"memory\":\"384Mi\"}}}]}}}}");
      assertThat(undo(rig, 13).command())
          .containsExactly(
              "kubectl",
              "rollout",
              "undo",
              "deployment/api",
              "-n",
              "production",
              "--to-revision=13");
      assertThat(
              rig.change(
                      "kubectl.annotate",
                      "object",
                      Rig.pod("api-1"),
                      "annotations",
                      Rig.struct("byteport.io/a", "b c"))
                  .command())
          .containsExactly(
              "kubectl",
              "annotate",
              "pod",
              "api-1",
              "-n",
              "production",
              "byteport.io/a=b c",
              "--overwrite");
    }
  }
}
