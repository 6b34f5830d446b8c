package io.byteport.adapter.kubernetes.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.adapter.kubernetes.model.Revision;
import io.byteport.adapter.kubernetes.model.Rollout;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RolloutMapperTest {
  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  /** A Deployment that wants an image, with the fields of its metadata and status that matter. */
  private static WorkloadState deployment(String image, String annotations, String status) {
    return WorkloadState.of(
        YAML.unmarshal(
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: api, namespace: production, uid: d, generation: 7, creationTimestamp: "2026-11-01T00:00:00Z"%s }
            spec:
              replicas: 2
              selector: { matchLabels: { app: api } }
              template: { metadata: { labels: { app: api } }, spec: { containers: [{ name: api, image: "%s" }] } }
            status: { observedGeneration: 7%s }
            """
                .formatted(annotations, image, status),
            Deployment.class));
  }

  private static WorkloadState deployment(String image) {
    return deployment(image, "", "");
  }

  /**
   * A revision: its number, earlier numbers, the day of November on which it was made, its image.
   */
  private static TemplateRevision revision(int number, String earlier, int day, String image) {
    return revision(number, earlier, day, image, "");
  }

  private static TemplateRevision revision(
      int number, String earlier, int day, String image, String templateAnnotations) {
    return TemplateRevision.of(
            YAML.unmarshal(
                """
                apiVersion: apps/v1
                kind: ReplicaSet
                metadata:
                  name: api-%1$d
                  namespace: production
                  uid: r%1$d
                  creationTimestamp: "2026-11-%3$02dT00:00:00Z"
                  labels: { pod-template-hash: h%1$d }
                  annotations: { deployment.kubernetes.io/revision: "%1$d", deployment.kubernetes.io/revision-history: "%2$s" }
                spec:
                  template:
                    metadata: { labels: { app: api, pod-template-hash: h%1$d }, annotations: {%5$s} }
                    spec: { containers: [{ name: api, image: "%4$s" }] }
                """
                    .formatted(number, earlier, day, image, templateAnnotations),
                ReplicaSet.class))
        .orElseThrow();
  }

  private static Rollout rollout(WorkloadState workload, TemplateRevision... revisions) {
    return RolloutMapper.map(workload, List.of(revisions)).orElseThrow();
  }

  private static Integer lastGood(Rollout rollout) {
    return rollout.lastGood() == null ? null : rollout.lastGood().number();
  }

  @Test
  void the_newest_earlier_revision_is_the_last_good_one() {
    Rollout rollout =
        rollout(
            deployment("api:3"),
            revision(1, "", 1, "api:1"),
            revision(3, "", 3, "api:3"),
            revision(2, "", 2, "api:2"));

    assertThat(rollout.current().number()).isEqualTo(3);
    assertThat(rollout.revisions()).extracting(Revision::number).containsExactly(3, 2, 1);
    assertThat(lastGood(rollout)).isEqualTo(2);
  }

  @Test
  void a_revision_that_was_rolled_back_from_is_not_good() {
    // 1, 2, 3; back to 2, which became 4
    Rollout rollout =
        rollout(
            deployment("api:2"),
            revision(1, "", 1, "api:1"),
            revision(4, "2", 2, "api:2"),
            revision(3, "", 3, "api:3"));

    assertThat(rollout.current().number()).isEqualTo(4);
    assertThat(lastGood(rollout)).isEqualTo(1);
  }

  @Test
  void after_an_undo_and_another_deploy_the_one_gone_back_to_is_good() {
    Rollout rollout =
        rollout(
            deployment("api:5"),
            revision(1, "", 1, "api:1"),
            revision(4, "2", 2, "api:2"),
            revision(3, "", 3, "api:3"),
            revision(5, "", 5, "api:5"));
    assertThat(lastGood(rollout)).isEqualTo(4);
  }

  @Test
  void two_undos_leave_out_both_that_were_left() {
    // 1, 2; back to 1 (now 3); 4; back to 1 again (now 5)
    Rollout rollout =
        rollout(
            deployment("api:1"),
            revision(5, "1,3", 1, "api:1"),
            revision(2, "", 2, "api:2"),
            revision(4, "", 4, "api:4"));
    assertThat(rollout.lastGood()).isNull();
  }

  @Test
  void a_restart_is_no_other_template() {
    Rollout rollout =
        rollout(
            restarted(),
            revision(1, "", 1, "api:1"),
            revision(2, "", 2, "api:2"),
            revision(3, "", 3, "api:2", "kubectl.kubernetes.io/restartedAt: \"now\""));
    assertThat(rollout.current().number()).isEqualTo(3);
    assertThat(lastGood(rollout)).isEqualTo(1);
  }

  private static WorkloadState restarted() {
    Deployment deployment = (Deployment) deployment("api:2").object();
    deployment
        .getSpec()
        .getTemplate()
        .getMetadata()
        .setAnnotations(Map.of("kubectl.kubernetes.io/restartedAt", "now"));
    return WorkloadState.of(deployment);
  }

  @Test
  void the_first_revision_has_nothing_to_go_back_to() {
    assertThat(rollout(deployment("api:1"), revision(1, "", 1, "api:1")).lastGood()).isNull();
  }

  @Test
  void a_template_that_no_controller_has_seen_has_no_history_yet() {
    Deployment newest = (Deployment) deployment("api:9").object();
    newest.getStatus().setObservedGeneration(6L);
    WorkloadState unseen = WorkloadState.of(newest);
    assertThat(RolloutMapper.map(unseen, List.of(revision(1, "", 1, "api:1")))).isEmpty();
  }

  @Test
  void a_template_that_was_defaulted_anew_is_found_by_its_number() {
    WorkloadState defaulted =
        deployment("api:1", ", annotations: { deployment.kubernetes.io/revision: \"2\" }", "");
    Rollout rollout = rollout(defaulted, revision(1, "", 1, "api:0"), revision(2, "", 2, "api:1 "));
    assertThat(rollout.current().number()).isEqualTo(2);
  }

  @Test
  void a_rollout_starts_when_its_revision_is_made_or_made_current_again() {
    assertThat(rollout(deployment("api:2"), revision(2, "", 2, "api:2")).current().startedAt())
        .isEqualTo(Instant.parse("2026-11-02T00:00:00Z"));

    String written =
        ", managedFields: [{ manager: kubectl, operation: Update, time: \"2026-11-09T10:00:00Z\","
            + " fieldsV1: { \"f:spec\": { \"f:template\": {} } } }, { manager:"
            + " kube-controller-manager, operation: Update, subresource: status, time:"
            + " \"2026-11-10T10:00:00Z\", fieldsV1: { \"f:status\": {} } }]";
    assertThat(
            rollout(
                    deployment("api:2", written, ""),
                    revision(4, "2", 2, "api:2"),
                    revision(3, "", 3, "api:3"))
                .current()
                .startedAt())
        .isEqualTo(Instant.parse("2026-11-09T10:00:00Z"));

    assertThat(
            rollout(deployment("api:2"), revision(4, "2", 2, "api:2"), revision(3, "", 3, "api:3"))
                .current()
                .startedAt())
        .as("without a record, not before the one that was left was made")
        .isEqualTo(Instant.parse("2026-11-03T00:00:00Z"));
  }

  @Test
  void how_long_a_rollout_took_is_known_once_it_is_complete() {
    String done =
        ", conditions: [{ type: Progressing, status: \"True\", reason: NewReplicaSetAvailable,"
            + " lastUpdateTime: \"2026-11-02T00:00:40Z\" }]";
    assertThat(
            rollout(deployment("api:2", "", done), revision(2, "", 2, "api:2")).estimatedDuration())
        .isEqualTo(Duration.ofSeconds(40));
    assertThat(rollout(deployment("api:2"), revision(2, "", 2, "api:2")).estimatedDuration())
        .isNull();
  }

  @Test
  void a_controller_revision_holds_its_template_as_a_patch() {
    ControllerRevision revision =
        YAML.unmarshal(
            """
            apiVersion: apps/v1
            kind: ControllerRevision
            metadata: { name: db-abc, namespace: production, uid: c1, creationTimestamp: "2026-11-02T00:00:00Z" }
            revision: 2
            data: { spec: { template: { $patch: replace, metadata: { labels: { app: db } }, spec: { containers: [{ name: db, image: "db:2" }] } } } }
            """,
            ControllerRevision.class);
    TemplateRevision mapped = TemplateRevision.of(revision).orElseThrow();

    assertThat(mapped.number()).isEqualTo(2);
    assertThat(mapped.hash()).isEqualTo("db-abc");
    assertThat(mapped.template().getSpec().getContainers().get(0).getImage()).isEqualTo("db:2");
    assertThat(Templates.json(mapped.template()).containsKey("$patch")).isFalse();
  }

  @Test
  void templates_are_equal_whatever_the_order_of_their_fields() {
    List<String> fingerprints = new ArrayList<>();
    for (String labels :
        new String[] {"{ app: api, tier: web }", "{ tier: web, app: api, pod-template-hash: x }"}) {
      fingerprints.add(
          Templates.fingerprint(
              YAML.unmarshal(
                      "apiVersion: apps/v1\n"
                          + "kind: ReplicaSet\n"
                          + "spec: { template: { metadata: { labels: "
                          + labels
                          + " }, spec: { containers: [{ name: api, image: \"api:1\" }] } } }",
                      ReplicaSet.class)
                  .getSpec()
                  .getTemplate()));
    }
    assertThat(fingerprints.get(0)).isEqualTo(fingerprints.get(1)).hasSize(32);
  }
}
